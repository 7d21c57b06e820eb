/** Words and days as the pages show them. */

/** What Windows-1252, the encoding of a PDF's standard fonts, holds beyond Latin-1. */
const BEYOND_LATIN_1 = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/** Text that the standard fonts can show: any other character becomes a question mark, so that it is seen to be missing. */
export function showable(text: string): string {
  return [...text.normalize('NFC')].map((character) => {
    if (/[\s\p{Cc}]/u.test(character)) return ' ';
    return /[\x20-\x7E\xA0-\xFF]/.test(character) || BEYOND_LATIN_1.has(character) ? character : '?';
  }).join('');
}

const long = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "8 February 2017" */
export const dayInWords = (day: string): string => long.format(new Date(`${day}T00:00:00Z`));

/** "08/02/2017" */
export const dayInFigures = (day: string): string => day.split('-').reverse().join('/');
