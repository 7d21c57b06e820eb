/** The saved queries with their texts. */
import { queries } from 'playground:built';
import { exampleOf, savedQueries, type SavedQuery } from '../saved-queries.js';

export const textOf = ({ operation }: SavedQuery): string => queries[operation] ?? '';

/** The example variables of a text that is a saved query's, unchanged; else null. */
export const savedExample = (demo: boolean) => (query: string): string | null => {
  const saved = savedQueries.find((one) => textOf(one) === query);
  return saved === undefined ? null : exampleOf(saved, demo);
};
