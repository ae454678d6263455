import { describe, expect, it } from 'vitest';
import { memory } from '../../../src/backends/memory.js';
import type { Fresh } from '../../../src/model/index.js';
import { callWith, frozen, members, problemOf } from './support.js';

describe('memory', () => {
  const achievements = frozen([
    { id: 1, name: 'One', progress: { current: 1, target: 2 }, unlockedAt: null },
    { id: 2, name: 'Two', icon: 'https://cdn.example/2.png' },
  ]);

  it('gives what it was given, checked and translated, and says "unchanged" after that', async () => {
    const backend = memory({ achievements });
    const fresh = (await backend.pull(undefined, callWith())) as Fresh;
    expect(fresh.achievements).toMatchObject([
      { key: 'memory:1', backend: 'memory', state: 'in-progress' },
      { key: 'memory:2', media: { icon: { url: 'https://cdn.example/2.png' } } },
    ]);
    expect(structuredClone(fresh)).toEqual(fresh);
    for (const [path, value] of members(fresh)) expect(value, path).not.toBeUndefined();
    expect(await backend.pull(fresh.validator, callWith())).toBe('unchanged');
    expect(await memory({ achievements }).pull(fresh.validator, callWith())).toBe('unchanged');
  });

  it('takes canonical achievements as they are', async () => {
    const { achievements: canonical } = (await memory({ achievements }).pull(undefined, callWith())) as Fresh;
    const again = (await memory({ achievements: frozen([...canonical]) }).pull(undefined, callWith())) as Fresh;
    expect(again.achievements).toEqual(canonical);
    expect(again.achievements[0]).toBe(canonical[0]);
  });

  it('adds decimals up to what they are: ten times 0.1 is 1, and unlocks', async () => {
    const backend = memory({ achievements: [{ id: 1, name: 'One', progress: { current: 0, target: 1 } }] });
    const states: unknown[] = [];
    for (let time = 0; time < 10; time++) {
      const report = { id: `${time}`, achievement: '1', add: 0.1, at: time };
      const [answer] = await backend.push!([report], callWith());
      states.push(answer?.outcome === 'accepted' && answer.achievement?.state);
    }
    expect(states).toEqual([...Array.from({ length: 9 }, () => 'in-progress'), 'unlocked']);
    const { achievements: after } = (await backend.pull(undefined, callWith())) as Fresh;
    expect(after[0]?.requirements).toMatchObject([{ current: 1, target: 1 }]);
  });

  it('tells who listens that it was set, until they leave', async () => {
    const backend = memory();
    const controller = new AbortController();
    let told = 0;
    backend.listen?.(() => told++, callWith({ signal: controller.signal }));
    backend.set(achievements);
    expect(((await backend.pull(undefined, callWith())) as Fresh).achievements).toHaveLength(2);
    controller.abort();
    backend.set([]);
    expect(told).toBe(1);
    expect(((await backend.pull(undefined, callWith())) as Fresh).achievements).toEqual([]);
  });

  it('keeps the promise about bad items and about the signal', async () => {
    const mixed = [...achievements, { name: 'No id' }] as typeof achievements;
    expect(await memory({ achievements: mixed }).pull(undefined, callWith())).toMatchObject({
      problem: { code: 'bad-shape', skipped: [{ index: 2 }] },
    });
    const bad = [{ name: 'No id' }] as unknown as typeof achievements;
    expect((await problemOf(memory({ achievements: bad }).pull(undefined, callWith()))).code).toBe('bad-shape');
    const signal = AbortSignal.abort('reason');
    await expect(memory().pull(undefined, callWith({ signal }))).rejects.toBe('reason');
  });
});
