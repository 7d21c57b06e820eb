/** The mail server that outlives the gateway, and what came in. */
import { openPostOffice, type PostOffice } from '../unit/mail/post-office.js';
import { until } from '../support/until.js';

export type Template = 'code' | 'already' | 'welcome' | 'temporary' | 'changed' | 'locked';

const SUBJECTS: readonly (readonly [Template, RegExp])[] = [
  ['code', /^Your code for /], ['already', /^You already have an account /], ['welcome', /^Your account with .* is ready$/],
  ['temporary', /^Your temporary password for /], ['changed', /^Your password for .* was changed$/], ['locked', /^Your account with .* is locked$/],
];
/** A server that takes a moment has more mails on their way when the gateway is killed. */
const SLOWEST_MS = 40;

export interface Received {
  readonly id: string;
  readonly template: Template | null;
  readonly text: string;
  /** In which life of the gateway it came. */
  readonly life: number;
}

export class Post {
  private readonly byAddress = new Map<string, Received[]>();
  private read = 0;
  private life = 0;
  private latest = Infinity;

  private constructor(private readonly office: PostOffice) {}

  /** @param chance at least 0 and less than 1. */
  static async open(chance: () => number): Promise<Post> {
    return new Post(await openPostOffice(0, { onMailFrom: (_address, _session, done) => {
      setTimeout(done, SLOWEST_MS * chance());
    } }));
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.office.port}`;
  }

  /** All that has come until now was sent before the gateway's next life. */
  nextLife(): void {
    this.scan();
    this.life += 1;
  }

  /** Each mail once, in the order in which they came. */
  to(address: string, template: Template): Received[] {
    this.scan();
    const seen = new Map((this.byAddress.get(address) ?? []).filter((mail) => mail.template === template).reverse().map((mail) => [mail.id, mail]));
    return [...seen.values()].reverse();
  }

  all(): readonly Received[] {
    this.scan();
    return [...this.byAddress.values()].flat();
  }

  /** Nobody waits for mail for longer than this from now. */
  waitAtMost(milliseconds: number): void {
    this.latest = performance.now() + milliseconds;
  }

  /** Waits for a mail. @returns null where none comes. */
  async wait(address: string, template: Template, which: (mail: Received) => boolean): Promise<Received | null> {
    const found = (): Received | undefined => this.to(address, template).filter(which).at(-1);
    await until(() => found() !== undefined || performance.now() > this.latest, Infinity);
    return found() ?? null;
  }

  close(): Promise<void> {
    return this.office.close();
  }

  private scan(): void {
    for (const letter of this.office.letters.slice(this.read)) {
      this.read += 1;
      const template = SUBJECTS.find(([, subject]) => subject.test(letter.subject))?.[0] ?? null;
      const text = letter.parts.find(({ type }) => type.startsWith('text/plain'))?.body ?? '';
      const mail = { id: letter.headers['message-id'] ?? '', template, text, life: this.life };
      for (const address of letter.to) this.byAddress.set(address, [...(this.byAddress.get(address) ?? []), mail]);
    }
  }
}

/** The code or the password in a mail: it stands alone on its line. */
export const secretIn = ({ text }: Received): string => /^ {4}(\S+)$/m.exec(text)?.[1] ?? '';
