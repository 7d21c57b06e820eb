/** What a password may not be. There are no rules of composition: long, not common, and not a name that everybody knows. */

export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 256;

/** Passwords that many people use, the most common first, in lower case. */
export interface CommonPasswords {
  /** Everything on the list. */
  readonly all: ReadonlySet<string>;
  /** The first 10,000. */
  readonly most: ReadonlySet<string>;
}

/** The characters that a password is kept by, however the keyboard composed them. */
export const normalPassword = (password: string): string => password.normalize('NFC');

/** A core that is repeated, up to this long, makes a password no harder to guess. */
const SHORT_UNIT = 4;

/** What is left beside names before a password counts as built from them. */
const OWN_LETTERS = 6;

/** Letters at the beginning and the end of what is between digits and signs: `password` of `!Password123`. */
const core = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** The shortest part that a text repeats, the last time perhaps cut short; the text itself where it repeats nothing. */
function repeatedUnit(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    const unit = text.slice(0, length);
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit;
  }
  return text;
}

/** Whether it counts or spells its way up or down without a break: 1234567890123, abcdefghijklm. */
function isRun(text: string): boolean {
  const step = (from: string, to: string): number => {
    const difference = to.charCodeAt(0) - from.charCodeAt(0);
    // After 9 comes 0.
    if (/\d/.test(from) && /\d/.test(to) && Math.abs(difference) === 9) return -Math.sign(difference);
    return difference;
  };
  const steps = [...text].slice(1).map((character, n) => step(text.charAt(n), character));
  return steps.every((one) => one === 1) || steps.every((one) => one === -1);
}

function isCommon(password: string, common: CommonPasswords): boolean {
  const text = password.toLowerCase();
  const unit = repeatedUnit(text);
  return common.all.has(text)
    || common.most.has(core(text))
    || unit.length <= SHORT_UNIT
    || (unit !== text && (common.most.has(unit) || common.most.has(core(unit))))
    || isRun(text);
}

/** Without accents and case. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();

const LOOKS_LIKE: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' };
const unmasked = (text: string): string => text.replace(/[013457@$!]/g, (sign) => LOOKS_LIKE[sign] ?? sign);

const lettersOf = (text: string): string => text.replace(/[^\p{L}]+/gu, '');

function isBuiltFrom(names: readonly string[], password: string): boolean {
  const words = [...new Set(names.flatMap((name) => plain(name).split(/[^\p{L}]+/u)).filter((word) => word.length > 2))]
    .sort((a, b) => b.length - a.length);
  return [plain(password), unmasked(plain(password))].some((text) => {
    const letters = lettersOf(text);
    const own = words.reduce((left, word) => left.replaceAll(word, ''), letters);
    return own.length < letters.length && own.length < OWN_LETTERS;
  });
}

/**
 * Why a password cannot be taken, in words for whoever chose it; null where it can.
 * @param names the landlord's, the portal's, and the person's where it is known.
 */
export function passwordFault(password: string, names: readonly string[], common: CommonPasswords): string | null {
  const text = normalPassword(password);
  const length = [...text].length;
  if (length < PASSWORD_MIN_LENGTH) return `Use at least ${PASSWORD_MIN_LENGTH} characters. A few words that have nothing to do with each other are easy to remember.`;
  if (length > PASSWORD_MAX_LENGTH) return `Use at most ${PASSWORD_MAX_LENGTH} characters.`;
  // A control character is a slip of the keyboard or an attack; half of a surrogate pair could not be told from another half.
  if (/[\p{Cc}\p{Cs}]/u.test(text)) return 'Use characters that can be typed only.';
  if (isCommon(text, common)) return 'Many people use this password, or one much like it. Choose another one.';
  if (isBuiltFrom(names, text)) return 'Choose a password that is not made from your name, our name or the name of this service.';
  return null;
}
