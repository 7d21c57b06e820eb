/** Tests that need a program which a machine may not have. */
import { describe, it } from '@jest/globals';

/** Whether a program is there: true, false, or an error, which counts as false. */
export type Probe = () => boolean;

/**
 * Describes tests that need a program. Where it is missing they are skipped and say which program it is; where CI=true they
 * fail instead, since a suite that skips unnoticed proves nothing.
 */
export function whenAvailable(program: string, probe: Probe, name: string, tests: () => void): void {
  if (isThere(probe)) {
    describe(name, tests);
  } else if (process.env['CI'] === 'true') {
    describe(name, () => {
      it(`needs ${program}`, () => {
        throw new Error(`${program} is not installed, and CI=true allows no test to be skipped for that`);
      });
    });
  } else {
    describe.skip(`${name} (skipped: ${program} is not installed)`, tests);
  }
}

function isThere(probe: Probe): boolean {
  try {
    return probe();
  } catch {
    return false;
  }
}
