import type { Achievement } from '../../src/model/index.js';

/** An achievement with everything that is required, and what the test is about. */
export function achievement(id: string, members: Partial<Achievement> = {}): Achievement {
  return {
    key: `test:${id}`,
    id,
    backend: 'test',
    name: `Name of ${id}`,
    description: `Description of ${id}`,
    state: 'locked',
    secret: false,
    revoked: false,
    requirements: [],
    rewards: [],
    media: {},
    platforms: [],
    titles: [],
    campaigns: [],
    ...members,
  };
}
