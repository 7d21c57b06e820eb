/** A soak that finds nothing proves something only where it would find what is wrong. */
import { expect, test } from '@jest/globals';
import type { LedgerEntry } from '../../fixtures/legacy/ledger.js';
import type { DeliveryState, RepairDelivery } from '../../src/application/delivery/record.js';
import { RepairFindings, type Asked } from './repairs/asked.js';
import { checkPointers, compare, type Left } from './repairs/checks.js';

const resident = { personReference: '0000100001/1', email: 'tenant.1.1@example.org', tenancyReference: '100001/01', communal: false };
const asked = (mark: string, acknowledged = true): Asked => ({
  mark, resident, arrives: `${mark} a shelf`, answer: acknowledged ? ({ repair: { reference: `RQ-${mark}` } } as Asked['answer']) : null,
  input: { idempotencyKey: `key-${mark}`, tenancyReference: '100001/01', location: 'PROPERTY', problemIds: [], description: `${mark} a shelf` },
});
const entry = (mark: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  sequence: 1, at: '', operation: 'CreateRepairRequest', callerReference: `id-${mark}`, reference: `R${mark}`, Problem: `${mark} a shelf`,
  PropertyReference: 'P1', WorksOrderReference: `WO${mark}`, ...more,
});
const delivery = (mark: string, state: DeliveryState, lastError: string | null = null): [string, RepairDelivery] => [`id-${mark}`, {
  kind: 'repair', reference: `RQ-${mark}`, state, lastError, attempts: 1, repair: { text: `${mark} a shelf`, propertyReference: 'P1' },
  taken: state === 'DELIVERED' ? { requestReference: `R${mark}`, orderReference: `WO${mark}` } : null,
} as RepairDelivery];
const left = (...deliveries: [string, RepairDelivery][]): Left => ({
  deliveries: new Map(deliveries),
  pointers: new Map([
    ['delivery-by-reference', new Map(deliveries.map(([id, { reference }]) => [reference, id]))],
    ['delivery-of-property', new Map(deliveries.map(([id]) => [`P1 ${id}`, id]))],
    ['idempotency', new Map(deliveries.map(([id]) => [`key of ${id}`, id]))],
  ]),
});
function found(all: Asked[], ledger: LedgerEntry[], store: Left) {
  const findings = new RepairFindings(() => undefined);
  checkPointers(store, findings);
  const { counts } = compare(all, ledger, store, findings);
  return { ...counts, violations: findings.violations.map((violation) => violation.replace(`${resident.email}: `, '')) };
}

test('what arrived, what was refused, and what was cut off and never taken are all in order', () => {
  const store = left(delivery('#1#', 'DELIVERED'), delivery('#2#', 'NEEDS_ATTENTION', 'REFUSED 9001'));
  expect(found([asked('#1#'), asked('#2#'), asked('#3#', false)], [entry('#1#')], store)).toEqual({
    acknowledged: 2, delivered: 1, doubled: 0, lost: 0, staff: new Map([['REFUSED 9001', 1]]), unacknowledged: { arrived: 0, staff: 0, neverTaken: 1 },
    triedAgain: 0, violations: [],
  });
});

test.each<[string, () => ReturnType<typeof found>, object]>([
  ['arrived twice', () => found([asked('#1#')], [entry('#1#'), entry('#1#')], left(delivery('#1#', 'DELIVERED'))), { doubled: 1, violations: ['#1# arrived 2 times'] }],
  ['taken twice under one key', () => found([asked('#1#')], [entry('#1#')], left(delivery('#1#', 'DELIVERED'), ['id-other', delivery('#1#', 'DELIVERED')[1]])), {
    violations: expect.arrayContaining(['#1# was taken more than once']) as unknown,
  }],
  ['acknowledged and forgotten', () => found([asked('#1#')], [], left()), {
    lost: 1, violations: ['#1# has another reference than it was acknowledged with', '#1# was acknowledged and is lost'],
  }],
  ['acknowledged and never tried', () => found([asked('#1#')], [], left(delivery('#1#', 'WAITING'))), { lost: 1, violations: ['#1# was acknowledged and is lost'] }],
  ['taken for delivered', () => found([asked('#1#')], [], left(delivery('#1#', 'DELIVERED'))), {
    lost: 1, violations: ['#1# is delivered, as the store has it, and did not arrive', '#1# was acknowledged and is lost'],
  }],
  ['given to staff, and there', () => found([asked('#1#')], [entry('#1#')], left(delivery('#1#', 'NEEDS_ATTENTION', 'REFUSED 9001'))), {
    violations: expect.arrayContaining(['#1# is in the staff queue (REFUSED 9001), and arrived all the same']) as unknown,
  }],
  ['arrived in other words', () => found([asked('#1#')], [entry('#1#', { Problem: '#1# a she' })], left(delivery('#1#', 'DELIVERED'))), {
    violations: ['#1# arrived in other words'],
  }],
  ['arrived for another property', () => found([asked('#1#')], [entry('#1#', { PropertyReference: 'P2' })], left(delivery('#1#', 'DELIVERED'))), {
    violations: ['#1# arrived for another property'],
  }],
  ['there, and asked for by nobody', () => found([], [entry('#1#')], left()), { violations: ['something is there that nobody asked for'] }],
  ['a key without its delivery', () => {
    const store = left();
    return found([], [], { ...store, pointers: new Map([...store.pointers, ['idempotency', new Map([['key', 'id-#1#']])]]) });
  }, { violations: ['in the store, a document of idempotency is left over', 'in the store, 0 deliveries have 1 documents of idempotency'] }],
])('it is found out: %s', (_what, finding, expected) => {
  expect(finding()).toMatchObject(expected);
});
