import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differenceOf,
  isTellable,
  percentLeft,
  percentOf,
  reaches,
  settled,
  shownLeft,
  shownNumber,
  shownPercent,
  shownRarity,
  sumOf,
  type ShownNumber,
} from '../../../src/model/numbers.js';

/** As a person reads it. */
const read = ({ bound, value }: ShownNumber) => `${bound === 'below' ? '<' : bound === 'above' ? '>' : ''}${value}`;

const MOST = 500;
const RUNS = { numRuns: 5000 };

/** Amounts as services have them: cents of up to ten million. */
const cents = fc.integer({ min: 1, max: 1_000_000_000 });
/** Any target that numbers can tell, and what is below it. */
const amounts = fc
  .tuple(fc.double({ min: 0.01, max: 1e12, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([target, ratio]) => [Math.min(target * ratio, target), target] as const);

describe('a percentage of k in n', () => {
  it('is rounded down, exact where it is whole, and never all or none before it is so, for every k in n', () => {
    for (let n = 1; n <= MOST; n++) {
      for (let k = 0; k <= n; k++) {
        // In whole numbers, where nothing is rounded.
        const whole = (k * 100 - ((k * 100) % n)) / n;
        const [percent, left] = k > 0 && whole === 0 ? ['<1', '>99'] : [String(whole), String(100 - whole)];
        const said = [percentOf(k, n), percentLeft(k, n), percentOf(k / n, 1), percentLeft(k / n, 1)].map(read);
        if (said.join() !== [percent, left, percent, left].join()) throw new Error(`${k} of ${n}: ${said.join()}`);
        if ((percent === '100') !== (k === n) || (left === '0') !== (k === n) || (percent === '0') !== (k === 0)) {
          throw new Error(`${k} of ${n} is told to be ${percent}`);
        }
      }
    }
  });

  it('is so in large numbers too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, ratio) => {
        const k = Math.floor(n * ratio);
        const { bound, value } = percentOf(k, n);
        const exact = Number((BigInt(k) * 100n) / BigInt(n));
        return (
          (bound === 'below' ? 0 : value) === exact && (value === 100) === (k === n) && (value === 0) === (k === 0)
        );
      }),
      RUNS,
    );
  });

  it('is so with decimals: cents of an amount', () => {
    fc.assert(
      fc.property(cents, cents, (left, right) => {
        const [k, n] = [Math.min(left, right), Math.max(left, right)];
        const { bound, value } = percentOf(k / 100, n / 100);
        return (bound === 'below' ? 0 : value) === Number((BigInt(k) * 100n) / BigInt(n));
      }),
      RUNS,
    );
  });

  it.each([
    [29, 50, '58', '42'],
    [0.29, 1, '29', '71'],
    [57, 100, '57', '43'],
    [0.58, 1, '58', '42'],
    [95, 100, '95', '5'],
    [1, 1000, '<1', '>99'],
    [999, 1000, '99', '1'],
    [0.9999999999999999, 1, '99', '1'],
    [Number.MIN_VALUE, 1e300, '<1', '>99'],
    [0, 10, '0', '100'],
    [-5, 10, '0', '100'],
    [12, 10, '100', '0'],
    [0, 0, '0', '100'],
    [NaN, 1, '0', '100'],
    [1, NaN, '0', '100'],
    [Infinity, 10, '100', '0'],
  ])('%d of %d is %s, and %s is left', (part, whole, percent, left) => {
    expect(read(percentOf(part, whole))).toBe(percent);
    expect(read(percentLeft(part, whole))).toBe(left);
  });
});

