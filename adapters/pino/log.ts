import pino from 'pino';
import type { Log } from '../../src/application/ports.js';

/** JSON lines on standard error: standard output is for what an operator's script waits for. */
export function pinoLog(level: string): Log {
  return pino({ level, base: { service: 'housing-gateway' } }, pino.destination({ dest: 2, sync: false }));
}
