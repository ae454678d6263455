import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { AchievementViewEvent } from '../../../src/elements/events.js';
import { createStore } from '../../../src/store/create-store.js';
import type { Store } from '../../../src/store/store.js';
import {
  achievement,
  click,
  eventsAt,
  fakeStore,
  idsOf,
  part,
  parts,
  scripted,
  settled,
  show,
  speakEnglish,
  until,
  words,
  world,
} from '../../support/elements/fixtures.js';

const LIBRARY = [
  achievement('b', { name: 'Badger', category: 'Land', state: 'unlocked' }),
  achievement('w', { name: 'Whale', category: 'Sea' }),
  achievement('a', { name: 'Ant', category: 'Land' }),
];

/** One device; each visit has a store and a list of its own, as after a reload. */
function device() {
  const { environment } = world();
  return {
    environment,
    async visit(
      properties: Partial<AchievementList> = {},
      player = 'ada',
    ): Promise<{ list: AchievementList; store: Store }> {
      const store = createStore({ backend: scripted(LIBRARY), player, environment });
      await store.refresh();
      const list = await show('achievement-list', { store, controls: true, ...properties });
      return { list, store };
    },
  };
}

/** Ends a visit when what was chosen is kept. */
async function leave({ list, store }: { list: AchievementList; store: Store }): Promise<void> {
  list.remove();
  await store.choose('nobody', undefined);
  store.dispose();
}

const toolbarOf = (list: AchievementList) => part(list, 'toolbar')!;

async function press(list: AchievementList, name: string): Promise<void> {
  const buttons = [...toolbarOf(list).querySelectorAll('button')];
  click(buttons.find((button) => (button.getAttribute('aria-label') ?? words(button)).startsWith(name)));
  await settled(list);
}

async function choose(list: AchievementList, label: string, value: string): Promise<void> {
  const labels = [...toolbarOf(list).querySelectorAll('label')];
  const select = labels.find((each) => words(each.querySelector('span')) === label)!.querySelector('select')!;
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settled(list);
}

async function collapse(list: AchievementList, index: number): Promise<void> {
  click(parts(list, 'group')[index]!.querySelector('.fold'));
  await settled(list);
}

const viewOf = ({ sort, filter, groupBy, layout, collapsed }: AchievementList) => ({
  sort,
  filter,
  groupBy,
  layout,
  collapsed,
});
const UNTOUCHED = { sort: '', filter: '', groupBy: 'none', layout: 'list', collapsed: [] };

before(speakEnglish);

