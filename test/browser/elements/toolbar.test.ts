import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/index.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { AchievementViewEvent } from '../../../src/elements/events.js';
import {
  achievement,
  cardOf,
  cardsOf,
  click,
  consoleOf,
  eventsAt,
  idsOf,
  part,
  parts,
  progress,
  settled,
  show,
  speakEnglish,
  words,
} from '../../support/elements/fixtures.js';

const LIBRARY = [
  achievement('dawn', { name: 'Élan at Dawn', category: 'Story', state: 'unlocked', unlockedAt: 2 }),
  achievement('sea', { name: 'Across the Sea', category: 'Exploration', ...progress(1, 4) }),
  achievement('door', { name: 'The Door', category: 'Story', secret: true }),
  achievement('dusk', { name: 'Élan at Dusk', category: 'Story', ...progress(3, 4) }),
  achievement('stray', { name: 'A Stray' }),
];

const toolbarOf = (list: AchievementList) => part(list, 'toolbar')!;
const inputOf = (list: AchievementList) => toolbarOf(list).querySelector('input')!;
const statusOf = (list: AchievementList) => words(toolbarOf(list).querySelector('[role="status"]'));

function buttonsIn(list: AchievementList, group: string): HTMLButtonElement[] {
  return [...toolbarOf(list).querySelectorAll<HTMLButtonElement>(`[role="group"][aria-label="${group}"] button`)];
}

/** A button by its words or its label. */
function buttonOf(list: AchievementList, name: string): HTMLButtonElement | undefined {
  const buttons = [...toolbarOf(list).querySelectorAll('button')];
  return buttons.find((button) => (button.getAttribute('aria-label') ?? words(button)).startsWith(name));
}

function selectOf(list: AchievementList, label: string): HTMLSelectElement | undefined {
  const labels = [...toolbarOf(list).querySelectorAll('label')];
  return labels.find((each) => words(each.querySelector('span')) === label)?.querySelector('select') ?? undefined;
}

const optionsOf = (select: HTMLSelectElement | undefined) => [...(select?.options ?? [])].map(words);

async function press(list: AchievementList, name: string): Promise<void> {
  click(buttonOf(list, name));
  await settled(list);
}

async function choose(list: AchievementList, label: string, words_: string): Promise<void> {
  const select = selectOf(list, label)!;
  select.selectedIndex = optionsOf(select).indexOf(words_);
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settled(list);
}

async function search(list: AchievementList, query: string): Promise<void> {
  inputOf(list).value = query;
  inputOf(list).dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await settled(list);
}

/** Each filter as "words count", with a star where it is on. */
const filtersOf = (list: AchievementList) =>
  buttonsIn(list, 'Filter').map((button) =>
    button.getAttribute('aria-pressed') === 'true' ? `${words(button)} *` : words(button),
  );

const headingsOf = (list: AchievementList) =>
  parts(list, 'group').map((group) => words(group.querySelector('[role="heading"]')));

const viewsOf = (list: AchievementList) => {
  const events = eventsAt(list, ['achievement-view']) as AchievementViewEvent[];
  return () => events.map(({ view }) => view);
};

const shown = (properties: Partial<AchievementList> = {}) =>
  show('achievement-list', { achievements: LIBRARY, controls: true, ...properties });

before(speakEnglish);

