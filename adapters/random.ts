import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../src/application/ports.js';

export const nodeRandom: Random = { token: (bytes) => randomBytes(bytes).toString('base64url'), uuid: () => randomUUID() };
