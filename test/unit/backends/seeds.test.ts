import { describe, expect, it } from 'vitest';
import { talonOne } from '../../../src/backends/talon-one.js';
import { xbox } from '../../../src/backends/xbox.js';
import type { Backend, Fresh } from '../../../src/model/index.js';
import { callWith, service } from './support.js';

// The two documents the project began with, member by member, with values of our own: every one has a home.

async function first(backend: Backend, body: object, now: number) {
  const { fetch } = service(() => body);
  return ((await backend.pull(undefined, callWith({ fetch }, now))) as Fresh).achievements[0];
}

describe('Achievement (JSON) version 2 of Xbox Live', () => {
  it('comes through with every member', async () => {
    const document = {
      id: '12',
      serviceConfigId: 'c0ffee00-0000-0000-0000-000000000001',
      name: 'Lamplighter',
      titleAssociations: [{ name: 'Harbour Lights', id: 4001002003, version: '1.2' }],
      progressState: 'Achieved',
      progression: {
        requirements: [{ id: 'feedbeef-0000-0000-0000-000000000002', current: null, target: '40' }],
        timeUnlocked: '2025-03-09T17:45:12.1234567Z',
      },
      mediaAssets: [{ name: 'Lamp', type: 'Icon', url: 'https://img.example/lamp.png' }],
      platform: 'D',
      isSecret: true,
      description: 'You lit all the lamps.',
      lockedDescription: 'Light all the lamps.',
      productId: 'c0ffee00-0000-0000-0000-000000000003',
      achievementType: 'Challenge',
      participationType: 'Group',
      timeWindow: { startDate: '2025-03-01T00:00:00Z', endDate: '2099-04-01T00:00:00Z' },
      rewards: [
        { name: null, description: null, value: '25', type: 'Gamerscore', valueType: 'Int' },
        { name: 'Lantern', description: 'A lantern for your boat.', value: '1', type: 'InApp', valueType: 'String' },
      ],
      estimatedTime: '02:30:05',
      deeplink: 'bGFtcA==',
      isRevoked: false,
    };
    expect(
      await first(xbox({ src: 'https://game.example/' }), { achievement: document }, Date.UTC(2026, 0, 1)),
    ).toEqual({
      key: 'xbox:c0ffee00-0000-0000-0000-000000000001/12',
      id: '12',
      backend: 'xbox',
      serviceConfigId: 'c0ffee00-0000-0000-0000-000000000001',
      name: 'Lamplighter',
      titles: [{ name: 'Harbour Lights', id: '4001002003', version: '1.2' }],
      state: 'unlocked',
      requirements: [{ id: 'feedbeef-0000-0000-0000-000000000002', target: 40, unit: 'count' }],
      progress: { target: 40, ratio: 1, unit: 'count' },
      unlockedAt: Date.UTC(2025, 2, 9, 17, 45, 12, 123),
      media: { icon: { name: 'Lamp', url: 'https://img.example/lamp.png' } },
      platforms: ['D'],
      secret: true,
      description: 'You lit all the lamps.',
      lockedDescription: 'Light all the lamps.',
      productId: 'c0ffee00-0000-0000-0000-000000000003',
      type: 'challenge',
      participation: 'group',
      window: { startsAt: Date.UTC(2025, 2, 1), endsAt: Date.UTC(2099, 3, 1) },
      rewards: [
        { kind: 'points', value: 25, unit: 'G' },
        { kind: 'item', name: 'Lantern', description: 'A lantern for your boat.', value: '1' },
      ],
      estimatedSeconds: 9005,
      deepLink: 'bGFtcA==',
      revoked: false,
      campaigns: [],
      order: 0,
    });
  });
});

describe('AchievementProgressWithDefinition of Talon.One', () => {
  it('comes through with every member', async () => {
    const document = {
      status: 'inprogress',
      progress: 12.5,
      startDate: '2025-05-01T08:00:00.5Z',
      completionDate: null,
      endDate: '2025-07-01T00:00:00+02:00',
      achievementId: 77,
      name: 'SpringSpender',
      title: 'Spring spender',
      description: 'Spend 50 in spring.',
      campaignId: 9,
      target: 50,
      achievementRecurrencePolicy: 'no_recurrence',
      achievementActivationPolicy: 'fixed_schedule',
      achievementFixedStartDate: '2025-04-01T00:00:00Z',
      achievementEndDate: '2025-08-01T00:00:00Z',
    };
    const body = { achievements: [document] };
    expect(await first(talonOne({ src: 'https://shop.example/' }), body, Date.UTC(2025, 5, 1))).toEqual({
      key: 'talon-one:77',
      id: '77',
      backend: 'talon-one',
      apiName: 'SpringSpender',
      name: 'Spring spender',
      description: 'Spend 50 in spring.',
      state: 'in-progress',
      requirements: [{ id: '0', current: 12.5, target: 50, unit: 'amount' }],
      progress: { current: 12.5, target: 50, ratio: 0.25, unit: 'amount' },
      startedAt: Date.UTC(2025, 4, 1, 8, 0, 0, 500),
      resetsAt: Date.UTC(2025, 5, 30, 22),
      campaigns: ['9'],
      recurrence: 'none',
      activation: 'fixed-schedule',
      window: { startsAt: Date.UTC(2025, 3, 1), endsAt: Date.UTC(2025, 7, 1) },
      secret: false,
      revoked: false,
      rewards: [],
      media: {},
      platforms: [],
      titles: [],
      order: 0,
    });
    const completed = { ...document, status: 'completed', progress: 50, completionDate: '2025-05-20T10:00:00Z' };
    expect(await first(talonOne({ src: 'https://shop.example/' }), [completed], Date.UTC(2025, 5, 1))).toMatchObject({
      state: 'unlocked',
      unlockedAt: Date.UTC(2025, 4, 20, 10),
    });
  });
});
