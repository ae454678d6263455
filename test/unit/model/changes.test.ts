import { describe, expect, it } from 'vitest';
import { changesBetween, keepUnchanged } from '../../../src/model/index.js';
import { FULL, achievement } from './support.js';

const half = { current: 1, target: 2, ratio: 0.5, unit: 'count' } as const;
const most = { current: 2, target: 2, ratio: 1, unit: 'count' } as const;

describe('changes', () => {
  it.each([
    ['nothing', {}, {}, 0, 0],
    ['an unlock', {}, { state: 'unlocked' }, 1, 0],
    ['an unlock with progress is one change', { progress: half }, { state: 'unlocked', progress: most }, 1, 0],
    ['an unlock out of expired', { state: 'expired' }, { state: 'unlocked' }, 1, 0],
    ['an unlock that is revoked', {}, { state: 'unlocked', revoked: true }, 0, 0],
    ['progress', {}, { progress: half }, 0, 1],
    ['progress lost', { progress: most }, { progress: half }, 0, 1],
    ['progress no longer told', { progress: half }, {}, 0, 1],
    ['progress after the unlock', { state: 'unlocked', progress: half }, { state: 'unlocked', progress: most }, 0, 0],
    ['an unlock taken back', { state: 'unlocked' }, { state: 'locked' }, 0, 0],
    ['another name', {}, { name: 'Other' }, 0, 0],
  ] as const)('%s', (_name, before, after, unlocked, progressed) => {
    const changes = changesBetween([achievement(before)], [achievement(after)]);
    expect([changes.unlocked.length, changes.progressed.length]).toEqual([unlocked, progressed]);
  });

  it('raise nothing for what is new or gone', () => {
    const unlocked = achievement({ id: '2', state: 'unlocked' });
    expect(changesBetween([], [unlocked])).toEqual({ unlocked: [], progressed: [] });
    expect(changesBetween([unlocked], [])).toEqual({ unlocked: [], progressed: [] });
  });

  it('give what was before', () => {
    const previous = achievement({ progress: half });
    const next = achievement({ progress: most });
    expect(changesBetween([previous], [next]).progressed).toEqual([{ achievement: next, previous }]);
  });
});

describe('keepUnchanged', () => {
  const previous = [achievement({ id: '1' }), structuredClone(FULL), achievement({ id: '3' })].map((one, index) => ({
    ...one,
    key: `${index}`,
  }));

  it('gives the same list where all is the same', () => {
    expect(keepUnchanged(previous, structuredClone(previous))).toBe(previous);
  });

  it('gives the same objects where one changed', () => {
    const next = structuredClone(previous);
    next[0] = { ...next[0]!, name: 'Other' };
    const kept = keepUnchanged(previous, next);
    expect(kept).not.toBe(previous);
    expect(kept[0]).toBe(next[0]);
    expect(kept[1]).toBe(previous[1]);
  });

  it.each([
    ['shorter', (list: typeof previous) => list.slice(1)],
    ['longer', (list: typeof previous) => [...list, achievement({ id: '9' })]],
    ['in another order', (list: typeof previous) => [...list].reverse()],
  ])('gives a new list where it is %s', (_name, change) => {
    const next = change(structuredClone(previous));
    const kept = keepUnchanged(previous, next);
    expect(kept).not.toBe(previous);
    expect(kept).toEqual(next);
    expect(previous).toEqual(expect.arrayContaining([kept[0]]));
  });

  it.each(Object.keys(FULL).filter((member) => member !== 'key') as (keyof typeof FULL)[])(
    'sees a change of %s',
    (member) => {
      const { [member]: _gone, ...without } = structuredClone(FULL);
      expect(keepUnchanged([FULL], [without as typeof FULL])[0]).not.toBe(FULL);
      expect(keepUnchanged([FULL], [{ ...without, [member]: undefined } as unknown as typeof FULL])[0]).not.toBe(FULL);
    },
  );
});