describe('a toolbar', () => {
  it('is there when it is asked for, and only where there is something to find', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY });
    expect(part(list, 'toolbar')).to.equal(null);
    list.setAttribute('controls', '');
    await settled(list);
    expect(toolbarOf(list).getAttribute('role')).to.equal('group');
    expect(toolbarOf(list).getAttribute('aria-label')).to.equal('Search, filter and sort');
    list.achievements = [];
    await settled(list);
    expect(part(list, 'toolbar')).to.equal(null);
  });

  it('stays when nothing matches, so that people find the way back', async () => {
    const list = await shown({ query: 'nowhere' });
    expect(words(part(list, 'empty'))).to.equal('Nothing matches.');
    await search(list, '');
    expect(idsOf(list)).to.have.length(5);
  });

  it('offers only what exists', async () => {
    const list = await shown();
    expect(filtersOf(list)).to.deep.equal(['All 5 *', 'In progress 2', 'Unlocked 1', 'Locked 2']);
    expect(optionsOf(selectOf(list, 'Group by'))).to.deep.equal(['None', 'State', 'Category']);
    list.achievements = [
      achievement('a', { type: 'challenge', campaigns: ['Spring'], titles: [{ id: '1', name: 'Starfall' }] }),
      achievement('b', { state: 'expired', type: 'persistent' }),
    ];
    await settled(list);
    expect(filtersOf(list)).to.deep.equal(['All 2 *', 'Locked 1', 'Expired 1']);
    expect(optionsOf(selectOf(list, 'Group by'))).to.deep.equal(['None', 'State', 'Game', 'Campaigns', 'Kind']);
  });

  it('does not offer to group by what only a masked one has, and offers what the host has chosen', async () => {
    const achievements = [achievement('a'), achievement('s', { secret: true, category: 'Story' })];
    const list = await shown({ achievements });
    expect(optionsOf(selectOf(list, 'Group by'))).to.deep.equal(['None', 'State']);
    cardOf(list, 's').reveal();
    await settled(list);
    expect(optionsOf(selectOf(list, 'Group by'))).to.deep.equal(['None', 'State', 'Category']);
    Object.assign(list, { groupBy: 'campaign', filter: 'expired' });
    await settled(list);
    expect(selectOf(list, 'Group by')!.value).to.equal('campaign');
    expect(filtersOf(list)).to.include('Expired 0 *');
  });

  it('learns at once what a changed achievement adds', async () => {
    const list = await shown({ achievements: [achievement('a'), achievement('b')] });
    list.achievements = [achievement('a', { campaigns: ['Spring'] }), list.achievements![1]!];
    await settled(list);
    expect(optionsOf(selectOf(list, 'Group by'))).to.include('Campaigns');
  });
});

describe('searching in a toolbar', () => {
  it('finds with every letter, whatever the accents and the case', async () => {
    const list = await shown();
    const views = viewsOf(list);
    inputOf(list).focus();
    const found: unknown[] = [];
    for (const letter of 'ELAN d') {
      await sendKeys({ type: letter });
      await settled(list);
      found.push(idsOf(list).length);
    }
    expect(idsOf(list)).to.deep.equal(['dawn', 'dusk']);
    expect(found).to.have.length(6);
    expect(views().map(({ query }) => query)).to.deep.equal(['E', 'EL', 'ELA', 'ELAN', 'ELAN ', 'ELAN d']);
    expect(list.query).to.equal('ELAN d');
  });

  it('keeps the focus and the caret where somebody types in the middle', async () => {
    const list = await shown();
    await search(list, 'eln');
    const input = inputOf(list);
    input.focus();
    input.setSelectionRange(2, 2);
    await sendKeys({ type: 'a' });
    await settled(list);
    expect([input.value, input.selectionStart, input.selectionEnd]).to.deep.equal(['elan', 3, 3]);
    expect(list.shadowRoot?.activeElement).to.equal(input);
    expect(inputOf(list)).to.equal(input);
    await sendKeys({ press: 'Backspace' });
    await settled(list);
    expect([input.value, input.selectionStart]).to.deep.equal(['eln', 2]);
  });

  it('never finds a masked achievement, and finds it once it is revealed', async () => {
    const list = await shown();
    await search(list, 'door');
    expect(idsOf(list)).to.deep.equal([]);
    expect(filtersOf(list)).to.deep.equal(['All 0 *', 'In progress 0', 'Unlocked 0', 'Locked 0']);
    await search(list, '');
    cardOf(list, 'door').reveal();
    await search(list, 'door');
    expect(idsOf(list)).to.deep.equal(['door']);
  });

  it('tells how many are shown, of how many', async () => {
    const list = await shown();
    expect(statusOf(list)).to.equal('Achievements shown: 5 of 5');
    const status = toolbarOf(list).querySelector('[role="status"]');
    await search(list, 'elan');
    expect(statusOf(list)).to.equal('Achievements shown: 2 of 5');
    await press(list, 'Unlocked');
    expect(statusOf(list)).to.equal('Achievements shown: 1 of 5');
    await search(list, 'nowhere');
    expect(statusOf(list)).to.equal('Achievements shown: 0 of 5');
    expect(toolbarOf(list).querySelector('[role="status"]'), 'a new element is not read').to.equal(status);
  });

  it('shows what the host looks for, and raises nothing for it', async () => {
    const list = await shown();
    const views = viewsOf(list);
    list.query = 'sea';
    await settled(list);
    expect(inputOf(list).value).to.equal('sea');
    expect(views()).to.deep.equal([]);
  });
});

