import { describe, expect, it } from 'vitest';
import { type Achievement, descriptionFor, isMasked, mask, visible } from '../../../src/model/index.js';
import { FULL, achievement } from './support.js';

const leaks = (masked: unknown) => JSON.stringify(masked).match(/canary[^"]*/g) ?? [];

describe('a masked achievement', () => {
  it('holds no text and no URL of its own, whichever member it was in', () => {
    expect(leaks(FULL).length).toBeGreaterThan(25);
    expect(leaks(mask(FULL))).toEqual([]);
  });

  it('control: a mask that copies everything but the texts one thinks of is caught', () => {
    const { name: _name, description: _description, lockedDescription: _locked, media: _media, ...rest } = FULL;
    expect(leaks(rest)).not.toEqual([]);
  });

  it.each(Object.keys(FULL) as (keyof Achievement)[])('holds no text put into %s alone', (member) => {
    if (member === 'key' || member === 'id' || member === 'backend') return;
    expect(leaks(mask(achievement({ [member]: FULL[member], secret: true })))).toEqual([]);
  });

  it('keeps its state, numbers, points, rarity and dates', () => {
    expect(mask(FULL)).toEqual({
      masked: true,
      key: 'json:1',
      id: '1',
      backend: 'json',
      state: 'in-progress',
      secret: true,
      revoked: false,
      requirements: [],
      progress: { current: 1, target: 2, ratio: 0.5, unit: 'count' },
      startedAt: 1,
      unlockedAt: 2,
      resetsAt: 3,
      window: { startsAt: 4, endsAt: 5 },
      recurrence: 'none',
      activation: 'user-action',
      timesEarned: 6,
      rewards: [{ kind: 'points', value: 10, unit: 'G' }, { kind: 'item' }, { kind: 'art' }, { kind: 'other' }],
      media: {},
      rarity: { percent: 7, category: 'Rare' },
      type: 'challenge',
      participation: 'individual',
      platforms: [],
      titles: [],
      campaigns: [],
      estimatedSeconds: 8,
      order: 9,
      pending: true,
    });
  });

  it('has no member that says undefined', () => {
    expect(Object.values(mask(achievement({ secret: true })))).not.toContain(undefined);
  });

  it.each([
    [true, 'locked', false, true],
    [true, 'in-progress', false, true],
    [true, 'expired', false, true],
    [true, 'scheduled', false, true],
    [true, 'unknown', false, true],
    [true, 'unlocked', false, false],
    [true, 'locked', true, false],
    [false, 'locked', false, false],
  ] as const)('secret %s, %s, revealed %s: masked %s', (secret, state, revealed, expected) => {
    const one = achievement({ secret, state });
    expect(isMasked(one, revealed)).toBe(expected);
    const seen = visible(one, revealed);
    if (expected) expect(seen.masked).toBe(true);
    else expect(seen).toBe(one);
  });
});

describe('the description', () => {
  it.each([
    ['unlocked', false, 'done', 'do', 'done'],
    ['unlocked', true, 'done', 'do', 'done'],
    ['unlocked', false, '', 'do', 'do'],
    ['locked', false, 'done', 'do', 'do'],
    ['locked', false, 'done', undefined, 'done'],
    ['locked', true, 'done', 'do', 'do'],
    ['locked', true, 'done', undefined, ''],
    ['in-progress', true, 'done', '', ''],
  ] as const)(
    'of a %s one, secret %s, with %j and %j is %j',
    (state, secret, description, lockedDescription, expected) => {
      const one = achievement({
        state,
        secret,
        description,
        ...(lockedDescription === undefined ? {} : { lockedDescription }),
      });
      expect(descriptionFor(one)).toBe(expected);
    },
  );

  it('of a masked one is empty', () => {
    expect(descriptionFor(mask(FULL))).toBe('');
  });
});
