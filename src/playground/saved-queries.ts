/** The saved queries of the playground: their titles, and examples to edit. Their texts are the documents in schema/graphql/operations. */

export interface SavedQuery {
  /** The operation's name, in a document of schema/graphql/operations. */
  readonly operation: string;
  readonly title: string;
  /** One line about it. */
  readonly about: string;
  /** An example, of the demo's invented people. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** It is for administrators. */
  readonly adminOnly?: true;
  /** It does something, where the others only look. */
  readonly changes?: true;
}

export const savedQueries: readonly SavedQuery[] = [];

/**
 * The example as it stands in the editor, as JSON. Outside the demo a reference or a name would be somebody's: there, what names
 * a person or a tenancy is empty, and waits to be filled in.
 */
export function exampleOf({ variables, changes }: SavedQuery, demo: boolean): string {
  return JSON.stringify(variables, (_name, value: unknown) => (typeof value === 'string' && !demo && !changes ? '' : value), 2);
}