describe('filtering in a toolbar', () => {
  it('shows one state, several, and all again', async () => {
    const list = await shown();
    await press(list, 'Unlocked');
    expect(list.filter).to.equal('unlocked');
    expect(idsOf(list)).to.deep.equal(['dawn']);
    expect(filtersOf(list)).to.deep.equal(['All 5', 'In progress 2', 'Unlocked 1 *', 'Locked 2']);
    await press(list, 'In progress');
    expect(idsOf(list)).to.deep.equal(['dawn', 'sea', 'dusk']);
    expect(filtersOf(list)).to.deep.equal(['All 5', 'In progress 2 *', 'Unlocked 1 *', 'Locked 2']);
    await press(list, 'Unlocked');
    expect(idsOf(list)).to.deep.equal(['sea', 'dusk']);
    await press(list, 'All');
    expect(list.filter).to.equal('');
    expect(filtersOf(list)[0]).to.equal('All 5 *');
    expect(idsOf(list)).to.have.length(5);
  });

  it('is "All" once every state is chosen', async () => {
    const list = await shown();
    for (const name of ['Unlocked', 'Locked', 'In progress']) await press(list, name);
    expect(list.filter).to.equal('');
    expect(filtersOf(list)).to.deep.equal(['All 5 *', 'In progress 2', 'Unlocked 1', 'Locked 2']);
  });

  it('counts what was found, whatever the filter', async () => {
    const list = await shown();
    await search(list, 'elan');
    await press(list, 'Locked');
    expect(filtersOf(list)).to.deep.equal(['All 2', 'In progress 1', 'Unlocked 1', 'Locked 0 *']);
  });

  it('counts what was revoked apart, so that the states make what the summary counts', async () => {
    const revoked = [
      achievement('cheat', { name: 'A Cheat', state: 'unlocked', revoked: true }),
      achievement('other', { name: 'Another', revoked: true }),
    ];
    const list = await shown({ achievements: [...LIBRARY, ...revoked], summary: true });
    expect(filtersOf(list)).to.deep.equal(['All 7 *', 'In progress 2', 'Unlocked 1', 'Locked 2', 'Revoked 2']);
    expect(words(part(part(list, 'summary')!, 'totals'))).to.equal('1 of 5 unlocked');
    await press(list, 'Unlocked');
    expect(idsOf(list)).to.deep.equal(['dawn']);
    await press(list, 'Revoked');
    expect(idsOf(list)).to.deep.equal(['dawn', 'cheat', 'other']);
    await press(list, 'Unlocked');
    expect([list.filter, idsOf(list)]).to.deep.equal(['revoked', ['cheat', 'other']]);
    list.filter = '';
    list.groupBy = 'state';
    await settled(list);
    expect(headingsOf(list)).to.deep.equal(['Unlocked 1 of 1', 'In progress 0 of 2', 'Locked 0 of 2', 'Revoked 2']);
  });

  it('shows the filter that the host set', async () => {
    const list = await shown({ filter: 'locked' });
    expect(filtersOf(list)).to.deep.equal(['All 5', 'In progress 2', 'Unlocked 1', 'Locked 2 *']);
  });
});

