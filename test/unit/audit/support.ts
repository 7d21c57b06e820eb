/** A trail over a real store in a temporary folder, with a clock that is set. */
import { randomBytes, randomUUID } from 'node:crypto';
import Database from 'libsql';
import type { AuditEvent, Head } from '../../../src/application/audit/entry.js';
import type { TrailFilter } from '../../../src/application/audit/read.js';
import { auditTrail, type AuditTrail, type HeadKeeper } from '../../../src/application/audit/trail.js';
import type { Store } from '../../../src/application/ports.js';
import { storeOnDisk } from '../../support/store-on-disk.js';

export const NOON = Date.parse('2017-02-08T12:00:00Z');
export const random = { token: (bytes: number) => randomBytes(bytes).toString('base64url'), uuid: () => randomUUID() };

/** All of the trail. */
export const NO_FILTER: TrailFilter = { subject: null, actor: null };

export interface TrailSetting {
  readonly store: Store;
  readonly trail: AuditTrail;
  readonly logged: string[];
  /** The head that was kept apart. */
  readonly kept: { head: Head | null };
  now: number;
  /** Another process's trail over the same store. */
  another(): AuditTrail;
  /** Looks at tenancies, in this order. */
  look(...tenancies: string[]): Promise<void>;
  /** Changes the file behind the store's back. */
  tamper(sql: string, ...values: (string | number)[]): number;
  close(): Promise<void>;
}

export const looked = (tenancy: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
  at: new Date(NOON).toISOString(), actor: 'j.smith', role: 'STAFF', action: 'query tenancy', subject: { kind: 'tenancy', reference: tenancy }, reason: null, ...more,
});

export function trailSetting(): TrailSetting {
  const { file, open, close } = storeOnDisk();
  const store = open();
  const logged: string[] = [];
  const kept: TrailSetting['kept'] = { head: null };
  const heads: HeadKeeper = { last: async () => kept.head, keep: async (head) => void (kept.head = head) };
  const tell = (fields: Readonly<Record<string, unknown>>): void => void logged.push(String(fields['event']));
  const log = { info: tell, warn: tell, error: tell };
  const setting: TrailSetting = {
    store, logged, kept, now: NOON,
    trail: auditTrail({ store, clock: () => new Date(setting.now), random, log, heads }),
    another: () => auditTrail({ store: open(), clock: () => new Date(setting.now), random, log }),
    look: (...tenancies) => setting.trail.record(tenancies.map((tenancy) => looked(tenancy, { at: new Date(setting.now).toISOString() }))),
    tamper(sql, ...values) {
      const database = new Database(file);
      try {
        return database.prepare(sql).run(...values).changes;
      } finally {
        database.close();
      }
    },
    close,
  };
  return setting;
}
