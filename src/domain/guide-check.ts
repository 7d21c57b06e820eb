/**
 * Checks a repair guide when the program starts, so that a mistake in its files stops the start and never reaches a
 * tenant. `defineLandlord` takes only a guide that has been through here.
 */
import { z } from 'zod';
import type { RepairCategory, RepairComponent, RepairElement, RepairGuide, RepairProblem } from './guide.js';

/** A level as it is written: advice may be left out, and `Changed` is as `Changes` says. */
type Written<Level, Changed extends keyof Level, Changes> = Omit<Level, 'advice' | Changed> & { readonly advice?: string | null | undefined } & Changes;

/** What the guide's own files write: advice may be left out, and so may the emergency mark, which the priority then sets. */
export type ProblemInput = Written<RepairProblem, 'emergency', { readonly emergency?: boolean | undefined }>;
export type ComponentInput = Written<RepairComponent, 'problems', { readonly problems: readonly ProblemInput[] }>;
export type ElementInput = Written<RepairElement, 'components', { readonly components: readonly ComponentInput[] }>;
export type CategoryInput = Written<RepairCategory, 'elements', { readonly elements: readonly ElementInput[] }>;
export type GuideInput = Omit<RepairGuide, 'categories'> & { readonly categories: readonly CategoryInput[] };

/** A guide has faults. The message lists them all, each with the path of the value at fault. */
export class GuideFaultsError extends Error {
  override readonly name = 'GuideFaultsError';

  constructor(readonly faults: readonly string[]) {
    super([`The repair guide has ${faults.length} fault(s):`, ...faults].join('\n  '));
  }
}

/** The priorities of work that cannot wait for the office to open. */
const EMERGENCIES: ReadonlySet<string> = new Set(['I', 'E']);

const text = z.string('must be a text').trim().min(1, 'must not be empty');
const kebab = z.string('must be an id').regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const shared = { id: kebab, title: text, advice: text.nullish().transform((advice) => advice ?? null) };

const problem = z
  .strictObject({
    ...shared,
    emergency: z.boolean().optional(),
    sorCode: z.string('must be a schedule-of-rates code').regex(/^[0-9A-Z]{7,8}$/, 'must be seven or eight capitals and digits'),
    priority: z.string('must be a priority').regex(/^[A-Z]$/, 'must be one capital'),
  })
  .refine(({ emergency, priority }) => emergency !== false || !EMERGENCIES.has(priority), {
    path: ['emergency'],
    error: 'must not be false with a priority of I or E',
  })
  .transform((read) => ({ ...read, emergency: read.emergency ?? EMERGENCIES.has(read.priority) }));
const component = z.strictObject({ ...shared, problems: z.array(problem).min(1, 'must hold a problem') });
const element = z.strictObject({ ...shared, components: z.array(component).min(1, 'must hold a component') });
const category = z.strictObject({ ...shared, elements: z.array(element).min(1, 'must hold an element') });
const shape: z.ZodType<RepairGuide> = z.strictObject({
  version: text,
  categories: z.array(category).min(1, 'must hold a category'),
  renamed: z.map(kebab, kebab, 'must be a map'),
});

/** Where the children of each level stand. */
const CHILDREN = ['elements', 'components', 'problems'] as const;

interface Placed {
  readonly id: string;
  readonly at: string;
  readonly isProblem: boolean;
}

/** Every id in the guide with its path. Takes data of any shape, so that a fault in one part does not hide those of another. */
function placedIds(list: unknown, at: string, level = 0): readonly Placed[] {
  if (!Array.isArray(list)) return [];
  const children = CHILDREN[level];
  return list.flatMap((entry: unknown, n) => {
    const node = z.looseObject({}).catch({}).parse(entry);
    const here = `${at}[${n}]`;
    const own = typeof node['id'] === 'string' ? [{ id: node['id'], at: here, isProblem: children === undefined }] : [];
    return children === undefined ? own : [...own, ...placedIds(node[children], `${here}.${children}`, level + 1)];
  });
}

/** Faults that only show when parts are held against each other. */
function faultsBetweenParts(input: unknown): readonly string[] {
  const parts = z.looseObject({}).catch({}).parse(input);
  const placed = placedIds(parts['categories'], 'categories');
  const seen = new Set<string>();
  const repeated = placed.flatMap(({ id, at }) => {
    if (seen.has(id)) return [`${at}.id: ${id} stands here a second time`];
    seen.add(id);
    return [];
  });
  const current = new Set(placed.filter(({ isProblem }) => isProblem).map(({ id }) => id));
  const renames: readonly (readonly [unknown, unknown])[] = parts['renamed'] instanceof Map ? [...parts['renamed']] : [];
  return [
    ...repeated,
    // A current id that is also an old one would be answered with another problem than the tenant chose.
    ...renames.filter(([old]) => current.has(String(old))).map(([old]) => `renamed.${String(old)}: is the id of a current problem`),
    ...renames.filter(([, now]) => !current.has(String(now))).map(([old, now]) => `renamed.${String(old)}: there is no problem ${String(now)}`),
  ];
}

const defined = new WeakSet<object>();

/** Whether `defineGuide` gave this guide back. */
export const isDefinedGuide = (guide: unknown): guide is RepairGuide => typeof guide === 'object' && guide !== null && defined.has(guide);

/**
 * Checks a guide and gives it back complete: no advice is null, and a problem of priority I or E is an emergency.
 * Throws one `GuideFaultsError` that lists every fault.
 */
export function defineGuide(input: GuideInput): RepairGuide {
  const read = shape.safeParse(input);
  const faults = [
    ...(read.error?.issues ?? []).map(({ path, message }) => `${z.core.toDotPath(path) || '(all of it)'}: ${message}`),
    ...faultsBetweenParts(input),
  ];
  if (!read.success || faults.length > 0) throw new GuideFaultsError(faults);
  defined.add(read.data);
  return read.data;
}
