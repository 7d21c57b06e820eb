/** Staff at work: queries with their own tokens, and the trail that they leave. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { AuditTrailDocument, type AuditTrailQuery } from '../../generated/operations.js';
import { staffToken } from '../../scripts/staff-token.js';
import type { Answer, TestGateway } from './gateway.js';
import { staffNamed } from './staff.js';

export type TrailEntry = NonNullable<AuditTrailQuery['auditTrail']>['nodes'][number];

export interface Desk {
  readonly token: string;
  ask<T, V>(document: TypedDocumentNode<T, V> | string, variables?: V): Promise<Answer<T>>;
  /** @throws where the answer has errors. */
  get<T, V>(document: TypedDocumentNode<T, V> | string, variables?: V): Promise<T>;
}

/** One of the demo's staff, by the beginning of the user name. */
export async function deskOf(gateway: TestGateway, name: 'ruth' | 'gareth'): Promise<Desk> {
  const token = await staffToken(gateway.url, staffNamed(name));
  const ask: Desk['ask'] = (document, variables) => gateway.send(document, variables, token);
  return {
    token, ask,
    async get(document, variables) {
      const { data, errors } = await ask(document, variables);
      if (!data || errors) throw new Error(`the answer has errors: ${JSON.stringify(errors)}`);
      return data;
    },
  };
}

/** What the trail has beyond what it had, the newest first, but for the admin's own looks at it. */
export function trailOf(admin: Desk): { since(work: () => Promise<unknown>): Promise<readonly TrailEntry[]> } {
  const all = async (): Promise<readonly TrailEntry[]> => {
    const found: TrailEntry[] = [];
    for (let after: string | null | undefined = null; ; ) {
      const { auditTrail: page }: AuditTrailQuery = await admin.get(AuditTrailDocument, { first: 100, after });
      found.push(...page?.nodes ?? []);
      if (!page?.pageInfo.hasNextPage) return found.filter(({ subject }) => subject !== 'audit-trail whole');
      after = page.pageInfo.endCursor;
    }
  };
  return {
    async since(work) {
      const before = new Set((await all()).map(({ id }) => id));
      await work();
      return (await all()).filter(({ id }) => !before.has(id));
    },
  };
}
