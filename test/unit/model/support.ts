import type { Achievement } from '../../../src/model/index.js';

/** An achievement with what every one has, and the members given. */
export function achievement(facts: Partial<Achievement> = {}): Achievement {
  const id = facts.id ?? '1';
  return {
    key: `json:${id}`,
    id,
    backend: 'json',
    name: 'Name',
    description: 'Description',
    state: 'locked',
    secret: false,
    revoked: false,
    requirements: [],
    rewards: [],
    media: {},
    platforms: [],
    titles: [],
    campaigns: [],
    ...facts,
  };
}

const CANARY = 'canary';

/**
 * Every member of the model filled in, with a canary in every text that a mask must not let through: all but the key,
 * the id, the backend's name, and what stays by design (the rarity's category and the unit of points). Typed so that a
 * new member of the model has to be added here.
 */
export const FULL: Required<Achievement> = {
  key: 'json:1',
  id: '1',
  backend: 'json',
  name: `${CANARY} name`,
  description: `${CANARY} description`,
  lockedDescription: `${CANARY} locked description`,
  state: 'in-progress',
  secret: true,
  revoked: false,
  requirements: [
    {
      id: `${CANARY} requirement`,
      current: 1,
      target: 2,
      unit: 'count',
      participation: 'group',
      operation: `${CANARY} op`,
    },
  ],
  progress: { current: 1, target: 2, ratio: 0.5, unit: 'count' },
  startedAt: 1,
  unlockedAt: 2,
  resetsAt: 3,
  window: { startsAt: 4, endsAt: 5 },
  recurrence: 'none',
  activation: 'user-action',
  timesEarned: 6,
  rewards: [
    {
      kind: 'points',
      name: `${CANARY} points`,
      description: `${CANARY} of points`,
      value: 10,
      unit: 'G',
      image: `https://${CANARY}.example/points`,
    },
    {
      kind: 'item',
      name: `${CANARY} item`,
      description: `${CANARY} of item`,
      value: `${CANARY} code`,
      unit: `${CANARY} unit`,
      image: `https://${CANARY}.example/item`,
    },
    { kind: 'art', name: `${CANARY} art`, value: `${CANARY} art`, image: `https://${CANARY}.example/reward-art` },
    { kind: 'other', name: `${CANARY} other`, value: `${CANARY} other` },
  ],
  media: {
    icon: { url: `https://${CANARY}.example/icon`, name: `${CANARY} icon` },
    art: { url: `https://${CANARY}.example/art`, name: `${CANARY} art` },
  },
  rarity: { percent: 7, category: 'Rare' },
  type: 'challenge',
  participation: 'individual',
  platforms: [`${CANARY} platform`],
  titles: [{ id: `${CANARY} title id`, name: `${CANARY} title`, version: `${CANARY} version` }],
  campaigns: [`${CANARY} campaign`],
  apiName: `${CANARY} api name`,
  productId: `${CANARY} product`,
  serviceConfigId: `${CANARY} service config`,
  estimatedSeconds: 8,
  deepLink: `${CANARY}://deep`,
  category: `${CANARY} category`,
  order: 9,
  pending: true,
};
