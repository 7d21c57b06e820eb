/** The interactive repair guide: from a part of the home to a problem with it. Plain data; each landlord has one. */

export interface RepairProblem {
  /** Stable between versions of the guide: front ends keep it, and so does the outbox. */
  readonly id: string;
  readonly title: string;
  readonly advice: string | null;
  /** Never taken online: the answer is whom to phone. */
  readonly emergency: boolean;
  /** The schedule-of-rates code that the legacy system is given. */
  readonly sorCode: string;
  /** The legacy system's priority: I immediate, E emergency, U urgent, N normal, and others that it lists. */
  readonly priority: string;
}

export interface RepairComponent {
  readonly id: string;
  readonly title: string;
  readonly advice: string | null;
  readonly problems: readonly RepairProblem[];
}

export interface RepairElement {
  readonly id: string;
  readonly title: string;
  readonly advice: string | null;
  readonly components: readonly RepairComponent[];
}

export interface RepairCategory {
  readonly id: string;
  readonly title: string;
  readonly advice: string | null;
  readonly elements: readonly RepairElement[];
}

export interface RepairGuide {
  readonly version: string;
  readonly categories: readonly RepairCategory[];
  /** Problems that an older version had, by their old id: what they are called now, so that its answers are still understood. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** A problem and the way that leads to it, such as "Roofs, Chimneys and Drains: Gutters, downpipes and drains: Gutters". */
export interface FoundProblem {
  readonly problem: RepairProblem;
  readonly path: string;
}

/** The problem of that id, under its present or an older name; null where no version had it. */
export function findProblem(guide: RepairGuide, id: string): FoundProblem | null {
  const current = guide.renamed.get(id) ?? id;
  for (const category of guide.categories) {
    for (const element of category.elements) {
      for (const component of element.components) {
        const problem = component.problems.find((candidate) => candidate.id === current);
        if (problem) return { problem, path: [category, element, component].map(({ title }) => title).join(': ') };
      }
    }
  }
  return null;
}
