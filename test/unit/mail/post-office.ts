/** A real SMTP server on loopback, which keeps what it takes and fails as it is told; and a reader of what arrived. */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly subject: string;
  readonly parts: readonly { readonly type: string; readonly body: string }[];
}

export interface PostOffice {
  readonly port: number;
  readonly letters: Letter[];
  /** How many connections were made. */
  connections(): number;
  /** What the next ones are answered; after these, everything is taken. `mute`: taken, and never answered. */
  readonly onRecipient: (Error | null)[];
  readonly onData: (Error | 'mute' | null)[];
  close(): Promise<void>;
}

export const reply = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

const decodeWords = (text: string): string => text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, encoding: string, body: string) =>
  encoding.toLowerCase() === 'b' ? Buffer.from(body, 'base64').toString('latin1') : unquote(body.replace(/_/g, ' ')));
const unquote = (text: string): string => text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

function split(raw: string): { headers: Record<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return {
    headers: Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()])),
    body: raw.slice(end + 4),
  };
}

function decoded({ headers, body }: ReturnType<typeof split>): { type: string; body: string } {
  const encoding = headers['content-transfer-encoding'] ?? '7bit';
  const bytes = encoding === 'quoted-printable' ? unquote(body) : encoding === 'base64' ? Buffer.from(body, 'base64').toString('latin1') : body;
  const text = utf8(bytes).replace(/\r\n/g, '\n');
  // Flowed text: a space at a line's end says that the line goes on.
  return { type: headers['content-type'] ?? '', body: headers['content-type']?.includes('format=flowed') ? text.replace(/(?<!^--) \n/gm, ' ') : text };
}

function letterOf(from: string, to: readonly string[], raw: string): Letter {
  const whole = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(whole.headers['content-type'] ?? '')?.[1] ?? '\0';
  const parts = whole.body.split(`--${boundary}`).slice(1, -1).map((part) => decoded(split(part.replace(/^\r\n/, ''))));
  return { from, to, raw, headers: whole.headers, subject: utf8(decodeWords(whole.headers['subject'] ?? '')), parts };
}

/** Opens on a port (0: a free one). */
export async function openPostOffice(port = 0, options: SMTPServerOptions = {}): Promise<PostOffice> {
  const letters: Letter[] = [];
  const onRecipient: PostOffice['onRecipient'] = [];
  const onData: PostOffice['onData'] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], disableReverseLookup: true, closeTimeout: 100, ...options,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onRcptTo: (_address, _session, done) => done(onRecipient.shift() ?? null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const answer = onData.shift() ?? null;
        if (!(answer instanceof Error)) {
          const { mailFrom, rcptTo } = session.envelope;
          letters.push(letterOf(mailFrom ? mailFrom.address : '', rcptTo.map(({ address }) => address), Buffer.concat(chunks).toString('latin1')));
        }
        if (answer !== 'mute') done(answer);
      });
    },
  });
  // A client that goes away in the middle is what some tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    letters, onRecipient, onData,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
