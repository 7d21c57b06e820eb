import sql from 'mssql';
import { parseConnection } from './connection-string.js';
import { shownCause, unavailable } from './errors.js';

export const CONNECT_MS = 3_000;
export const READ_MS = 4_000;

export interface SqlOptions {
  /** See connection-string.ts. */
  readonly url: string;
  readonly poolSize?: number;
  /** Called once a try, for `legacy_calls_total`. */
  readonly onCall?: (operation: string, outcome: 'ok' | 'unavailable' | 'refused') => void;
  /** What went wrong, scrubbed, for the log. */
  readonly onFailure?: (operation: string, cause: Record<string, unknown>) => void;
}

export type Row = Readonly<Record<string, unknown>>;
export type ResultSets = readonly (readonly Row[])[];
export type Parameters = (request: sql.Request) => void;

export interface SqlServer {
  /**
   * Runs a procedure of the schema gateway. @param read takes what is wanted out of its result sets; what it throws makes the
   * call a failed one: rows that make no sense are as good as none. @throws LEGACY_UNAVAILABLE, LEGACY_REFUSED.
   */
  execute<T>(procedure: string, parameters: Parameters | null, read: (sets: ResultSets) => T): Promise<T>;
  close(): Promise<void>;
}

/** A list of references as the procedures take it. */
export function referenceList(references: readonly string[]): sql.Table {
  const table = new sql.Table('gateway.ReferenceList');
  table.columns.add('Reference', sql.VarChar(30), { nullable: false });
  for (const reference of references) table.rows.add(reference);
  return table;
}

interface Opened { readonly messageIo?: { readonly tlsNegotiationComplete?: boolean }; close(): void }

/**
 * Where encryption was asked for, a connection without it is closed before anything is asked on it: the driver goes on in plain
 * text when a server, or somebody between, says that it cannot encrypt.
 */
function refusePlainText(pool: sql.ConnectionPool, encrypt: boolean): void {
  if (!encrypt) return;
  const opening = pool as unknown as { _poolCreate(): Promise<Opened> };
  const create = opening._poolCreate.bind(pool);
  opening._poolCreate = async () => {
    const connection = await create();
    if (connection.messageIo?.tlsNegotiationComplete === true) return connection;
    connection.close();
    throw Object.assign(new Error('the server does not encrypt'), { code: 'ENOTENCRYPTED' });
  };
}

/**
 * A pool that connects when it is first needed, and again when the server comes back: the gateway starts, and stays up,
 * without it. Every call has a deadline of its own, since a server may neither answer nor take a cancellation.
 */
export function sqlServer(options: SqlOptions): SqlServer {
  const parsed = parseConnection(options.url);
  let opening: Promise<sql.ConnectionPool> | undefined;
  let closed = false;

  const connect = async (): Promise<sql.ConnectionPool> => {
    const pool = new sql.ConnectionPool({
      ...parsed,
      connectionTimeout: CONNECT_MS,
      requestTimeout: READ_MS,
      // A socket check instead of a SELECT 1 before every request: measured at a third less time a call.
      validateConnection: 'socket',
      pool: { min: 0, max: options.poolSize ?? 32, idleTimeoutMillis: 30_000, acquireTimeoutMillis: CONNECT_MS },
      options: { ...parsed.options, appName: 'housing-gateway', useUTC: true },
    } as sql.config);
    refusePlainText(pool, parsed.options?.encrypt !== false);
    pool.on('error', (error: unknown) => options.onFailure?.('pool', shownCause(error)));
    await pool.connect();
    return pool;
  };

  const ready = (): Promise<sql.ConnectionPool> => {
    opening ??= connect().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  const attempt = async (procedure: string, parameters: Parameters | null): Promise<ResultSets> => {
    if (closed) throw new Error('the pool is closed');
    let request: sql.Request | undefined;
    const work = (async () => {
      request = (await ready()).request();
      parameters?.(request);
      return (await request.execute<Row>(`gateway.${procedure}`)).recordsets as unknown as ResultSets;
    })();
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // Not awaited: a server that hangs may not take the cancellation either.
        request?.cancel();
        reject(Object.assign(new Error('no answer in time'), { code: 'EDEADLINE' }));
      }, CONNECT_MS + READ_MS);
    });
    try {
      return await Promise.race([work, deadline]);
    } finally {
      clearTimeout(timer);
      work.catch(() => undefined);
    }
  };

  return {
    async execute(procedure, parameters, read) {
      for (let left = 1; ; left--) {
        try {
          const wanted = read(await attempt(procedure, parameters));
          options.onCall?.(procedure, 'ok');
          return wanted;
        } catch (error) {
          const { retry, translated } = unavailable(error);
          options.onCall?.(procedure, translated.code === 'LEGACY_REFUSED' ? 'refused' : 'unavailable');
          options.onFailure?.(procedure, shownCause(error));
          if (!retry || left <= 0) throw translated;
        }
      }
    },
    async close() {
      closed = true;
      const pool = await opening?.catch(() => undefined);
      await pool?.close();
    },
  };
}

