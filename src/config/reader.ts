/** Reads variables one by one, and notes the fault of each by its name; what was set is never quoted. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Hosts that are this machine. */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

export class Reader {
  readonly faults: string[] = [];

  constructor(private readonly environment: Environment) {}

  /** Null where it is not set, or blank. */
  text(name: string): string | null {
    return this.environment[name]?.trim() || null;
  }

  port(name: string, fallback: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
    if (!(port <= 65_535)) this.faults.push(`${name}: a port is a number from 0 to 65535`);
    return port;
  }

  number(name: string, fallback: number, what: string, least: number, most: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    if (!(number >= least && number <= most)) this.faults.push(`${name}: a number of ${what} from ${least} to ${most}`);
    return number;
  }

  oneOf(name: string, values: readonly string[], fallback: string): string {
    const text = this.text(name) ?? fallback;
    if (!values.includes(text)) this.faults.push(`${name}: one of ${values.join(', ')}`);
    return text;
  }

  url(name: string, protocols: readonly string[]): string | null {
    const text = this.text(name);
    if (text === null) return null;
    if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
      this.faults.push(`${name}: an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
    }
    return text;
  }

  /** An address that only this machine, or whoever holds a certificate for it, can answer at. */
  secureUrl(name: string): string | null {
    const text = this.text(name);
    if (text === null) return null;
    const url = URL.canParse(text) ? new URL(text) : null;
    const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
    if (!safe || url.username !== '' || url.search !== '' || url.hash !== '') this.faults.push(`${name}: an address that begins with https://, or http:// on this machine, and ends with its path`);
    return text;
  }

  /** Values with commas between them. */
  list(name: string): readonly string[] {
    return (this.text(name) ?? '').split(',').map((value) => value.trim()).filter((value) => value !== '');
  }

  /** Origins, separated by commas. */
  origins(name: string): readonly string[] | null {
    if (this.text(name) === null) return null;
    const origins = this.list(name);
    const good = (origin: string): boolean => /^https?:/i.test(origin) && URL.canParse(origin) && new URL(origin).href === `${new URL(origin).origin}/`;
    if (!origins.every(good)) this.faults.push(`${name}: origins such as https://portal.example.org, separated by commas, with no path`);
    return origins.filter(good).map((origin) => new URL(origin).origin);
  }

  /** One word in a file: what a header or a signature is made with. */
  secret(name: string): string | null {
    const text = this.file(name)?.toString('utf8').trim() ?? null;
    if (text !== null && !/^[\x21-\x7e]+$/.test(text)) this.faults.push(`${name}: the file holds the one secret, of letters, digits and signs without blanks, and nothing else`);
    return text;
  }

  email(name: string): string | null {
    const text = this.text(name);
    if (text !== null && !z.email().safeParse(text).success) this.faults.push(`${name}: an e-mail address`);
    return text;
  }

  /** The content of the file that a variable names. */
  file(name: string): Buffer | null {
    const path = this.text(name);
    if (path === null) return null;
    try {
      return readFileSync(path);
    } catch {
      this.faults.push(`${name}: the file cannot be read`);
      return null;
    }
  }

  required(names: readonly string[], because: string): void {
    for (const name of names) {
      if (this.text(name) === null) this.faults.push(`${name}: must be set ${because}`);
    }
  }
}
