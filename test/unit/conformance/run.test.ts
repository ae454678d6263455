import { describe, expect, it } from 'vitest';
import { conformanceCases } from '../../../src/conformance/run.js';
import { runAgainst } from './support.js';

describe('a good service', () => {
  it('passes every case, and has nothing skipped', async () => {
    const { results, counts, clock } = await runAgainst((good) => good);
    expect(results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(counts.passed).toBe(conformanceCases.length);
    expect(clock.waiting).toBe(0);
  });
});