describe('a number of a target', () => {
  it.each([
    [7, 10, '7', '3'],
    [0, 10, '0', '10'],
    [10, 10, '10', '0'],
    [12, 10, '12', '0'],
    [2999.997, 3000, '2999.99', '<0.01'],
    [9.999999999999998, 10, '9.99', '<0.01'],
    [0.004, 500, '<0.01', '500'],
    [0.1 + 0.2, 0.4, '0.3', '0.1'],
    [112.5, 150, '112.5', '37.5'],
    [33.337, 50, '33.33', '16.67'],
    [1000.1, 1000.2, '1000.1', '0.1'],
    [3.002, 3.004, '2.99', '<0.01'],
    [33.333, 33.333, '33.33', '0'],
    [0.009, 0.01, '<0.01', '<0.01'],
    [12_345_678_901.23, 20_000_000_000, '12345678901.23', '7654321098.77'],
  ])('%d of %d reads as %s, and %s is left', (current, target, shown, left) => {
    expect(read(shownNumber(current, target))).toBe(shown);
    expect(read(shownLeft(Math.max(0, differenceOf(target, current))))).toBe(left);
  });

  it('is itself for every k of n, and so is what is left', () => {
    for (let n = 1; n <= MOST; n++) {
      for (let k = 0; k <= n; k++) {
        if (read(shownNumber(k, n)) !== String(k) || read(shownLeft(differenceOf(n, k))) !== String(n - k)) {
          throw new Error(`${k} of ${n} reads as ${read(shownNumber(k, n))}`);
        }
      }
    }
  });

  it('is exact in cents, and so is what is left', () => {
    fc.assert(
      fc.property(cents, cents, (left, right) => {
        const [k, n] = [Math.min(left, right), Math.max(left, right)];
        expect(shownNumber(k / 100, n / 100)).toEqual({ value: k / 100 });
        expect(shownLeft(differenceOf(n / 100, k / 100))).toEqual({ value: (n - k) / 100 });
      }),
      RUNS,
    );
  });

  it('never reads as the target while it is below, as 0 while it is above, or as 0 left while anything is', () => {
    fc.assert(
      fc.property(amounts, ([current, target]) => {
        const shown = shownNumber(current, target);
        const whole = shownNumber(target, target);
        const left = shownLeft(Math.max(0, differenceOf(target, current)));
        const below = shown.value < whole.value || (shown.value === whole.value && shown.bound === 'below');
        return (
          (current < target ? below : shown.value === whole.value) &&
          (shown.value === 0) === (current === 0) &&
          (left.value === 0) === current >= target
        );
      }),
      RUNS,
    );
  });

  it('is left to a percentage where two decimals cannot tell it', () => {
    expect([0, -1, 0.004, 1e15, 1e300, NaN, Infinity].filter(isTellable)).toEqual([]);
    expect([0.01, 1, 999_999_999_999_999].every(isTellable)).toBe(true);
  });
});

describe('sums', () => {
  it.each([
    [0.1, 10, 1],
    [0.1, 3, 0.3],
    [0.01, 100, 1],
    [0.07, 100, 7],
    [33.33, 3, 99.99],
  ])('%d added %d times is %d', (step, times, whole) => {
    let sum = 0;
    let plain = 0;
    for (let index = 0; index < times; index++) {
      sum = sumOf(sum, step);
      plain += step;
    }
    expect(sum).toBe(whole);
    // Also where somebody else has added it up.
    expect(reaches(plain, whole)).toBe(true);
  });

  it('of cents are cents, whatever is added to what', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 50 }), (steps) => {
        const sum = steps.reduce((total, step) => sumOf(total, step / 100), 0);
        return sum === steps.reduce((total, step) => total + step, 0) / 100;
      }),
      RUNS,
    );
  });

  it('do not lose what is small beside what is large', () => {
    expect(sumOf(1_000_000_000, 0.0001)).toBe(1_000_000_000.0001);
    expect(sumOf(2 ** 53 - 2, 1)).toBe(2 ** 53 - 1);
  });

  it('reach nothing that is really missing', () => {
    expect(reaches(2999.997, 3000)).toBe(false);
    expect(reaches(999_999_999_999, 1_000_000_000_000)).toBe(false);
    expect(reaches(999_999_999_999.99, 1_000_000_000_000)).toBe(false);
    expect(settled(NaN)).toBeNaN();
    expect(reaches(NaN, 1)).toBe(false);
  });
});

describe('how many players have it', () => {
  it.each([
    [0, '0'],
    [0.04, '<0.1'],
    [0.0001, '<0.1'],
    [0.05, '0.1'],
    [0.1, '0.1'],
    [12.4, '12.4'],
    [12.45, '12.5'],
    [50, '50'],
    [99.94, '99.9'],
    [99.96, '99.9'],
    [99.999999, '99.9'],
    [100, '100'],
    [-0, '0'],
  ])('%d reads as %s', (percent, shown) => {
    expect(read(shownPercent(percent))).toBe(shown);
  });

  it.each([
    [0, true, '<0.1'],
    [0, false, '0'],
    [100, true, '100'],
    [100, false, '>99.9'],
    [0.01, true, '<0.1'],
    [99.96, false, '99.9'],
  ])('%d, with it unlocked: %s, reads as %s', (percent, isUnlocked, shown) => {
    expect(read(shownRarity(percent, isUnlocked))).toBe(shown);
  });

  it('reads as all or none only where it is so, for everything between', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.boolean(), (percent, isUnlocked) => {
        const { bound, value } = shownRarity(percent, isUnlocked);
        const isNear = bound !== undefined || Math.abs(value - percent) <= 0.1;
        return (
          isNear &&
          (value !== 0 || (percent === 0 && !isUnlocked)) &&
          (value !== 100 || (percent === 100 && isUnlocked)) &&
          (bound === undefined || value === 0.1 || value === 99.9)
        );
      }),
      RUNS,
    );
  });
});
