/**
 * Faults of the legacy system, ordered at random, with calm between. What has to come of each where it strikes a
 * CreateRepairRequest, with S the settle time; a kill of the gateway in the middle makes an unknown outcome of any of them, and then
 * what is looked up S after the claim has run out decides:
 *
 * | fault | the legacy system has it | the gateway sees | so |
 * |---|---|---|---|
 * | reset-before | no | a broken connection: unknown | looked up after S, not found, sent again |
 * | reset-after | yes | the same | looked up, found: delivered |
 * | commit-late | less than S later | the same | looked up after S, found |
 * | hang | no | its deadline: unknown | looked up, not found, sent again |
 * | hang-after | yes | its deadline | looked up, found |
 * | slow | yes | a late answer: delivered; or its deadline | delivered at once; or looked up, found |
 * | half | yes | half an answer: unknown | looked up, found |
 * | empty | no | an answer without a result: unknown | looked up, not found, sent again |
 * | fault | no | a SOAP fault: unknown | looked up, not found, sent again |
 * | refuse | no, and will not | Success=false | the staff queue, and nothing in the ledger |
 *
 * A refusal strikes only what is not there: before there is a second try, a look-up has said so. One that strikes a gateway that is
 * killed before it has read the answer is a try of unknown outcome like any other: looked up, not found, sent again.
 *
 * On FindByCallerReference each of them (a refusal too) is a look-up that failed and says nothing: looked up again, and never sent
 * meanwhile. On GetWorksOrdersList, which is asked for a likely duplicate before a request is taken, and for lists: the request is
 * taken all the same, and a list answers LEGACY_UNAVAILABLE.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultKind } from '../../../fixtures/legacy/faults.js';
import type { Random } from '../../../fixtures/rows/random.js';
import type { Simulator } from '../../support/simulator.js';

/** In whole seconds, as LEGACY_SETTLE_SECONDS takes it. */
export const SETTLE_SECONDS = 3;

/** How often in comparison, how many calls at most one order strikes, and its milliseconds, from and to. */
interface Choice { readonly kind: FaultKind; readonly weight: number; readonly most: number; readonly ms?: readonly [number, number] }

/** Within the settle time, and with room for a busy machine. */
const LATE: readonly [number, number] = [100, SETTLE_SECONDS * 1_000 - 1_200];
/** Longer than the gateway waits for any answer. */
const TOO_SLOW: readonly [number, number] = [8_200, 9_500];

const AROUND_A_WRITE: readonly Choice[] = [
  { kind: 'reset-before', weight: 4, most: 2 }, { kind: 'reset-after', weight: 4, most: 2 }, { kind: 'commit-late', weight: 4, most: 2, ms: LATE },
  { kind: 'slow', weight: 4, most: 3, ms: [50, 1_500] }, { kind: 'empty', weight: 3, most: 2 }, { kind: 'fault', weight: 3, most: 2 },
  { kind: 'half', weight: 3, most: 2 }, { kind: 'refuse', weight: 2, most: 2 },
  { kind: 'hang', weight: 1, most: 1 }, { kind: 'hang-after', weight: 1, most: 1 }, { kind: 'slow', weight: 1, most: 1, ms: TOO_SLOW },
];
const OF_A_READ: readonly Choice[] = [
  { kind: 'reset', weight: 3, most: 2 }, { kind: 'slow', weight: 3, most: 2, ms: [50, 1_500] }, { kind: 'empty', weight: 2, most: 2 },
  { kind: 'fault', weight: 2, most: 2 }, { kind: 'half', weight: 2, most: 2 }, { kind: 'refuse', weight: 2, most: 2 }, { kind: 'hang', weight: 1, most: 1 },
];

export class Faults {
  /** How many of each kind were ordered. */
  readonly ordered = new Map<string, number>();
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly simulator: Simulator, private readonly random: Random) {}

  start(): void {
    this.running = this.run();
  }

  /** Orders no more, and forgets what has not struck. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    await this.simulator.clearFaults();
  }

  private async run(): Promise<void> {
    const { simulator, random, ordered } = this;
    while (!this.stopped) {
      const where = random.next();
      if (where < 0.1) {
        await simulator.clearFaults();
        await pause(random.between(500, 1_500));
      } else if (where < 0.75) await this.order('CreateRepairRequest', AROUND_A_WRITE);
      else await this.order(where < 0.92 ? 'FindByCallerReference' : 'GetWorksOrdersList', OF_A_READ);
      await pause(random.between(100, 600));
    }
    if (ordered.size === 0) throw new Error('no fault was ordered');
  }

  private async order(operation: string, choices: readonly Choice[]): Promise<void> {
    const { random } = this;
    const { kind, most, ms } = random.pick(choices.flatMap((choice) => Array.from({ length: choice.weight }, () => choice)));
    await this.simulator.order(operation, { kind, times: random.between(1, most), ...(ms && { ms: random.between(...ms) }) });
    this.ordered.set(kind, (this.ordered.get(kind) ?? 0) + 1);
  }
}
