/** Money is a whole number of pence everywhere; pounds exist only as text for people. */
export interface Money {
  readonly pence: number;
  /** Pounds with two decimals, for machines: `-1234.50`. */
  readonly amount: string;
  /** For people: `-£1,234.50`. */
  readonly display: string;
}

/** @param pence a safe integer; anything else is a fault of the caller. */
export function money(pence: number): Money {
  if (!Number.isSafeInteger(pence)) throw new RangeError('money is a whole number of pence');
  const sign = pence < 0 ? '-' : '';
  const whole = Math.trunc(Math.abs(pence) / 100).toString();
  const rest = (Math.abs(pence) % 100).toString().padStart(2, '0');
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return { pence: pence === 0 ? 0 : pence, amount: `${sign}${whole}.${rest}`, display: `${sign}£${grouped}.${rest}` };
}

/**
 * Pounds as a database driver gives them (a float with up to four decimals) to pence; half a penny rounds away from zero.
 * @throws RangeError when it is not a finite amount that pence can hold.
 */
export function penceFromPounds(pounds: number): number {
  // Four decimals are what the money type holds: taking them first undoes the float's own error (1.005 is 1.00499...).
  const tenThousandths = Math.round(Math.abs(pounds) * 10_000);
  const pence = Math.sign(pounds) * Math.floor((tenThousandths + 50) / 100);
  if (!Number.isSafeInteger(pence)) throw new RangeError('not an amount of money');
  return pence === 0 ? 0 : pence;
}

export type Position = 'ARREARS' | 'CREDIT' | 'CLEAR';

/** What is owed (positive) or held (negative), said without a sign. */
export interface RunningBalance {
  readonly money: Money;
  readonly position: Position;
}

/** @param pence positive is arrears, as the legacy system counts. */
export const runningBalance = (pence: number): RunningBalance => ({
  money: money(Math.abs(pence)),
  position: pence > 0 ? 'ARREARS' : pence < 0 ? 'CREDIT' : 'CLEAR',
});
