/** Reads back the files of statements, without the libraries that wrote them. */
import { execFileSync } from 'node:child_process';
import { inflateSync } from 'node:zlib';

/** RFC 4180, to the letter: CRLF after every record, quotes doubled within quotes. @throws where the text is anything else. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const found = field.exec(text);
    if (!found) throw new Error(`not CSV at ${at}: ${JSON.stringify(text.slice(at, at + 30))}`);
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

/** Windows-1252 from 0x80 on, where it is not Latin-1; Node 20's own decoder takes it for Latin-1. */
const FROM_80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ';
const windows1252 = (bytes: Buffer): string => bytes.toString('latin1').replace(/[\x80-\x9F]/g, (byte) => FROM_80[byte.charCodeAt(0) - 0x80]!);

/** The text runs of a PDF in the order of drawing: what its pages' own streams hold. */
export function runsOf(pdf: Uint8Array): string[] {
  const file = Buffer.from(pdf).toString('latin1');
  return [...file.matchAll(/\/FlateDecode\s*>>\s*stream\r?\n([^]*?)\nendstream/g)]
    .map(([, stream]) => inflateSync(Buffer.from(stream!, 'latin1')).toString('latin1'))
    .flatMap((content) => [...content.matchAll(/\[([^\]]*)\] TJ/g)])
    .map(([, pieces]) => windows1252(Buffer.from([...pieces!.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => hex).join(''), 'hex')));
}

export const hasPdftotext = (): boolean => {
  execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
  return true;
};

/** The same by a program that knows nothing of us. */
export const pdftotext = (pdf: Uint8Array): string => execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' });

/** Every amount in a text in its order, with what is said of it. */
export const amountsIn = (text: string): string[] => [...text.matchAll(/£[\d,]+\.\d\d(?:\s+in\s+(?:arrears|credit))?/g)].map(([amount]) => amount.replace(/\s+/g, ' '));
