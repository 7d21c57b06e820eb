/** What the housing system's columns can hold: one line, in Windows-1252, of a width that is counted in characters. */
import { invalidInput } from './errors.js';

/** The letters of Windows-1252 beyond ASCII and Latin-1's upper half. */
const EXTRA = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/** Whether all of a text can be held; control characters cannot. */
export function canBeHeld(text: string): boolean {
  return [...text].every((letter) => (letter >= ' ' && letter <= '~') || (letter >= '\u00a0' && letter <= '\u00ff') || EXTRA.has(letter));
}

/**
 * A text as it is sent: accents joined to their letters, spaces at its ends and double ones gone.
 * @param field is named where it is at fault. @param most characters. @throws INVALID_INPUT.
 */
export function heldLine(field: string, typed: string, most: number): string {
  const text = typed.normalize('NFC').replace(/ {2,}/g, ' ').trim();
  if (!canBeHeld(text)) {
    throw invalidInput(field, 'Our housing system cannot hold one of these characters. Use letters, digits and ordinary punctuation, in one line; write w or y for a letter such as ŵ or ŷ.');
  }
  if (text.length > most) throw invalidInput(field, `Use at most ${most} characters.`);
  return text;
}

/** The same for what must not be empty. @throws INVALID_INPUT. */
export function filledLine(field: string, typed: string, most: number): string {
  const text = heldLine(field, typed, most);
  if (text === '') throw invalidInput(field, `Enter 1 to ${most} characters.`);
  return text;
}
