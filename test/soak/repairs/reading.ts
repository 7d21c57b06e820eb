/** Every acknowledged repair is there to read: by each of its references, and once in its tenancy's lists. */
import { print } from 'graphql';
import { RepairsDocument, type RepairLineFragment, type RepairsQuery } from '../../../generated/operations.js';
import type { Resident } from '../people.js';
import type { RepairFindings } from './asked.js';
import type { Fate } from './checks.js';
import type { RepairWorld } from './world.js';

type Line = Pick<RepairLineFragment, 'reference' | 'description' | 'status'>;

/** Of one query; each reference is an alias. */
const AT_ONCE = 12;
const READERS = 4;
const PAGE = 100;
const TRIES = 5;

export class Reading {
  constructor(private readonly world: RepairWorld, private readonly findings: RepairFindings) {}

  /** @returns how many repairs were found by all their references. */
  async check(fates: readonly Fate[]): Promise<number> {
    const byResident = new Map<Resident, Fate[]>();
    for (const fate of fates) {
      if (!fate.asked.answer) continue;
      byResident.set(fate.asked.resident, [...(byResident.get(fate.asked.resident) ?? []), fate]);
    }
    const left = [...byResident];
    const found: number[] = [];
    await Promise.all(Array.from({ length: READERS }, async () => {
      for (let next = left.pop(); next; next = left.pop()) found.push(await this.checkOne(...next));
    }));
    return found.reduce((all, some) => all + some, 0);
  }

  private async checkOne(resident: Resident, fates: readonly Fate[]): Promise<number> {
    const wanted = fates.flatMap((fate) => referencesOf(fate));
    const lines = await this.byReference(resident, wanted);
    const listed = await this.listed(resident);
    let found = 0;
    for (const fate of fates) {
      const { asked: { mark, arrives }, entry } = fate;
      const shown = entry ? String(entry['WorksOrderReference']) : fate.asked.answer?.repair?.reference;
      const wrong = referencesOf(fate).filter((reference) => {
        const line = lines.get(reference);
        return !line || line.reference !== shown || !line.description.endsWith(arrives) || line.status !== (entry ? 'REGISTERED' : 'SUBMITTED');
      });
      if (wrong.length > 0) this.findings.violated(`${mark} cannot be read, or not as it is, by ${wrong.join(' and ')}`, resident);
      else found += 1;
      const times = listed.filter((reference) => reference === shown).length;
      if (times !== 1) this.findings.violated(`${mark} is listed ${times} times`, resident);
    }
    return found;
  }

  private async byReference(resident: Resident, references: readonly string[]): Promise<ReadonlyMap<string, Line>> {
    const found = new Map<string, Line>();
    for (let from = 0; from < references.length; from += AT_ONCE) {
      const some = references.slice(from, from + AT_ONCE);
      const query = `{ ${some.map((reference, n) => `r${n}: repair(reference: ${JSON.stringify(reference)}) { reference description status }`).join(' ')} }`;
      const data = await this.ask<Record<string, Line | null>>(resident, query, {});
      some.forEach((reference, n) => {
        const line = data?.[`r${n}`];
        if (line) found.set(reference, line);
      });
    }
    return found;
  }

  /** The references of all repairs of the home and of its block, page by page. */
  private async listed(resident: Resident): Promise<readonly string[]> {
    const references: string[] = [];
    const after: { after?: string; blockAfter?: string } = {};
    for (let more = true; more; ) {
      const page = await this.ask<RepairsQuery>(resident, print(RepairsDocument), { reference: resident.tenancyReference, first: PAGE, ...after });
      const lists = [page?.tenancy?.repairs, page?.tenancy?.blockRepairs];
      references.push(...lists.flatMap((list) => list?.nodes ?? []).map(({ reference }) => reference));
      // Where one list has come to its end, what follows that end is asked for again, and is nothing.
      const [home, block] = lists.map((list) => list?.pageInfo.endCursor);
      if (home) after.after = home;
      if (block) after.blockAfter = block;
      more = lists.some((list) => list?.pageInfo.hasNextPage === true);
    }
    return references;
  }

  private async ask<T>(resident: Resident, query: string, variables: Record<string, unknown>): Promise<T | null> {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const reply = await this.world.ask<T, Record<string, unknown>>(resident, this.world.anyGateway(), query, variables);
      if (reply?.data && reply.code === undefined) return reply.data;
      if (reply && reply.code !== 'LEGACY_UNAVAILABLE') this.findings.violated(`reading came to ${reply.code}`, resident);
    }
    return null;
  }
}

/** Ours, and once it is delivered the legacy system's two. */
const referencesOf = ({ asked, entry }: Fate): string[] =>
  [asked.answer?.repair?.reference ?? '', ...(entry ? [String(entry['WorksOrderReference']), entry.reference] : [])];
