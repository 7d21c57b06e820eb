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

export const savedQueries: readonly SavedQuery[] = [
  {
    operation: 'FindTenancy', title: 'Find a tenancy', about: 'By reference, surname, address or postcode.',
    variables: { search: 'Tidcombe', first: 20 },
  },
  {
    operation: 'SeeAccount', title: 'See an account', about: 'Balance and latest transactions, as the tenant sees them.',
    variables: { reference: '000017/01', period: 'THREE_MONTHS', first: 50 },
  },
  {
    operation: 'SeeRepairs', title: 'See repairs', about: 'To the home and to its block, open and completed.',
    variables: { reference: '000017/01', completedOnOrAfter: null, first: 20 },
  },
  {
    operation: 'LockedAccounts', title: 'Locked accounts', about: 'After too many wrong passwords.',
    variables: { search: null, locked: true, first: 20 },
  },
  {
    operation: 'WaitingDeliveries', title: 'Deliveries that need attention', about: 'Requests that the housing system has not taken.',
    variables: { needsAttention: true, first: 20 },
  },
  {
    operation: 'AuditTrail', title: 'Audit trail', about: 'Who looked at what, and who did what.', adminOnly: true,
    variables: { tenancyReference: null, actor: null, first: 50 },
  },
  {
    operation: 'UnlockAccount', title: 'Unlock an account', about: 'Its id stands in Locked accounts.', changes: true,
    variables: { accountId: 'the id of the account', reason: 'why it is unlocked' },
  },
  {
    operation: 'IssueLogin', title: 'Issue a login', about: 'By e-mail, on a written request.', changes: true,
    variables: { input: { personReference: 'the reference of the person', email: 'an address that the housing system holds', reason: 'which request was checked' } },
  },
];

/** Variables that name a person or a tenancy. */
const NAMING = new Set(['search', 'reference', 'tenancyReference']);

/**
 * The example as it stands in the editor, as JSON. Outside the demo a reference or a name would be somebody's: there, what names
 * a person or a tenancy is empty, and waits to be filled in.
 */
export function exampleOf({ variables }: SavedQuery, demo: boolean): string {
  return JSON.stringify(variables, (name, value: unknown) => (typeof value === 'string' && !demo && NAMING.has(name) ? '' : value), 2);
}
