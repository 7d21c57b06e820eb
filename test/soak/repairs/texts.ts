/** What tenants write: plain words, and what is awkward for XML, for a column's width, or for whoever cleans it. */
import type { Random } from '../../../fixtures/rows/random.js';

/** As much as is taken. */
const MOST = 2_000;

export interface Written {
  readonly typed: string;
  /** As the legacy system has to have it: nothing of it lost but what XML cannot carry. */
  readonly arrives: string;
}

const same = (text: string): Written => ({ typed: text, arrives: text });
const filledTo = (text: string, filling: string, length: number): string => text + filling.repeat(Math.floor((length - text.length) / filling.length));

const AWKWARD: readonly ((begin: string) => Written)[] = [
  (begin) => same(`${begin} the label reads "]]>" & <b>'%25'</b> &amp; &#0; \\u0000 {{x}}`),
  (begin) => same(`<![CDATA[ ${begin} ]]>`),
  (begin) => same(`${begin} <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]> &e;`),
  (begin) => same(`${begin} 🚿🪟 in Llŷn, the tŵr, 日本, \u202e and so on`),
  (begin) => ({ typed: `${begin} a\u0000 drawer\u000b sticks\u0008`, arrives: `${begin} a drawer sticks` }),
  (begin) => ({ typed: `${begin} half a picture: \ud83d, and the other half: \udebf.\uffff`, arrives: `${begin} half a picture: , and the other half: .` }),
  (begin) => ({ typed: `  ${begin} first line\r\nsecond\rthird\n\tfourth  \n`, arrives: `${begin} first line\nsecond\nthird\n\tfourth` }),
  (begin) => same(filledTo(begin, ' Another sentence about the same drawer.', MOST)),
  (begin) => same(filledTo(begin, '🚪', MOST)),
];

/** @param begin names this text and no other: it is in it as it stands. */
export function writtenBy(random: Random, begin: string): Written {
  if (random.chance(0.3)) return random.pick(AWKWARD)(begin);
  return same(`${begin} ${random.pick(['the kitchen drawer sticks', 'a shelf has come loose', 'the bathroom tap drips', 'a tile is cracked', 'the window catch is stiff'])}`);
}

/** More than is taken. */
export const tooLong = (begin: string): string => filledTo(begin, ' on and on', 10_000);
