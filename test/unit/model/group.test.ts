import { describe, expect, it } from 'vitest';
import { groupAchievements } from '../../../src/model/group.js';
import { achievement } from './support.js';

const list = [
  achievement({ id: 'a', category: 'Story', state: 'unlocked', rewards: [{ kind: 'points', value: 10 }] }),
  achievement({ id: 'b', category: 'Exploration', state: 'locked' }),
  achievement({ id: 'c', state: 'locked' }),
  achievement({ id: 'd', category: 'Story', state: 'locked', rewards: [{ kind: 'points', value: 5 }] }),
  achievement({ id: 'e', category: 'Story', state: 'locked', secret: true }),
];
const shape = (groups: ReturnType<typeof groupAchievements>) =>
  groups.map(({ name, achievements }) => `${name || '-'}: ${achievements.map(({ id }) => id).join(' ')}`);

describe('grouping', () => {
  it('keeps the order of headings and members, and puts what belongs nowhere last', () => {
    expect(shape(groupAchievements(list, 'category'))).toEqual(['Story: a d', 'Exploration: b', '-: c e']);
  });

  it('does not tell where a masked achievement belongs, until it is revealed', () => {
    const revealed = new Set(list.map(({ key }) => key));
    expect(shape(groupAchievements(list, 'category', revealed))).toEqual(['Story: a d e', 'Exploration: b', '-: c']);
  });

  it.each([
    ['state', ['unlocked: a', 'locked: b c d e']],
    ['type', ['-: a b c d e']],
    ['title', ['-: a b c d e']],
    ['campaign', ['-: a b c d e']],
  ] as const)('by %s', (key, expected) => {
    expect(shape(groupAchievements(list, key))).toEqual(expected);
  });

  it('puts what is revoked under a heading of its own, whatever its state was', () => {
    const some = [list[0]!, achievement({ id: 'x', state: 'unlocked', revoked: true }), list[1]!];
    expect(shape(groupAchievements(some, 'state'))).toEqual(['unlocked: a', 'revoked: x', 'locked: b']);
    expect(shape(groupAchievements(some, 'category'))).toEqual(['Story: a', 'Exploration: b', '-: x']);
  });

  it('gives each group its own totals', () => {
    const [story] = groupAchievements(list, 'category');
    expect(story?.totals).toMatchObject({ unlocked: 1, total: 2, percent: 50, pointsEarned: 10, pointsTotal: 15 });
  });
});
