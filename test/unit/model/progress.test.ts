import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Requirement,
  aggregateProgress,
  areMet,
  partsMet,
  remainingProgress,
  requirementRatio,
} from '../../../src/model/index.js';
import { achievement } from './support.js';

const part = (current?: number, target?: number, more: Partial<Requirement> = {}): Requirement => ({
  id: 'r',
  unit: 'count',
  ...(current === undefined ? {} : { current }),
  ...(target === undefined ? {} : { target }),
  ...more,
});

describe('one requirement', () => {
  it.each([
    [part(1, 4), 0.25],
    [part(0, 4), 0],
    [part(9, 4), 1],
    [part(-1, 4), 0],
    [part(1.5, 3), 0.5],
    [part(8, 0), undefined],
    [part(8, -1), undefined],
    [part(undefined, 4), undefined],
    [part(1), undefined],
    [part(9, 4, { operation: 'minimum' }), undefined],
    [part(4, 4, { operation: 'minimum' }), 1],
    [part(1, 4, { operation: 'maximum' }), 0.25],
    [part(NaN, 4), undefined],
    [part(4, NaN), undefined],
    [part(9.999999999999998, 10), 0.9999999999999998],
  ])('%j is %j of the way', (requirement, ratio) => {
    expect(requirementRatio(requirement)).toBe(ratio);
  });
});

describe('the whole', () => {
  it.each([
    ['nothing', [], 'locked', undefined],
    ['nothing, unlocked', [], 'unlocked', undefined],
    ['one', [part(7, 10)], 'in-progress', { current: 7, target: 10, ratio: 0.7, unit: 'count' }],
    [
      'one in percent',
      [part(33, 100, { unit: 'percent' })],
      'in-progress',
      { current: 33, target: 100, ratio: 0.33, unit: 'percent' },
    ],
    ['one, over', [part(12, 10)], 'in-progress', { current: 12, target: 10, ratio: 1, unit: 'count' }],
    ['one, unlocked below its target', [part(3, 10)], 'unlocked', { current: 3, target: 10, ratio: 1, unit: 'count' }],
    ['one untold', [part(undefined, 10)], 'locked', undefined],
    ['one untold, unlocked', [part(undefined, 10)], 'unlocked', { target: 10, ratio: 1, unit: 'count' }],
    ['one without target', [part(3)], 'in-progress', undefined],
    ['one without target, unlocked', [part(3)], 'unlocked', undefined],
    ['one to 0, unlocked', [part(3, 0)], 'unlocked', undefined],
    ['several', [part(1, 1), part(1, 2)], 'in-progress', { ratio: 0.75, unit: 'count' }],
    ['several, one untold', [part(1, 1), part(undefined, 2)], 'in-progress', { ratio: 0.5, unit: 'count' }],
    ['several, none told', [part(undefined, 1), part(undefined, 2)], 'locked', undefined],
    ['several, none told, unlocked', [part(undefined, 1), part(undefined, 2)], 'unlocked', { ratio: 1, unit: 'count' }],
    ['several, over', [part(9, 1), part(0, 1)], 'in-progress', { ratio: 0.5, unit: 'count' }],
  ] as const)('%s', (_name, requirements, state, expected) => {
    expect(aggregateProgress(requirements, state)).toEqual(expected);
  });

  it('is between 0 and 1 whatever the numbers are', () => {
    const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined });
    const requirements = fc.array(fc.tuple(number, number, fc.constantFrom('sum', 'minimum', 'maximum')), {
      maxLength: 5,
    });
    const states = fc.constantFrom('locked' as const, 'in-progress' as const, 'unlocked' as const);
    fc.assert(
      fc.property(requirements, states, (numbers, state) => {
        const progress = aggregateProgress(
          numbers.map(([current, target, operation]) => part(current, target, { operation })),
          state,
        );
        return progress === undefined || (progress.ratio >= 0 && progress.ratio <= 1);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts the parts that are met', () => {
    expect(partsMet([part(1, 1), part(9, 2), part(1, 2), part(undefined, 1), part(1, 0)])).toEqual({
      met: 2,
      total: 5,
    });
    expect(partsMet([])).toEqual({ met: 0, total: 0 });
  });

  it('is done where it is as far as its target, but for what binary fractions take away', () => {
    const tenTimes = Array.from({ length: 10 }, () => 0.1).reduce((sum, step) => sum + step, 0);
    expect(tenTimes).toBeLessThan(1);
    expect(areMet([part(tenTimes, 1), part(3, 3)])).toBe(true);
    expect(areMet([part(2999.997, 3000)])).toBe(false);
    expect(areMet([part(1, 1), part(0, 1)])).toBe(false);
    expect(areMet([part(9, 4, { operation: 'minimum' })])).toBe(false);
    expect(areMet([part(undefined, 1)])).toBe(false);
    expect(areMet([])).toBe(false);
  });

  it('is not all of it while a hair of one part is missing and the service says that it is in progress', () => {
    const almost = part(0.9999999999999999, 1);
    expect(aggregateProgress([almost], 'in-progress')?.ratio).toBeLessThan(1);
    // The sum of these is 5.
    expect(
      aggregateProgress([almost, ...Array.from({ length: 4 }, () => part(1, 1))], 'in-progress')?.ratio,
    ).toBeLessThan(1);
  });

  it.each([
    [{ progress: { current: 7, target: 10, ratio: 0.7, unit: 'count' } }, 3],
    [{ progress: { current: 12, target: 10, ratio: 1, unit: 'count' } }, 0],
    [{ progress: { ratio: 0.7, unit: 'count' } }, undefined],
    [{ progress: { current: 0.1, target: 0.3, ratio: 1 / 3, unit: 'amount' } }, 0.2],
    [{ progress: { current: 2999.997, target: 3000, ratio: 0.999999, unit: 'amount' } }, 0.003],
    [{}, undefined],
    [{ state: 'unlocked', progress: { current: 7, target: 10, ratio: 1, unit: 'count' } }, undefined],
  ] as const)('of %j what is left is %j', (facts, left) => {
    expect(remainingProgress(achievement(facts))).toBe(left);
  });
});
