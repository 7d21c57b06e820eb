import { describe, expect, it } from '@jest/globals';
import { defineGuide, GuideFaultsError, isDefinedGuide, type GuideInput, type ProblemInput } from '../../../src/domain/guide-check.js';
import { findProblem } from '../../../src/domain/guide.js';

const leaks: ProblemInput = { id: 'gutter-leaks', title: 'Leaks', sorCode: '60GUTLK1', priority: 'N' };
const falling: ProblemInput = { id: 'gutter-falling', title: 'Hanging', sorCode: '60GUTRNW', priority: 'E', advice: 'Keep clear.' };

function guideOf(problems: readonly ProblemInput[], renamed: readonly (readonly [string, string])[] = []): GuideInput {
  return {
    version: '2',
    renamed: new Map(renamed),
    categories: [{
      id: 'roofs', title: 'Roofs, Chimneys and Drains', advice: 'Look from the ground.',
      elements: [{ id: 'rainwater', title: 'Gutters, downpipes and drains', components: [{ id: 'gutters', title: 'Gutters', problems }] }],
    }],
  };
}

function faultsOf(input: unknown): readonly string[] {
  try {
    defineGuide(input as GuideInput);
  } catch (error) {
    if (error instanceof GuideFaultsError) return error.faults;
    throw error;
  }
  return [];
}

describe('defineGuide', () => {
  it('fills in what was left out: no advice, and an emergency where the priority says so', () => {
    const [category] = defineGuide(guideOf([leaks, falling])).categories;
    expect(category?.elements[0]).toEqual({
      id: 'rainwater', title: 'Gutters, downpipes and drains', advice: null,
      components: [{
        id: 'gutters', title: 'Gutters', advice: null,
        problems: [{ ...leaks, advice: null, emergency: false }, { ...falling, emergency: true }],
      }],
    });
  });

  it('takes its own answer again', () => {
    const guide = defineGuide(guideOf([leaks, falling], [['leaky-gutter', 'gutter-leaks']]));
    expect(defineGuide(guide)).toEqual(guide);
  });

  it('keeps an emergency that the priority alone would not make one', () => {
    const guide = defineGuide(guideOf([{ ...leaks, priority: 'U', emergency: true }]));
    expect(findProblem(guide, 'gutter-leaks')?.problem.emergency).toBe(true);
  });

  it('tells all faults at once, each with its path', () => {
    const written = guideOf([
      { ...leaks, id: 'Gutter Leaks' }, { ...leaks, title: ' ' }, { ...leaks, sorCode: 'gutter', priority: 'low' }, { ...falling, emergency: false },
    ], [['leaky-gutter', 'gutter-gone'], ['gutter-falling', 'gutter-leaks']]);
    const [category] = written.categories;
    const wrong = {
      ...written,
      version: '',
      categories: [
        { ...category, advice: '' },
        { id: 'gutters', title: 'Again', elements: [{ id: 'empty-element', title: 'Empty', components: [] }, { id: 'walls', title: 'Walls', components: [{ id: 'wall', title: 'Wall', problems: [] }] }] },
        { id: 'bare', title: 'Bare', elements: [], colour: 'blue' },
      ],
    };
    const problems = 'categories[0].elements[0].components[0].problems';
    expect([...faultsOf(wrong)].sort()).toEqual([
      'categories[0].advice: must not be empty',
      `${problems}[0].id: must be lower-case words joined by hyphens`,
      `${problems}[1].title: must not be empty`,
      `${problems}[2].id: gutter-leaks stands here a second time`,
      `${problems}[2].priority: must be one capital`,
      `${problems}[2].sorCode: must be seven or eight capitals and digits`,
      `${problems}[3].emergency: must not be false with a priority of I or E`,
      'categories[1].elements[0].components: must hold a component',
      'categories[1].elements[1].components[0].problems: must hold a problem',
      'categories[1].id: gutters stands here a second time',
      'categories[2].elements: must hold an element',
      'categories[2]: Unrecognized key: "colour"',
      'renamed.gutter-falling: is the id of a current problem',
      'renamed.leaky-gutter: there is no problem gutter-gone',
      'version: must not be empty',
    ].sort());
  });

  it('does not let a problem be renamed to a mere part of the guide', () => {
    expect(faultsOf(guideOf([leaks], [['leaky-gutter', 'gutters']]))).toEqual(['renamed.leaky-gutter: there is no problem gutters']);
  });

  it('names every fault in one message', () => {
    expect(() => defineGuide(guideOf([leaks, leaks], [['old', 'gone']]))).toThrow(
      'The repair guide has 2 fault(s):\n  categories[0].elements[0].components[0].problems[1].id: gutter-leaks stands here a second time\n  renamed.old: there is no problem gone',
    );
  });

  it.each([undefined, null, 'guide', [], {}, { categories: [null, { elements: 'none' }], renamed: [] }])('takes no harm from %j', (input) => {
    expect(faultsOf(input).length).toBeGreaterThan(0);
  });

  it('knows the guides that it gave back from others', () => {
    const guide = defineGuide(guideOf([leaks]));
    expect([guide, { ...guide }, guideOf([leaks]), null, 'guide'].map(isDefinedGuide)).toEqual([true, false, false, false, false]);
  });
});

describe('findProblem', () => {
  const guide = defineGuide(guideOf([leaks, falling], [['leaky-gutter', 'gutter-leaks']]));

  it('finds a problem and the way to it', () => {
    expect(findProblem(guide, 'gutter-falling')).toMatchObject({
      problem: { title: 'Hanging', priority: 'E' }, path: 'Roofs, Chimneys and Drains: Gutters, downpipes and drains: Gutters',
    });
  });

  it('understands an answer from an older version', () => {
    expect(findProblem(guide, 'leaky-gutter')).toEqual(findProblem(guide, 'gutter-leaks'));
    expect(findProblem(guide, 'leaky-gutter')?.problem.id).toBe('gutter-leaks');
  });

  it.each(['roofs', 'rainwater', 'gutters', '', 'toString', 'GUTTER-LEAKS'])('finds nothing for %j', (id) => {
    expect(findProblem(guide, id)).toBeNull();
  });
});
