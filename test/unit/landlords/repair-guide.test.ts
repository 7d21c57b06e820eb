import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, parse, specifiedRules, validate } from 'graphql';
import { codes } from '../../../fixtures/rows/codes.js';
import { defineGuide } from '../../../src/domain/guide-check.js';
import { findProblem } from '../../../src/domain/guide.js';
import { limits, MOST_BODY_BYTES, MOST_TOKENS } from '../../../src/graphql/limits.js';
import { buildGatewaySchema } from '../../../src/graphql/schema.js';
import { landlords } from '../../../src/landlords/index.js';
import { repairGuide } from '../../../src/landlords/repair-guide/index.js';

const elements = repairGuide.categories.flatMap((category) => category.elements);
const components = elements.flatMap((element) => element.components);
const problems = components.flatMap((component) => component.problems);
const everything = [...repairGuide.categories, ...elements, ...components, ...problems];
const words = everything.map(({ title, advice }) => `${title}. ${advice ?? ''}`);

/** Every problem id that any version of the guide has had, sorted. Lines are added to it and never taken out. */
const everPublished = readFileSync(join(process.cwd(), 'test/unit/landlords/guide-ids.txt'), 'utf8').trim().split('\n');

const problemOf = (id: string) => findProblem(repairGuide, id)?.problem;

describe('the repair guide', () => {
  it('has the nine categories, in the order in which tenants know them', () => {
    expect(repairGuide.categories.map(({ title }) => title)).toEqual([
      'Plumbing', 'Doors and Windows', 'Kitchens and Sinks', 'Heating and Electrics', 'Garages and External',
      'Roofs, Chimneys and Drains', 'Communal Facilities', 'Walls, Floors and Stairs', 'Dr Damp',
    ]);
  });

  it('is one guide for all landlords', () => {
    expect([...landlords.values()].map((landlord) => landlord.repairGuide)).toEqual([repairGuide, repairGuide]);
  });

  it('is a guide to a whole home', () => {
    expect(problems.length).toBeGreaterThanOrEqual(110);
    for (const { title, elements: own } of repairGuide.categories) {
      const count = own.flatMap((element) => element.components).flatMap((component) => component.problems).length;
      expect([title, count >= 8]).toEqual([title, true]);
    }
  });

  it('has an id for each thing and none twice', () => {
    expect(new Set(everything.map(({ id }) => id)).size).toBe(everything.length);
  });

  it('leads to every problem', () => {
    expect(problems.filter(({ id }) => problemOf(id) === undefined)).toEqual([]);
    expect(findProblem(repairGuide, 'gutter-leaks')?.path).toBe('Roofs, Chimneys and Drains: Gutters, downpipes and drains: Gutters');
  });

  it('does not offer the same choice twice in one list', () => {
    for (const { title, problems: list } of components) {
      expect([title, new Set(list.map((problem) => problem.title)).size]).toEqual([title, list.length]);
    }
  });

  it('gives the housing system only codes and priorities that it knows', () => {
    const { rmsor, rmpriority } = codes();
    const rates = new Set(rmsor.map(({ sor_code }) => sor_code));
    const priorities = new Set(rmpriority.map(({ priority_code }) => priority_code));
    expect(problems.filter(({ sorCode }) => !rates.has(sorCode)).map(({ id }) => id)).toEqual([]);
    expect(problems.filter(({ priority }) => !priorities.has(priority)).map(({ id }) => id)).toEqual([]);
  });

  it('marks what cannot wait', () => {
    const marked = [
      'gas-smell', 'cooker-smells-of-gas', 'electric-sparks', 'exposed-wires', 'pipe-burst', 'front-door-not-secure', 'toilet-blocked-only-one',
      'no-heating-vulnerable', 'carbon-monoxide-alarm-sounds', 'drain-sewage-overflows', 'lift-somebody-stuck',
    ];
    const unmarked = ['gutter-leaks', 'toilet-blocked-other-works', 'no-heating', 'mould-patch', 'window-misted', 'stair-light-out'];
    expect(marked.filter((id) => problemOf(id)?.emergency !== true)).toEqual([]);
    expect(unmarked.filter((id) => problemOf(id)?.emergency !== false)).toEqual([]);
  });

  it('lets most of it be reported online', () => {
    expect(problems.filter(({ priority }) => priority === 'N').length).toBeGreaterThan(problems.length / 2);
  });
});

describe('the advice', () => {
  it('is there in every category, and on gas it is the national emergency number', () => {
    expect(repairGuide.categories.filter(({ advice }) => advice === null)).toEqual([]);
    const gas = problems.filter(({ sorCode }) => sorCode === '40GASLK1' || sorCode === '40GASCO1');
    expect(gas.length).toBeGreaterThanOrEqual(4);
    expect(gas.filter(({ advice }) => !advice?.includes('0800 111 999')).map(({ id }) => id)).toEqual([]);
  });

  it('quotes no number of one landlord\'s, since all share it', () => {
    const numbers = words.flatMap((text) => text.match(/\b0[\d ]{8,}\d/g) ?? []);
    expect([...new Set(numbers)]).toEqual(['0800 111 999']);
    expect(words.filter((text) => /Wiltshire|believe|iHousing/.test(text))).toEqual([]);
  });
});

describe('older versions of the guide', () => {
  it('are still understood: every id that was ever published leads somewhere', () => {
    expect(everPublished.filter((id) => problemOf(id) === undefined)).toEqual([]);
  });

  it('are written down: every present id stands in guide-ids.txt, each line once', () => {
    expect(problems.map(({ id }) => id).filter((id) => !everPublished.includes(id))).toEqual([]);
    expect(everPublished).toEqual([...new Set(everPublished)].sort());
  });

  it('may be renamed: the old id finds the new problem', () => {
    const renamed = new Map([['gutter-drips', 'gutter-leaks']]);
    expect(findProblem(defineGuide({ ...repairGuide, renamed }), 'gutter-drips')?.problem).toEqual(problemOf('gutter-leaks'));
  });
});

describe('the query', () => {
  const schema = buildGatewaySchema();
  const source = readFileSync(join(process.cwd(), 'schema/graphql/operations/repair-guide.graphql'), 'utf8');

  it('passes the limits and gives the whole guide to anybody', async () => {
    const document = parse(source, { maxTokens: MOST_TOKENS });
    expect(Buffer.byteLength(source)).toBeLessThan(MOST_BODY_BYTES);
    expect(validate(schema, document, [...specifiedRules, ...limits])).toEqual([]);
    const contextValue = { app: { landlord: { repairGuide } } };
    const { data, errors } = await execute({ schema, document, contextValue });
    expect(errors).toBeUndefined();
    const shown = JSON.parse(JSON.stringify(data)) as { repairGuide: { categories: unknown[] } };
    const hidden = ['sorCode', 'priority', 'renamed'];
    const expected: unknown = JSON.parse(JSON.stringify(repairGuide, (key, value: unknown) => (hidden.includes(key) ? undefined : value)));
    expect(shown.repairGuide).toEqual(expected);
  });

  it.each(['sorCode', 'priority'])('does not show %s', (field) => {
    const document = parse(`{ repairGuide { categories { elements { components { problems { ${field} } } } } } }`);
    expect(validate(schema, document)).toHaveLength(1);
  });
});
