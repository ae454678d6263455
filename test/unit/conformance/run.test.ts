import { describe, expect, it } from 'vitest';
import { conformanceCases } from '../../../src/conformance/run.js';
import { BROKEN, isTold } from './broken.js';
import { runAgainst } from './support.js';

const good = await runAgainst((service) => service);

describe('a good service', () => {
  it('passes every case, and has nothing skipped', () => {
    expect(good.results.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(good.counts).toEqual({ passed: conformanceCases.length, warned: 0, failed: 0, skipped: 0 });
    expect(conformanceCases.length).toBeGreaterThanOrEqual(30);
  });

  it('is left without a timer', () => {
    expect(good.clock.waiting).toBe(0);
  });
});

/** These speak of all answers together, or need many before them. */
const OF_ALL = [
  'late-replay',
  'token-not-echoed',
  'results-each-once',
  'results-well-formed',
  'retry-order',
  'no-server-errors',
];

describe('a broken service', () => {
  it('is known for every case, and for no other', () => {
    expect(Object.keys(BROKEN).sort()).toEqual(conformanceCases.map(({ id }) => id).sort());
  });

  it.each(Object.keys(BROKEN))('fails %s', async (id) => {
    const only = OF_ALL.includes(id) ? {} : { only: [id] };
    const { results, named, clock } = await runAgainst(BROKEN[id]!, only);
    expect(named('failed')).toContain(id);
    expect(results.filter((result) => result.outcome === 'failed' && !isTold(result))).toEqual([]);
    expect(clock.waiting).toBe(0);
  });
});