describe('sorting in a toolbar', () => {
  it('begins with the service’s own order', async () => {
    const list = await shown();
    expect(idsOf(list)).to.deep.equal(['dawn', 'sea', 'door', 'dusk', 'stray']);
    expect(selectOf(list, 'Sort by')!.value).to.equal('');
    expect(optionsOf(selectOf(list, 'Sort by'))).to.deep.equal([
      'Default',
      'State',
      'Progress',
      'Amount left',
      'Date unlocked',
      'Rarity',
      'Points',
      'Name',
      'Time left',
    ]);
    expect(selectOf(list, 'Then by'), 'without a first key').to.equal(undefined);
    expect(buttonOf(list, 'Ascending')).to.equal(undefined);
  });

  it('is folded away until somebody asks for it', async () => {
    const list = await shown();
    const toggle = buttonOf(list, 'Sort by')!;
    const choices = () => toolbarOf(list).querySelector<HTMLElement>(`#${toggle.getAttribute('aria-controls')!}`)!;
    expect([toggle.getAttribute('aria-expanded'), choices().hidden]).to.deep.equal(['false', true]);
    await press(list, 'Sort by');
    expect([toggle.getAttribute('aria-expanded'), choices().hidden]).to.deep.equal(['true', false]);
    expect(getComputedStyle(choices()).display).not.to.equal('none');
    await choose(list, 'Sort by', 'Name');
    expect(words(toggle)).to.equal('Name');
  });

  it('goes by a key in both directions, and back to the service’s own order', async () => {
    const list = await shown();
    await choose(list, 'Sort by', 'Name');
    expect(list.sort).to.equal('name');
    expect(idsOf(list)).to.deep.equal(['stray', 'sea', 'dawn', 'dusk', 'door']);
    await press(list, 'Ascending');
    expect(list.sort).to.equal('-name');
    // A masked name is last both ways.
    expect(idsOf(list)).to.deep.equal(['dusk', 'dawn', 'sea', 'stray', 'door']);
    await press(list, 'Descending');
    expect(list.sort).to.equal('name');
    await choose(list, 'Sort by', 'Default');
    expect(list.sort).to.equal('');
    expect(idsOf(list)).to.deep.equal(['dawn', 'sea', 'door', 'dusk', 'stray']);
  });

  it('begins with the direction that people mean', async () => {
    const list = await shown();
    await choose(list, 'Sort by', 'Progress');
    expect(list.sort).to.equal('-progress');
    expect(idsOf(list).slice(0, 3)).to.deep.equal(['dawn', 'dusk', 'sea']);
    await choose(list, 'Sort by', 'Time left');
    expect(list.sort).to.equal('ends');
  });

  it('breaks ties by a second key with a direction of its own', async () => {
    const list = await shown();
    await choose(list, 'Sort by', 'State');
    expect(idsOf(list)).to.deep.equal(['sea', 'dusk', 'door', 'stray', 'dawn']);
    expect(optionsOf(selectOf(list, 'Then by'))).to.not.include('State');
    await choose(list, 'Then by', 'Name');
    expect(list.sort).to.equal('state name');
    expect(idsOf(list)).to.deep.equal(['sea', 'dusk', 'stray', 'door', 'dawn']);
    const [, second] = toolbarOf(list).querySelectorAll<HTMLElement>('.direction');
    click(second);
    await settled(list);
    expect(list.sort).to.equal('state -name');
    expect(idsOf(list)).to.deep.equal(['dusk', 'sea', 'stray', 'door', 'dawn']);
    await choose(list, 'Sort by', 'Name');
    expect(list.sort, 'a key is there once').to.equal('name');
    expect(selectOf(list, 'Then by')!.value).to.equal('');
  });

  it('shows what is so after somebody chose something and the host something else', async () => {
    const list = await shown();
    // Each was chosen once: menus do not take back by themselves what a person chose in them.
    for (const key of ['Points', 'Default', 'Name']) await choose(list, 'Sort by', key);
    list.sort = '-points state';
    await settled(list);
    expect(selectOf(list, 'Sort by')!.value).to.equal('points');
    expect(selectOf(list, 'Then by')!.value).to.equal('state');
    list.sort = '';
    await settled(list);
    expect(selectOf(list, 'Sort by')!.value).to.equal('');
  });
});

