// The one place for what numbers read as. A number on a screen is rounded, and what is rounded must not say more than is
// so: never all of it, none of it or none left before that is true.

/**
 * A number as it can be shown. With a bound it is not quite that: `below` reads "<0.1", `above` reads ">99.9". At most
 * two decimals in a number, one in a percentage.
 */
export interface ShownNumber {
  readonly value: number;
  readonly bound?: 'below' | 'above';
}

/** Significant digits that sums and quotients of binary fractions can be trusted to, and those that a number has at all. */
const TRUSTED_DIGITS = 12;
const MOST_DIGITS = 15;
/** So many decimals are kept of what has more digits than can be trusted: it is more than is shown. */
const KEPT_DECIMALS = 3;
/** Two decimals are shown of numbers. */
const STEP = 0.01;
/** From here on numbers are longer than anybody reads, and binary fractions coarser than two decimals. */
const LONGEST = 1e15;

/** How many digits stand before the decimals. */
const wholeDigits = (number: number) => Math.ceil(Math.log10(Math.abs(number) || 1));

/** A number without what binary fractions add to it: 57.99999999999999 is 58. Whole numbers are exact already. */
export function settled(number: number): number {
  if (!Number.isFinite(number) || Number.isInteger(number)) return number;
  const digits = Math.max(TRUSTED_DIGITS, Math.min(MOST_DIGITS, wholeDigits(number) + KEPT_DECIMALS));
  return Number(number.toPrecision(digits));
}

/** A sum of decimals, which stays one however often something is added: ten times 0.1 is 1. */
export function sumOf(left: number, right: number): number {
  const sum = left + right;
  // One sum is off in the last digit at most. With fewer digits, what is small would be lost beside what is large.
  return Number.isInteger(sum) ? sum : Number(sum.toPrecision(MOST_DIGITS));
}

/** What is missing from a part to its whole, as exactly as the whole is; 0 only where nothing is. */
export function differenceOf(whole: number, part: number): number {
  const difference = whole - part;
  const decimals = Math.max(KEPT_DECIMALS, Math.min(100, TRUSTED_DIGITS - wholeDigits(whole)));
  const exact = Number(difference.toFixed(decimals));
  return exact || difference;
}

/** Whether a number is as far as its target: 0.9999999999999999, which is ten times 0.1, is as far as 1. */
export function reaches(current: number, target: number): boolean {
  return settled(current) >= settled(target);
}

/** A part of its whole in percent, 0 to 100 with decimals; 100 only where it is all of it, whatever is rounded away. */
export function exactPercent(part: number, whole: number): number {
  if (part >= whole && whole > 0) return 100;
  const percent = settled((part / whole) * 100);
  if (!(percent > 0)) return part > 0 && whole > 0 ? Number.MIN_VALUE : 0;
  return percent < 100 ? percent : 100 - 1e-9;
}

/** The same as whole percent, rounded down; "<1" where it has only begun. */
export function percentOf(part: number, whole: number): ShownNumber {
  const percent = exactPercent(part, whole);
  return percent > 0 && percent < 1 ? { value: 1, bound: 'below' } : { value: Math.floor(percent) };
}

/** What is left to 100: with what `percentOf` says it makes all of it. */
export function percentLeft(part: number, whole: number): ShownNumber {
  const { value, bound } = percentOf(part, whole);
  return { value: 100 - value, ...(bound ? { bound: 'above' as const } : {}) };
}

/** The nearest number with so many decimals; `Math.floor` or `Math.ceil` for one on its side. */
function rounded(number: number, decimals: number, round = Math.round): number {
  const scale = 10 ** decimals;
  const scaled = number * scale;
  // What is this large has no decimals. Never -0, which reads "-0".
  return Math.abs(scaled) < LONGEST ? round(settled(scaled)) / scale + 0 : number;
}

/** The smallest thing that is told above nothing. */
const atLeast = (value: number): ShownNumber => (value < STEP ? { value: STEP, bound: 'below' } : { value });

/**
 * A number with at most two decimals: "<0.01" above 0, and with a target it reads as that, or as more, only where it is:
 * 2999.997 of 3000 is 2,999.99.
 */
export function shownNumber(current: number, target?: number): ShownNumber {
  const nearest = rounded(current, 2);
  if (!(current > 0)) return { value: nearest };
  if (target === undefined || !(target > 0)) return atLeast(nearest);
  const whole = rounded(target, 2);
  if (current >= target) return atLeast(Math.max(nearest, whole));
  const below = rounded(current, 2, Math.floor);
  return atLeast(below < whole ? below : rounded(whole - STEP, 2));
}

/** How much is left of a target, rounded up to two decimals; "<0.01" where it is less. 0 only where nothing is. */
export function shownLeft(left: number): ShownNumber {
  if (!(left > 0)) return { value: 0 };
  return left < STEP ? { value: STEP, bound: 'below' } : { value: rounded(left, 2, Math.ceil) };
}

/**
 * Whether two decimals can tell how far something of this size is: neither with what is smaller than the last of them, nor
 * with what is longer than anybody reads. A percentage can.
 */
export function isTellable(target: number): boolean {
  return target >= STEP && target < LONGEST;
}

/** A percentage with one decimal: "<0.1" above 0, and 100 only where it is 100. What is no percentage is left as it is. */
export function shownPercent(percent: number): ShownNumber {
  const nearest = rounded(percent, 1);
  if (percent > 0 && nearest < 0.1) return { value: 0.1, bound: 'below' };
  return { value: percent < 100 && nearest >= 100 ? 99.9 : nearest };
}

/**
 * How many percent of players have an achievement, to one of them: where a player has it nobody is told that none has, and
 * where a player has it not, not that all have. Services count now and then, and round.
 */
export function shownRarity(percent: number, isUnlocked: boolean): ShownNumber {
  if (isUnlocked && percent === 0) return { value: 0.1, bound: 'below' };
  return !isUnlocked && percent === 100 ? { value: 99.9, bound: 'above' } : shownPercent(percent);
}
