import { describe, expect, it } from 'vitest';
import { type Fresh, completenessOf, isPartial } from '../../../src/model/index.js';
import { achievement } from './support.js';

const known = [achievement({ id: 'a' }), achievement({ id: 'b' })];
const incomplete = { code: 'incomplete', message: 'Short.' } as const;

type Case = readonly [name: string, members: Partial<Fresh>, isWhole: boolean, total: number | undefined];

describe('what is known of all there is', () => {
  it.each<Case>([
    ['without a count', {}, true, 2],
    ['with a count that fits', { total: 2 }, true, 2],
    ['with a count that is too small', { total: 1 }, true, 2],
    ['with a count that is larger', { total: 73 }, false, 73],
    ['with a mark', { isPart: true }, false, undefined],
    ['with a mark and a count that tells no more', { isPart: true, total: 2 }, false, undefined],
    ['with a mark and a count', { isPart: true, total: 73 }, false, 73],
  ])('%s', (_name, members, isWhole, total) => {
    const answer: Fresh = { achievements: known, ...members };
    expect(completenessOf(answer)).toEqual({ isWhole, known: 2, ...(total === undefined ? {} : { total }) });
    expect(isPartial(answer)).toBe(!isWhole);
  });

  it('is a part too where only the problem says so, and not where another problem does', () => {
    expect(isPartial({ achievements: known, problem: incomplete })).toBe(true);
    expect(isPartial({ achievements: known, problem: { code: 'offline', message: 'An overrides file.' } })).toBe(false);
  });

  it('of nothing is whole, unless something is missing', () => {
    expect(completenessOf({ achievements: [] })).toEqual({ isWhole: true, known: 0, total: 0 });
    expect(completenessOf({ achievements: [], total: 1 }).isWhole).toBe(false);
  });
});
