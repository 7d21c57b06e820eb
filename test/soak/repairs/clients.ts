/** Residents who ask for repairs, in a few lanes, whatever happens to the gateways meanwhile. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../fixtures/rows/random.js';
import { RepairDocument, RequestRepairDocument } from '../../../generated/operations.js';
import type { MortalGateway } from '../gateway.js';
import type { Asked, RepairFindings } from './asked.js';
import { tooLong, writtenBy } from './texts.js';
import type { RepairWorld } from './world.js';

const LANES = 8;
const BETWEEN_MS = [100, 700] as const;
/** Of the guide; none is so urgent that it would not be taken. */
const PROBLEMS = ['sink-tap-drips', 'sink-damaged', 'sink-tap-stiff'];

export class Clients {
  readonly asked: Asked[] = [];
  private lanes: readonly Promise<void>[] = [];
  private stopped = false;

  constructor(private readonly world: RepairWorld, private readonly findings: RepairFindings, private readonly random: Random) {}

  start(): void {
    this.lanes = Array.from({ length: LANES }, () => this.lane());
  }

  /** Nobody asks for anything new; what is under way is asked for until it is acknowledged or given up. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.lanes);
  }

  private async lane(): Promise<void> {
    while (!this.stopped) {
      await pause(this.random.between(...BETWEEN_MS));
      if (this.random.chance(0.04)) await this.writeTooMuch();
      else await this.askFor(this.something());
    }
  }

  private something(): Asked {
    const { random } = this;
    const mark = `#${this.asked.length + 1}#`;
    const resident = random.pick(this.world.residents);
    const { typed, arrives } = writtenBy(random, mark);
    // Beside a text of full length there is no room for a problem.
    const problemIds = arrives.length < 1_500 && random.chance(0.3) ? [random.pick(PROBLEMS)] : [];
    const asked: Asked = {
      mark, resident, arrives, answer: null,
      input: {
        idempotencyKey: `soak-${mark.slice(1, -1)}-${random.between(0, 999_999_999)}`, tenancyReference: resident.tenancyReference,
        location: resident.communal && random.chance(0.2) ? 'COMMUNAL' : 'PROPERTY', problemIds, description: typed,
      },
    };
    this.asked.push(asked);
    return asked;
  }

  private async askFor(asked: Asked): Promise<void> {
    const { random, findings } = this;
    const [one, other] = this.world.twoGateways();
    if (random.chance(0.2)) {
      findings.twins += 1;
      await Promise.all([this.insist(asked, one, true), this.insist(asked, other, true)]);
    } else await this.insist(asked, one, false);
    if (!asked.answer) return;
    if (random.chance(0.3)) await this.readAtOnce(asked);
    if (random.chance(0.15)) {
      // It may have been delivered meanwhile: the answer stays the first one.
      await pause(random.between(0, 4_000));
      await this.insist(asked, this.world.anyGateway(), true);
    }
    if (random.chance(0.06)) await this.useKeyAgain(asked);
  }

  /**
   * Sends it until it is acknowledged, with the same key, to whichever gateway.
   * @param stubborn whether it is never given up when an answer is cut off.
   */
  private async insist(asked: Asked, first: MortalGateway, stubborn: boolean): Promise<void> {
    const { findings, random, world } = this;
    for (let gateway = first; ; gateway = world.anyGateway()) {
      const reply = await world.ask(asked.resident, gateway, RequestRepairDocument, { input: asked.input });
      if (!reply) {
        if (stubborn || !random.chance(0.25)) continue;
        findings.givenUp += 1;
        return;
      }
      const answer = reply.data?.requestRepair;
      if (!answer) {
        // Where whose tenancy it is could not be read, nothing was taken.
        if (reply.code === 'LEGACY_UNAVAILABLE' || reply.code === 'UNAUTHENTICATED') continue;
        return findings.violated(`asking for a repair came to ${reply.code}`, asked.resident);
      }
      if (answer.outcome !== 'ACCEPTED' || !answer.repair) return findings.violated(`asking for a repair came to ${answer.outcome}`, asked.resident);
      if (asked.answer) {
        findings.repeats += 1;
        if (JSON.stringify(answer) !== JSON.stringify(asked.answer)) findings.violated('one key was given two answers', asked.resident);
      }
      asked.answer ??= answer;
      return;
    }
  }

  private async readAtOnce({ answer, resident }: Asked): Promise<void> {
    const reply = await this.world.ask(resident, this.world.anyGateway(), RepairDocument, { reference: answer?.repair?.reference ?? '' });
    if (!reply || reply.code === 'LEGACY_UNAVAILABLE') return;
    this.findings.readAtOnce += 1;
    if (!reply.data?.repair) this.findings.violated(`an acknowledged repair could not be read: ${reply.code ?? 'null'}`, resident);
  }

  private async useKeyAgain({ input, resident }: Asked): Promise<void> {
    const other = { ...input, description: `${input.description.slice(0, 100)} and another thing` };
    const reply = await this.world.ask(resident, this.world.anyGateway(), RequestRepairDocument, { input: other });
    if (!reply || reply.code === 'LEGACY_UNAVAILABLE') return;
    this.findings.conflicts += 1;
    if (reply.code !== 'CONFLICT') this.findings.violated(`a key that was used came to ${reply.data?.requestRepair.outcome ?? reply.code}`, resident);
  }

  private async writeTooMuch(): Promise<void> {
    const resident = this.random.pick(this.world.residents);
    const input = {
      idempotencyKey: `soak-long-${this.random.between(0, 999_999_999)}`, tenancyReference: resident.tenancyReference, location: 'PROPERTY' as const,
      problemIds: [], description: tooLong('A long story:'),
    };
    const reply = await this.world.ask(resident, this.world.anyGateway(), RequestRepairDocument, { input });
    if (!reply) return;
    this.findings.tooLong += 1;
    if (reply.code !== 'INVALID_INPUT') this.findings.violated(`a text that is too long came to ${reply.data?.requestRepair.outcome ?? reply.code}`, resident);
  }
}
