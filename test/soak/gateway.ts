/** A gateway that is killed and started again, and the way to ask it meanwhile. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { sendTo } from '../support/gateway.js';
import { spawnProgram, type Program, type Starting } from '../support/program.js';
import type { Findings } from './findings.js';

/** What came back; null where nothing did, or that the store is away: what was asked for may have been done or not. */
export type Reply<T> = { readonly data: T | null | undefined; readonly code: string | undefined } | null;

export interface GatewayOptions {
  /** What it is started with, each time. */
  readonly settings: Readonly<Record<string, string>>;
  readonly findings: Findings;
  /** Whether the store is killed too, so that its absence is no finding. */
  readonly storeMayBeAway: boolean;
  /** Called each time that it is gone, with the log of that life; '' of one that never came up. */
  readonly onGone?: (log: string) => void;
}

const NO_ANSWER_MS = 30_000;

export class MortalGateway {
  private starting: Starting | null = null;
  private program: Program | null = null;
  private up: Promise<Program>;
  private isUp: (program: Program) => void = () => undefined;

  constructor(private readonly options: GatewayOptions) {
    this.up = this.nextUp();
  }

  /** Spawns it; the promise comes when it can be asked, if it is not killed before. */
  spawn(): Promise<Program> {
    const starting = spawnProgram(this.options.settings);
    this.starting = starting;
    starting.ready.then((program) => {
      // Killed meanwhile: nobody may be sent to it.
      if (this.starting !== starting) return;
      this.program = program;
      this.isUp(program);
    }, () => undefined);
    return starting.ready;
  }

  /** Ends it and waits until it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const { starting, program, options } = this;
    this.starting = null;
    this.program = null;
    // Who waits for one that never came up waits on, for the next.
    if (program) this.up = this.nextUp();
    await starting?.end(signal);
    const log = program?.stderr() ?? '';
    options.onGone?.(log);
    for (const line of log.split('\n')) {
      if (line.includes('"unexpected_error"')) options.findings.violated(`an error that nobody foresaw: ${line}`);
    }
  }

  /** Asks it, once it is up. */
  async ask<T, V>(document: TypedDocumentNode<T, V> | string, variables: V, token?: string): Promise<Reply<T>> {
    const { findings, storeMayBeAway } = this.options;
    const { url } = await this.up;
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        findings.violated('a request had no answer for half a minute');
        reject(new Error('no answer'));
      }, NO_ANSWER_MS);
    });
    try {
      const { data, errors } = await Promise.race([sendTo<T>(url, document, variables, token), silent]);
      const code = errors?.[0]?.extensions.code;
      if (code !== 'SERVICE_UNAVAILABLE' || !storeMayBeAway) {
        findings.answers += 1;
        return { data, code };
      }
    } catch {
      // It was killed.
    } finally {
      clearTimeout(timer);
    }
    findings.cutOff += 1;
    return null;
  }

  private nextUp(): Promise<Program> {
    return new Promise((resolve) => {
      this.isUp = resolve;
    });
  }
}