describe('grouping in a toolbar', () => {
  it('puts headings with their totals above the groups', async () => {
    const list = await shown();
    await choose(list, 'Group by', 'Category');
    expect(list.groupBy).to.equal('category');
    expect(headingsOf(list)).to.deep.equal(['Story 1 of 2', 'Exploration 0 of 1', 'Other 0 of 2']);
    await choose(list, 'Group by', 'None');
    expect(headingsOf(list)).to.deep.equal(['']);
  });

  it('gives totals of what is found', async () => {
    const list = await shown({ groupBy: 'category' });
    await search(list, 'dusk');
    expect(headingsOf(list)).to.deep.equal(['Story 0 of 1']);
  });

  const fold = (list: AchievementList, index: number) =>
    parts(list, 'group')[index]!.querySelector<HTMLButtonElement>('.fold')!;

  it('collapses a group by a click and opens it again', async () => {
    const list = await shown({ groupBy: 'category' });
    expect(fold(list, 0).getAttribute('aria-expanded')).to.equal('true');
    click(fold(list, 0));
    await settled(list);
    expect(fold(list, 0).getAttribute('aria-expanded')).to.equal('false');
    expect(list.collapsed).to.deep.equal(['Story']);
    expect(headingsOf(list)[0], 'the totals stay').to.equal('Story 1 of 2');
    expect(idsOf(list)).to.deep.equal(['sea', 'door', 'stray']);
    expect(parts(list, 'list')[0]!.hidden).to.equal(true);
    click(fold(list, 0));
    await settled(list);
    expect(list.collapsed).to.deep.equal([]);
    expect(idsOf(list)).to.have.length(5);
  });

  for (const key of ['Enter', ' ']) {
    it(`collapses a group by the keyboard, which stays on the heading: "${key}"`, async () => {
      const list = await shown({ groupBy: 'category' });
      const button = fold(list, 1);
      button.focus();
      await sendKeys({ press: key });
      await settled(list);
      expect(list.collapsed).to.deep.equal(['Exploration']);
      expect(list.shadowRoot?.activeElement).to.equal(button);
      await sendKeys({ press: key });
      await settled(list);
      expect(list.collapsed).to.deep.equal([]);
    });
  }

  it('collapses groups by the property, which raises nothing', async () => {
    const list = await shown({ groupBy: 'category', collapsed: ['Exploration', 'Nowhere'] });
    const views = viewsOf(list);
    expect(idsOf(list)).to.deep.equal(['dawn', 'dusk', 'door', 'stray']);
    list.collapsed = [];
    await settled(list);
    expect(idsOf(list)).to.have.length(5);
    expect(views()).to.deep.equal([]);
  });
});

describe('the layout in a toolbar', () => {
  it('is one of three', async () => {
    const list = await shown();
    const pressed = () => buttonsIn(list, 'Layout').map((button) => button.getAttribute('aria-pressed'));
    expect(buttonsIn(list, 'Layout').map((button) => button.getAttribute('aria-label'))).to.deep.equal([
      'List',
      'Grid',
      'Compact',
    ]);
    expect(pressed()).to.deep.equal(['true', 'false', 'false']);
    await press(list, 'Grid');
    expect(pressed()).to.deep.equal(['false', 'true', 'false']);
    expect([list.layout, list.getAttribute('layout'), cardsOf(list)[0]!.layout]).to.deep.equal([
      'grid',
      'grid',
      'grid',
    ]);
    list.layout = 'compact';
    await settled(list);
    expect(pressed()).to.deep.equal(['false', 'false', 'true']);
  });
});