describe('what was chosen in a toolbar', () => {
  it('is there at the next visit, and is told once when it comes', async () => {
    const { visit } = device();
    const first = await visit();
    await choose(first.list, 'Sort by', 'name');
    await choose(first.list, 'Group by', 'category');
    await press(first.list, 'Locked');
    await press(first.list, 'Compact');
    await collapse(first.list, 1);
    const chosen = { sort: 'name', filter: 'locked', groupBy: 'category', layout: 'compact', collapsed: ['Sea'] };
    expect(viewOf(first.list)).to.deep.equal(chosen);
    await leave(first);

    const heard = eventsAt(document, ['achievement-view']);
    const second = await visit();
    expect(viewOf(second.list)).to.deep.equal(chosen);
    expect(idsOf(second.list)).to.deep.equal(['a']);
    const { collapsed: _, ...view } = chosen;
    expect(heard.map((event) => (event as AchievementViewEvent).view)).to.deep.equal([{ ...view, query: '' }]);
    second.list.requestUpdate();
    await settled(second.list);
    expect(heard, 'once').to.have.length(1);
  });

  it('is told when it is shown, so that a listener may look at the list and set it', async () => {
    const { visit } = device();
    const first = await visit();
    await choose(first.list, 'Sort by', 'name');
    await leave(first);
    const seen: unknown[] = [];
    const listen = ({ target }: Event) => {
      const list = target as AchievementList;
      seen.push(idsOf(list));
      list.filter = 'locked';
    };
    document.addEventListener('achievement-view', listen);
    const second = await visit();
    document.removeEventListener('achievement-view', listen);
    expect(seen).to.deep.equal([['a', 'b', 'w']]);
    expect(idsOf(second.list)).to.deep.equal(['a', 'w']);
  });

  it('raises nothing where there was nothing to come, or where it is what the host has set', async () => {
    const { visit } = device();
    const heard = eventsAt(document, ['achievement-view']);
    const first = await visit({ groupBy: 'category' });
    expect(heard, 'nothing was chosen').to.deep.equal([]);
    await collapse(first.list, 1);
    await leave(first);
    const second = await visit({ groupBy: 'category' });
    expect(second.list.collapsed).to.deep.equal(['Sea']);
    expect(heard, 'groups are no part of the view').to.deep.equal([]);
    await choose(second.list, 'Sort by', 'name');
    await leave(second);
    heard.length = 0;
    await visit({ groupBy: 'category', sort: 'name' });
    expect(heard, 'it is so already').to.deep.equal([]);
  });

  it('is not there for another player on the same device', async () => {
    const { visit } = device();
    const ada = await visit();
    await choose(ada.list, 'Sort by', 'name');
    await leave(ada);
    expect(viewOf((await visit({}, 'bob')).list)).to.deep.equal(UNTOUCHED);
  });

  it('is taken back in the list itself when another player’s store comes, and is not kept for that one', async () => {
    const { environment, visit } = device();
    const { list, store } = await visit({ layout: 'grid' });
    await choose(list, 'Sort by', 'name');
    await press(list, 'List');
    const bobs = createStore({ backend: scripted(LIBRARY), player: 'bob', environment });
    await bobs.refresh();
    const heard = eventsAt(list, ['achievement-view']) as AchievementViewEvent[];
    list.store = bobs;
    await settled(list);
    expect(viewOf(list)).to.deep.equal({ ...UNTOUCHED, layout: 'grid' });
    expect(heard.map(({ view: { layout, sort } }) => ({ layout, sort }))).to.deep.equal([{ layout: 'grid', sort: '' }]);
    await press(list, 'Unlocked');
    expect(bobs.snapshot.memory?.choices).to.deep.equal({ '': { filter: 'unlocked' } });
    list.store = store;
    await settled(list);
    expect(viewOf(list)).to.deep.equal({ ...UNTOUCHED, sort: 'name' });
  });

  it('is taken back when the attribute names another player', async () => {
    const { environment } = world();
    const list = await show('achievement-list', {
      backend: scripted(LIBRARY),
      player: 'ada',
      environment,
      controls: true,
    });
    await until(() => idsOf(list).length === 3);
    await choose(list, 'Sort by', 'name');
    list.player = 'bob';
    await settled(list);
    await until(() => idsOf(list).length === 3);
    expect(viewOf(list)).to.deep.equal(UNTOUCHED);
    list.player = 'ada';
    await settled(list);
    await until(() => idsOf(list).length === 3);
    expect(viewOf(list)).to.deep.equal({ ...UNTOUCHED, sort: 'name' });
  });

  it('is not applied without the toolbar, in which one could change it', async () => {
    const { visit } = device();
    const first = await visit();
    await choose(first.list, 'Sort by', 'name');
    await leave(first);
    const { list } = await visit({ controls: false, sort: 'points' });
    expect(viewOf(list)).to.deep.equal({ ...UNTOUCHED, sort: 'points' });
    list.controls = true;
    await settled(list);
    expect(list.sort).to.equal('name');
  });

  it('is not remembered without the toolbar', async () => {
    const { visit } = device();
    const first = await visit({ controls: false, groupBy: 'category' });
    await collapse(first.list, 0);
    Object.assign(first.list, { sort: 'name', layout: 'grid' });
    await settled(first.list);
    await leave(first);
    expect(viewOf((await visit()).list)).to.deep.equal(UNTOUCHED);
  });

  it('is forgotten when the player signs out, here and for later visits', async () => {
    const { visit } = device();
    const first = await visit({ sort: 'state' });
    await choose(first.list, 'Sort by', 'name');
    await first.store.signOut();
    await settled(first.list);
    expect(first.list.sort).to.equal('state');
    await first.store.refresh();
    await settled(first.list);
    expect(viewOf(first.list)).to.deep.equal({ ...UNTOUCHED, sort: 'state' });
    await leave(first);
    expect(viewOf((await visit()).list)).to.deep.equal(UNTOUCHED);
  });

  it('goes before the attributes, and only what was chosen does', async () => {
    const { visit } = device();
    const first = await visit({ sort: 'state', layout: 'list' });
    await choose(first.list, 'Sort by', 'name');
    await leave(first);
    // The page was made anew since.
    const second = await visit({ sort: '-points', filter: 'locked', layout: 'grid' });
    expect(viewOf(second.list)).to.deep.equal({ ...UNTOUCHED, sort: 'name', filter: 'locked', layout: 'grid' });
    second.list.reset();
    await settled(second.list);
    expect(second.list.sort, 'a reset returns to the attribute').to.equal('-points');
    await leave(second);
    expect((await visit({ sort: 'ends' })).list.sort, 'and is remembered too').to.equal('ends');
  });

  it('gives way to what the host sets later, and that is not remembered', async () => {
    const { visit } = device();
    const first = await visit();
    await choose(first.list, 'Sort by', 'name');
    first.list.sort = 'points';
    await settled(first.list);
    await press(first.list, 'Unlocked');
    await leave(first);
    const { list } = await visit();
    expect(viewOf(list)).to.deep.equal({ ...UNTOUCHED, filter: 'unlocked' });
  });

  it('that means "none" is remembered against an attribute', async () => {
    const { visit } = device();
    const first = await visit({ filter: 'locked', sort: 'name', groupBy: 'category' });
    await press(first.list, 'All');
    await choose(first.list, 'Sort by', '');
    await choose(first.list, 'Group by', 'none');
    await leave(first);
    const { list } = await visit({ filter: 'locked', sort: 'name', groupBy: 'category' });
    expect(viewOf(list)).to.deep.equal(UNTOUCHED);
  });

  it('is each list’s own, by its id', async () => {
    const { visit } = device();
    const one = await visit({ id: 'one' });
    await choose(one.list, 'Sort by', 'name');
    await leave(one);
    const two = await visit({ id: 'two' });
    expect(two.list.sort).to.equal('');
    await choose(two.list, 'Sort by', 'points');
    await leave(two);
    expect((await visit({ id: 'one' })).list.sort).to.equal('name');
    expect((await visit({ id: 'two' })).list.sort).to.equal('-points');
  });

  it('does not keep what was searched for', async () => {
    const { visit } = device();
    const first = await visit();
    const input = toolbarOf(first.list).querySelector('input')!;
    input.value = 'whale';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await press(first.list, 'Grid');
    expect(JSON.stringify(first.store.snapshot.memory?.choices)).to.equal('{"":{"layout":"grid"}}');
    await leave(first);
    expect((await visit()).list.query).to.equal('');
  });

  it('that a later version kept, or somebody else, does no harm', async () => {
    const choices = { '': { sort: 'weather', filter: 'sunny', groupBy: 'planet', layout: 'sphere' } };
    const { warn } = console;
    console.warn = () => undefined;
    try {
      const list = await show('achievement-list', { store: fakeStore(LIBRARY, { choices }), controls: true });
      expect(idsOf(list)).to.deep.equal(['b', 'w', 'a']);
      expect([list.groupBy, list.layout]).to.deep.equal(['none', 'list']);
      list.reset();
      await settled(list);
      expect(viewOf(list)).to.deep.equal(UNTOUCHED);
    } finally {
      console.warn = warn;
    }
  });
});
