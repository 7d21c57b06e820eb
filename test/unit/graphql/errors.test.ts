import { expect, test } from '@jest/globals';
import { GraphQLError, GraphQLSchema } from 'graphql';
import { GatewayError } from '../../../src/domain/errors.js';
import { errorFormatter } from '../../../src/graphql/errors.js';
import type { Log } from '../../../src/application/ports.js';

test.each([[true, []], [false, ['service_unavailable']]])('a part that is away is in the log for somebody to look at, one that is left out (%p) is not', (leftOut, expected) => {
  const events: unknown[] = [];
  const log = { error: ({ event }: { event: string }) => void events.push(event) } as unknown as Log;
  const original = new GatewayError('SERVICE_UNAVAILABLE', 'Not here.', { system: 'payments', leftOut });
  const shown = errorFormatter(log, new GraphQLSchema({}))({ message: '' }, new GraphQLError('Not here.', { originalError: original, path: ['startPayment'] }));
  expect(shown).toEqual({ message: 'Not here.', extensions: { code: 'SERVICE_UNAVAILABLE', system: 'payments' } });
  expect(events).toEqual(expected);
});