describe('resetting a toolbar', () => {
  const host = { sort: '-points', filter: 'locked in-progress', groupBy: 'state', layout: 'grid', query: 'a' } as const;
  const settingsOf = ({ sort, filter, groupBy, layout, query }: AchievementList) => ({
    sort,
    filter,
    groupBy,
    layout,
    query,
  });

  it('is offered once something was chosen, and returns to what the host had set', async () => {
    const list = await shown(host);
    expect(buttonOf(list, 'Reset')).to.equal(undefined);
    await search(list, 'elan');
    await press(list, 'All');
    await choose(list, 'Sort by', 'Name');
    await choose(list, 'Then by', 'State');
    await choose(list, 'Group by', 'Category');
    await press(list, 'List');
    expect(settingsOf(list)).to.deep.equal({
      sort: 'name state',
      filter: '',
      groupBy: 'category',
      layout: 'list',
      query: 'elan',
    });
    await press(list, 'Reset');
    expect(settingsOf(list)).to.deep.equal(host);
    expect(inputOf(list).value).to.equal('a');
    expect(selectOf(list, 'Sort by')!.value).to.equal('points');
    expect(selectOf(list, 'Then by')!.value).to.equal('');
    expect(selectOf(list, 'Group by')!.value).to.equal('state');
    expect(buttonOf(list, 'Reset')).to.equal(undefined);
  });

  for (const key of ['Enter', ' ']) {
    it(`leaves the focus in the toolbar, and says what it did: "${key}"`, async () => {
      const list = await shown();
      await press(list, 'Sort by');
      await choose(list, 'Sort by', 'Name');
      await press(list, 'Compact');
      expect(statusOf(list)).to.equal('Achievements shown: 5 of 5');
      buttonOf(list, 'Reset')!.focus();
      await sendKeys({ press: key });
      await settled(list);
      expect(buttonOf(list, 'Reset')).to.equal(undefined);
      expect(list.shadowRoot!.activeElement).to.equal(selectOf(list, 'Sort by'));
      expect(statusOf(list)).to.equal('Choices reset · Achievements shown: 5 of 5');
      await choose(list, 'Sort by', 'Name');
      expect(statusOf(list)).to.equal('Achievements shown: 5 of 5');
    });
  }

  it('would lose the focus by itself: a button that goes takes it along', async () => {
    const list = await shown();
    await press(list, 'Sort by');
    await choose(list, 'Sort by', 'Name');
    buttonOf(list, 'Reset')!.focus();
    list.reset();
    await settled(list);
    expect(list.shadowRoot!.activeElement).to.equal(null);
  });

  it('does not take the focus from where it is', async () => {
    const list = await shown();
    await press(list, 'Compact');
    inputOf(list).focus();
    await press(list, 'Reset');
    expect(list.shadowRoot!.activeElement).to.equal(inputOf(list));
  });

  it('works as a method, and opens groups that were collapsed', async () => {
    const list = await shown({ groupBy: 'category', collapsed: ['Exploration'] });
    click(parts(list, 'group')[0]!.querySelector('.fold'));
    await settled(list);
    expect(idsOf(list)).to.deep.equal(['door', 'stray']);
    list.reset();
    await settled(list);
    expect(list.collapsed).to.deep.equal(['Exploration']);
  });

  it('leaves alone what nobody chose, and what the host has set since', async () => {
    const list = await shown({ sort: 'state' });
    await choose(list, 'Sort by', 'Name');
    await press(list, 'Unlocked');
    // As a page does that has little room now.
    list.layout = 'compact';
    list.sort = 'points';
    await settled(list);
    list.reset();
    await settled(list);
    expect(settingsOf(list)).to.include({ layout: 'compact', sort: 'points', filter: '' });
    await choose(list, 'Sort by', 'Name');
    await press(list, 'Reset');
    expect(list.sort).to.equal('points');
  });
});

