import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { achievementSchema } from '../../../src/backends/json-protocol.js';
import { json } from '../../../src/backends/json.js';
import type { Achievement, Fresh } from '../../../src/model/index.js';
import { NOW, callWith, service } from './support.js';

const src = 'https://game.example/achievements.json';

async function one(raw: object, now = NOW): Promise<Achievement> {
  const { fetch } = service(() => ({ achievements: [{ id: 'a', name: 'A', ...raw }] }));
  const fresh = (await json({ src }).pull(undefined, callWith({ fetch }, now))) as Fresh;
  return fresh.achievements[0]!;
}

describe('the JSON protocol', () => {
  it('needs an id and a name, and nothing else', async () => {
    expect(await one({})).toEqual({
      key: 'json:a',
      id: 'a',
      backend: 'json',
      name: 'A',
      description: '',
      state: 'locked',
      secret: false,
      revoked: false,
      requirements: [],
      rewards: [],
      media: {},
      platforms: [],
      titles: [],
      campaigns: [],
      order: 0,
    });
  });

  it('takes every member of the model', async () => {
    const whole = {
      key: 'xbox:scid/a',
      id: 7,
      name: ' Name ',
      description: 'Done',
      lockedDescription: 'Do it',
      state: 'in-progress',
      secret: true,
      revoked: true,
      requirements: [
        { id: 'r', current: '1', target: 2, unit: 'amount', participation: 'group', operation: 'Sum' },
        { current: 1, target: 1 },
      ],
      startedAt: '2026-01-01T00:00:00Z',
      resetsAt: '2026-12-01T00:00:00.1234567+01:00',
      window: { startsAt: '2026-01-01T00:00:00Z', endsAt: NOW + 5 },
      recurrence: 'on-completion',
      activation: 'fixed_schedule',
      timesEarned: 4,
      rewards: [
        { kind: 'points', value: '10', unit: 'G' },
        { kind: 'item', name: 'Sword', description: 'Sharp', value: 'CODE', image: 'sword.png' },
        { kind: 'badge', value: 2 },
      ],
      media: { icon: { url: '/icon.png', name: 'Icon' }, art: 'https://cdn.example/art.png' },
      rarity: { percent: 3.5, category: 'Rare' },
      type: 'Challenge',
      participation: 'individual',
      platforms: ['PC', null, ''],
      titles: [{ id: 5, name: 'Game', version: 2 }, { name: 'Only a name' }, null, {}],
      campaigns: [1, 'two'],
      apiName: 'api',
      productId: 'p',
      serviceConfigId: 's',
      estimatedSeconds: 60,
      deepLink: 'game://7',
      category: 'Story',
      order: 42,
    };
    expect(await one(whole)).toEqual({
      ...whole,
      id: '7',
      backend: 'json',
      name: 'Name',
      requirements: [
        { id: 'r', current: 1, target: 2, unit: 'amount', participation: 'group', operation: 'sum' },
        { id: '1', current: 1, target: 1, unit: 'count' },
      ],
      progress: { ratio: 0.75, unit: 'count' },
      startedAt: Date.UTC(2026, 0, 1),
      resetsAt: Date.UTC(2026, 10, 30, 23, 0, 0, 123),
      window: { startsAt: Date.UTC(2026, 0, 1), endsAt: NOW + 5 },
      activation: 'fixed-schedule',
      rewards: [
        { kind: 'points', value: 10, unit: 'G' },
        { kind: 'item', name: 'Sword', description: 'Sharp', value: 'CODE', image: 'https://game.example/sword.png' },
        { kind: 'other', value: 2 },
      ],
      media: {
        icon: { url: 'https://game.example/icon.png', name: 'Icon' },
        art: { url: 'https://cdn.example/art.png' },
      },
      type: 'challenge',
      platforms: ['PC'],
      titles: [
        { id: '5', name: 'Game', version: '2' },
        { id: 'Only a name', name: 'Only a name' },
      ],
      campaigns: ['1', 'two'],
    });
  });

  it.each([
    [{}, 'locked'],
    [{ progress: { current: 0, target: 5 } }, 'locked'],
    [{ progress: { current: 1, target: 5 } }, 'in-progress'],
    [{ progress: { current: '5', target: '5' } }, 'unlocked'],
    [{ progress: { current: 9, target: 5 } }, 'unlocked'],
    [{ progress: { current: 0.9999999999999999, target: 1 } }, 'unlocked'],
    [{ progress: { current: 2999.997, target: 3000 } }, 'in-progress'],
    [{ progress: { current: 5, target: 0 } }, 'locked'],
    [{ progress: { ratio: 0.5 } }, 'in-progress'],
    [
      {
        requirements: [
          { current: 1, target: 1 },
          { current: 0, target: 1 },
        ],
      },
      'in-progress',
    ],
    [
      {
        requirements: [
          { current: 1, target: 1 },
          { current: 1, target: 1 },
        ],
      },
      'unlocked',
    ],
    [{ unlockedAt: '2026-01-01T00:00:00Z' }, 'unlocked'],
    [{ unlockedAt: '0001-01-01T00:00:00Z' }, 'locked'],
    [{ unlockedAt: 0 }, 'locked'],
    [{ state: 'locked', unlockedAt: '2026-01-01T00:00:00Z' }, 'locked'],
    [{ state: 'In Progress' }, 'in-progress'],
    [{ state: 'finished' }, 'unknown'],
    [{ state: null }, 'locked'],
    [{ window: { endsAt: '2026-01-01T00:00:00Z' } }, 'expired'],
    [{ window: { startsAt: '2027-01-01T00:00:00Z' } }, 'scheduled'],
  ])('the state of %j is %s', async (raw, state) => {
    expect((await one(raw)).state).toBe(state);
  });

  it.each([
    [
      { current: 3, target: 4 },
      { current: 3, target: 4, ratio: 0.75, unit: 'count' },
    ],
    [
      { current: 3, target: 4, unit: 'percent' },
      { current: 3, target: 4, ratio: 0.75, unit: 'percent' },
    ],
    [
      { current: 1.5, target: 3 },
      { current: 1.5, target: 3, ratio: 0.5, unit: 'amount' },
    ],
    [{ ratio: 0.25 }, { ratio: 0.25, unit: 'percent' }],
    [{ ratio: -7 }, { ratio: 0, unit: 'percent' }],
    [
      { ratio: 7, unit: 'count' },
      { ratio: 1, unit: 'count' },
    ],
    [{ current: 3 }, undefined],
    [{}, undefined],
    [null, undefined],
  ])('progress %j is %j', async (progress, expected) => {
    expect((await one({ progress })).progress).toEqual(expected);
  });

  it('has a full bar once unlocked, also where only a ratio is told', async () => {
    expect((await one({ state: 'unlocked', progress: { ratio: 0.5 } })).progress?.ratio).toBe(1);
  });

  it.each([
    ['icon.png', { icon: { url: 'https://game.example/icon.png' } }],
    [{ url: 'icon.png', name: 'I' }, { icon: { url: 'https://game.example/icon.png', name: 'I' } }],
    ['http://cdn.example/a.png', {}],
    ['javascript:alert(1)', {}],
    ['data:image/svg+xml,<svg onload=alert(1)>', {}],
    ['https://user@cdn.example/a.png', {}],
    [null, {}],
  ])('the short icon %j', async (icon, media) => {
    expect((await one({ icon })).media).toEqual(media);
  });

  it.each([
    [10, [{ kind: 'points', value: 10 }]],
    ['10', [{ kind: 'points', value: 10 }]],
    [0, [{ kind: 'points', value: 0 }]],
    ['many', []],
    [null, []],
  ])('the short points %j', async (points, rewards) => {
    expect((await one({ points })).rewards).toEqual(rewards);
  });

  it.each([
    [{ id: '' }, 'id: expected'],
    [{ id: ' ' }, 'id: expected'],
    [{ id: null }, 'id: expected string or number'],
    [{ id: 'x'.repeat(2049) }, 'id: expected a shorter text'],
    [{ name: ' ' }, 'name: expected'],
    [{ name: null }, 'name: expected string'],
    [{ name: { en: 'A' } }, 'name: expected string'],
  ])('%j is refused with the member and what was expected', async (raw, reason) => {
    const { fetch } = service(() => [
      { id: 'b', name: 'B' },
      { id: 'a', name: 'A', ...raw },
    ]);
    const { problem } = (await json({ src }).pull(undefined, callWith({ fetch }))) as Fresh;
    expect(problem?.skipped?.[0]?.reason).toContain(reason);
  });

  it.each([
    [{ secret: 'perhaps' }, 'secret', 'boolean'],
    [{ requirements: [{ current: [1] }] }, 'requirements.current', 'number'],
    [{ rewards: 'x' }, 'rewards', 'object'],
    [{ media: { icon: { url: 7 } } }, 'media.icon.url', 'string'],
    [{ unlockedAt: 'yesterday' }, 'unlockedAt', 'time'],
    [{ state: 'finished' }, 'state', 'one of its words'],
  ])('%j costs only the member, which is told', async (raw, member, expected) => {
    const { fetch } = service(() => [
      { id: 'b', name: 'B' },
      { id: 'a', name: 'A', ...raw },
    ]);
    const { achievements, problem, validator } = (await json({ src }).pull(undefined, callWith({ fetch }))) as Fresh;
    expect(achievements.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(problem?.omitted).toEqual([{ index: 1, id: 'a', member, expected }]);
    // All of it is there, so that the next time "unchanged" is enough.
    expect(validator).toBeDefined();
  });

  it('cannot pollute prototypes', async () => {
    const { fetch } = service(
      () =>
        '[{"id":"a","name":"A","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"media":{"__proto__":{"icon":"/x"}}}]',
    );
    const fresh = (await json({ src }).pull(undefined, callWith({ fetch }))) as Fresh;
    expect(fresh.achievements[0]).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
    expect(fresh.achievements[0]?.media).toEqual({});
  });

  it('survives members of great depth, known and unknown', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const { fetch } = service(() => `[{"id":1,"name":"A","x":${deep}},{"id":2,"name":"B","rewards":${deep}}]`);
    const fresh = (await json({ src }).pull(undefined, callWith({ fetch }))) as Fresh;
    expect(fresh.achievements.map(({ id }) => id)).toEqual(['1', '2']);
    expect(fresh.problem?.omitted).toHaveLength(1);
    structuredClone(fresh);
  });

  it('has a schema that a JSON Schema can be made of', () => {
    const schema = z.toJSONSchema(achievementSchema, { io: 'input' });
    expect(schema.required).toEqual(['id', 'name']);
    expect(Object.keys(schema.properties ?? {})).toContain('deepLink');
  });
});
