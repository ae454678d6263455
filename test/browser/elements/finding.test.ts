import { expect } from '@open-wc/testing';
import {
  achievement,
  achievements,
  cardsOf,
  idsOf,
  part,
  parts,
  settled,
  show,
  words,
} from '../../support/elements/fixtures.js';
import '../../../src/index.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';

const LIBRARY = [
  achievement('dawn', { name: 'Élan at Dawn', category: 'Story', state: 'unlocked' }),
  achievement('sea', { name: 'Across the Sea', category: 'Exploration' }),
  achievement('door', { name: 'The Door', category: 'Story', secret: true }),
  achievement('dusk', { name: 'Élan at Dusk', category: 'Story' }),
  achievement('stray', { name: 'A Stray' }),
];

/** Each heading with its totals, and what stands under it. */
const groupsOf = (list: AchievementList) =>
  parts(list, 'group').map((group) => ({
    heading: words(group.querySelector('[role="heading"]')),
    ids: [...group.querySelectorAll('achievement-card')].map((card) => card.achievement?.id),
  }));

describe('searching a list', () => {
  it('finds by the words that are shown, whatever their accents and case', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY, query: 'elan' });
    expect(idsOf(list)).to.deep.equal(['dawn', 'dusk']);
    list.query = 'DUSK élan';
    await settled(list);
    expect(idsOf(list)).to.deep.equal(['dusk']);
    list.query = '';
    await settled(list);
    expect(idsOf(list)).to.have.length(5);
  });

  it('never finds a masked achievement, and finds it once it is revealed', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY });
    const door = cardsOf(list)[2]!;
    list.query = 'door';
    await settled(list);
    expect(idsOf(list)).to.deep.equal([]);
    list.query = '';
    await settled(list);
    cardsOf(list)
      .find((card) => card.achievement === door.achievement)!
      .reveal();
    list.query = 'door';
    await settled(list);
    expect(idsOf(list)).to.deep.equal(['door']);
  });

  it('says that nothing matches, which is not the same as nothing being there', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY, query: 'nowhere' });
    expect(words(part(list, 'empty'))).to.equal('Nothing matches.');
    list.achievements = [];
    await settled(list);
    expect(words(part(list, 'empty'))).to.equal('No achievements yet.');
  });

  it('goes together with a filter, a sort and a limit', async () => {
    const list = await show('achievement-list', {
      achievements: LIBRARY,
      query: 'elan',
      filter: 'locked unlocked',
      sort: '-name',
      limit: 1,
    });
    expect(idsOf(list)).to.deep.equal(['dusk']);
  });

  it('keeps the cards that stay, and writes nothing into what does not', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY });
    const dawn = cardsOf(list)[0];
    list.query = 'elan';
    await settled(list);
    expect(cardsOf(list)[0] === dawn).to.equal(true);
  });
});

describe('grouping a list', () => {
  it('puts headings with totals of their own over the groups, in the order of the list', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY, groupBy: 'category' });
    expect(groupsOf(list)).to.deep.equal([
      { heading: 'Story 1 of 2', ids: ['dawn', 'dusk'] },
      { heading: 'Exploration 0 of 1', ids: ['sea'] },
      // A masked one tells no category.
      { heading: 'Other 0 of 2', ids: ['door', 'stray'] },
    ]);
    expect(parts(list, 'list').map((each) => each.getAttribute('aria-label'))).to.deep.equal([
      'Story',
      'Exploration',
      'Other',
    ]);
  });

  it('says states in words', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY, groupBy: 'state' });
    expect(groupsOf(list).map(({ heading }) => heading)).to.deep.equal(['Unlocked 1 of 1', 'Locked 0 of 4']);
  });

  it('has no heading where nothing is grouped', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY });
    expect(groupsOf(list)).to.deep.equal([{ heading: '', ids: ['dawn', 'sea', 'door', 'dusk', 'stray'] }]);
  });

  it('moves a card with what is open in it when its group changes', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY, groupBy: 'category' });
    const dusk = cardsOf(list).find((card) => card.achievement?.id === 'dusk')!;
    list.achievements = LIBRARY.map((each) => (each.id === 'dusk' ? { ...each, category: 'Exploration' } : each));
    await settled(list);
    expect(groupsOf(list)[1]?.ids).to.deep.equal(['sea', 'dusk']);
    expect(cardsOf(list).includes(dusk)).to.equal(true);
    list.groupBy = 'none';
    await settled(list);
    expect(cardsOf(list).includes(dusk)).to.equal(true);
    expect(cardsOf(list)).to.have.length(5);
  });

  it('reads the attribute, and warns of a word it does not know', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY });
    list.setAttribute('group-by', 'category');
    await settled(list);
    expect(parts(list, 'group')).to.have.length(3);
    const said: unknown[] = [];
    const { warn } = console;
    console.warn = (...words: unknown[]) => said.push(words.join(' '));
    try {
      list.setAttribute('group-by', 'weather');
      await settled(list);
    } finally {
      console.warn = warn;
    }
    expect(said).to.deep.equal(['<achievement-list group-by>: “weather” is not known and was left out.']);
    expect(parts(list, 'group')).to.have.length(1);
  });

  it('shows the first cards at once and all of them in the end, in groups too', async () => {
    const library = achievements(200).map((each, index) => ({ ...each, category: index < 150 ? 'First' : 'Second' }));
    const list = document.createElement('achievement-list');
    Object.assign(list, { achievements: library, groupBy: 'category' });
    document.body.append(list);
    await Promise.resolve();
    expect(cardsOf(list).length).to.be.lessThan(200);
    await list.updateComplete;
    expect(groupsOf(list).map(({ ids }) => ids.length)).to.deep.equal([150, 50]);
    list.remove();
  });
});