describe('the event achievement-view', () => {
  it('tells with each choice what the list shows, and how', async () => {
    const list = await shown({ sort: 'state' });
    const views = viewsOf(list);
    await search(list, 'elan');
    await press(list, 'Unlocked');
    await choose(list, 'Sort by', 'Name');
    await choose(list, 'Group by', 'Category');
    await press(list, 'Compact');
    await press(list, 'Reset');
    const first = { query: 'elan', sort: 'state', filter: '', groupBy: 'none', layout: 'list' };
    expect(views()).to.deep.equal([
      first,
      { ...first, filter: 'unlocked' },
      { ...first, filter: 'unlocked', sort: 'name' },
      { ...first, filter: 'unlocked', sort: 'name', groupBy: 'category' },
      { ...first, filter: 'unlocked', sort: 'name', groupBy: 'category', layout: 'compact' },
      { ...first, query: '' },
    ]);
  });

  it('reaches the page', async () => {
    const list = await shown();
    let heard: Event | undefined;
    document.body.addEventListener('achievement-view', (event) => (heard = event), { once: true });
    await press(list, 'Grid');
    expect([heard?.bubbles, heard?.composed, heard?.target === list]).to.deep.equal([true, true, true]);
  });

  it('is not raised when a host sets a property', async () => {
    const list = await shown();
    const views = viewsOf(list);
    Object.assign(list, { query: 'a', sort: 'name', filter: 'locked', groupBy: 'state', layout: 'grid', limit: 2 });
    Object.assign(list, { collapsed: ['locked'], sections: 'all', controls: false });
    await settled(list);
    expect(views()).to.deep.equal([]);
  });
});

describe('without a toolbar', () => {
  it('everything works through properties', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY });
    Object.assign(list, { query: 'elan', filter: 'unlocked in-progress', sort: '-name', groupBy: 'state' });
    list.layout = 'compact';
    await settled(list);
    expect(headingsOf(list)).to.deep.equal(['In progress 0 of 1', 'Unlocked 1 of 1']);
    expect(idsOf(list)).to.deep.equal(['dusk', 'dawn']);
    list.collapsed = ['unlocked'];
    await settled(list);
    expect(idsOf(list)).to.deep.equal(['dusk']);
  });

  it('everything works through attributes, and removing them takes it back', async () => {
    const list = await show('achievement-list', { achievements: LIBRARY });
    const attributes = {
      query: 'elan',
      filter: 'unlocked in-progress',
      sort: '-name',
      'group-by': 'state',
      sections: 'nearly-done',
      hide: 'icon',
      layout: 'grid',
      density: 'compact',
    };
    for (const [name, value] of Object.entries(attributes)) list.setAttribute(name, value);
    await settled(list);
    expect(idsOf(list)).to.deep.equal(['dusk', 'dawn']);
    const said = await consoleOf(async () => {
      for (const name of Object.keys(attributes)) {
        list.removeAttribute(name);
        await settled(list);
      }
    });
    expect(said).to.deep.equal([]);
    expect(idsOf(list)).to.deep.equal(['dawn', 'sea', 'door', 'dusk', 'stray']);
    expect(headingsOf(list)).to.deep.equal(['']);
    expect(part(cardOf(list, 'dawn'), 'icon')).not.to.equal(null);
    expect(cardOf(list, 'dawn').getAttribute('layout')).to.equal(null);
    list.controls = true;
    await settled(list);
    expect(buttonsIn(list, 'Layout')[0]!.getAttribute('aria-pressed')).to.equal('true');
  });
});
