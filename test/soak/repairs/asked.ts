/** What tenants asked for, and what they were told. */
import type { RequestRepairMutation } from '../../../generated/operations.js';
import { Findings } from '../findings.js';
import type { Resident } from '../people.js';

export type Answer = RequestRepairMutation['requestRepair'];

/** One repair that is asked for under one key, however often and through whichever gateway. */
export interface Asked {
  /** In its text, and in no other. */
  readonly mark: string;
  readonly resident: Resident;
  readonly input: {
    readonly idempotencyKey: string;
    readonly tenancyReference: string;
    readonly location: 'PROPERTY' | 'COMMUNAL';
    readonly problemIds: string[];
    readonly description: string;
  };
  /** The tenant's words as the legacy system has to have them; the guide's problems may stand before them. */
  readonly arrives: string;
  /** The first answer; null while nothing was acknowledged. Every other one has to equal it. */
  answer: Answer | null;
}

export const markIn = (text: string): string | null => /#\d+#/.exec(text)?.[0] ?? null;

export class RepairFindings extends Findings {
  /** Requests that were sent to two gateways at the same moment. */
  twins = 0;
  /** Answers that repeated an earlier one. */
  repeats = 0;
  /** Requests that were cut off and not made again. */
  givenUp = 0;
  /** Keys that were used for something else, and refused. */
  conflicts = 0;
  /** Texts that were refused for their length. */
  tooLong = 0;
  /** Repairs that were read as soon as they were acknowledged. */
  readAtOnce = 0;
  /** Tries of which the gateways did not know what had become, by what they saw of each. */
  readonly unclear = new Map<string, number>();

  /** Counts what a gateway's log says. */
  readLog(log: string): void {
    for (const line of log.split('\n')) {
      const cause = line.includes('"delivery_unclear"') ? /"cause":"(\w+)"/.exec(line)?.[1] : undefined;
      if (cause !== undefined) this.unclear.set(cause, (this.unclear.get(cause) ?? 0) + 1);
    }
  }
}
