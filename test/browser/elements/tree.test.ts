import { executeServerCommand } from '@web/test-runner-commands';
import { expect } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import {
  achievement,
  part,
  progress,
  settled,
  show,
  speakEnglish,
  words,
  world,
} from '../../support/elements/fixtures.js';
import { openArranging } from '../../support/elements/whole-list.js';

/** A node of the accessibility tree, as Chromium tells it. */
interface Told {
  readonly role: string;
  readonly name?: string;
  readonly level?: number;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly value?: string | number;
  readonly children?: readonly Told[];
}

/** Everything in the tree, in its order; nothing where the engine has no way to ask for it: only Chromium has one. */
async function told(): Promise<readonly Told[] | undefined> {
  const tree = await executeServerCommand<Told | false, undefined>('accessibility-tree');
  const flat = (node: Told): Told[] => [node, ...(node.children ?? []).flatMap(flat)];
  return tree ? flat(tree) : undefined;
}

const namesOf = (tree: readonly Told[], role: string) =>
  tree.filter((node) => node.role === role).map(({ name = '' }) => name);

const LIBRARY = [
  achievement('a', {
    name: 'Dawn',
    category: 'Story',
    state: 'unlocked',
    rewards: [{ kind: 'points', value: 5, unit: 'G' }],
  }),
  achievement('b', { name: 'Dusk', category: 'Story', ...progress(1, 4) }),
  achievement('c', { name: 'Far', category: 'Roads', rarity: { percent: 4 } }),
];

async function grouped(): Promise<AchievementList> {
  const list = await show('achievement-list', {
    achievements: LIBRARY,
    environment: world().environment,
    controls: true,
    summary: true,
    groupBy: 'category',
  });
  await openArranging(list);
  return list;
}

before(speakEnglish);

describe('what a screen reader is told', () => {
  it('has a heading for each group, and a sentence for each card', async () => {
    const list = await grouped();
    // What every engine reads its tree from.
    const headings = [...list.renderRoot.querySelectorAll('[role="heading"]')];
    expect(headings.map(words)).to.deep.equal(['Story 1 of 2', 'Roads 0 of 1']);
    const tree = await told();
    if (!tree) return;
    const heads = tree.filter(({ role }) => role === 'heading');
    expect(heads.map(({ name, level }) => [name, level])).to.deep.equal([
      ['Story 1 of 2', 3],
      ['Roads 0 of 1', 3],
    ]);
    const cards = ['Dawn, Unlocked, 5 G', 'Dusk, In progress, 1 of 4', 'Far, Locked, 4% of players have it'];
    expect(tree.map(({ name }) => name)).to.include.members(cards);
    const names = tree.map(({ name }) => name ?? '');
    const places = ['Story 1 of 2', ...cards.slice(0, 2), 'Roads 0 of 1', cards[2]!].map((name) => names.indexOf(name));
    expect(places).to.deep.equal([...places].sort((a, b) => a - b));
  });

  it('has a name for everything in the toolbar, and says what is pressed', async () => {
    await grouped();
    const tree = await told();
    if (!tree) return;
    expect(namesOf(tree, 'group')).to.include.members(['Search, filter and sort', 'Filter', 'Layout']);
    expect(namesOf(tree, 'searchbox')).to.deep.equal(['Search achievements']);
    expect(namesOf(tree, 'combobox')).to.deep.equal(['Sort by', 'Group by']);
    const pressed = tree.filter((node) => node.pressed === true).map(({ name }) => name);
    expect(pressed).to.deep.equal(['All 3', 'List']);
    const unnamed = tree.filter(({ role, name }) => /button|link|combobox|searchbox|progressbar/.test(role) && !name);
    expect(unnamed).to.deep.equal([]);
  });

  it('says what the button with the order is about, whatever the order is', async () => {
    const list = await grouped();
    const button = part(list, 'toolbar')!.querySelector('[aria-expanded]')!;
    expect([words(button), button.getAttribute('aria-label')]).to.deep.equal(['Sort by', null]);
    list.sort = '-progress';
    await settled(list);
    expect([words(button), button.getAttribute('aria-label')]).to.deep.equal(['Progress', 'Sort by: Progress']);
  });

  it('has a bar with its words', async () => {
    await grouped();
    const tree = await told();
    if (!tree) return;
    expect(namesOf(tree, 'progressbar')).to.deep.equal(['Progress: Dusk']);
  });

  it('says how many are shown after typing, in a region that was there before', async () => {
    const list = await grouped();
    const region = part(list, 'toolbar')!.querySelector('[role="status"]')!;
    expect(words(region)).to.equal('Achievements shown: 3 of 3');
    const input = part(list, 'toolbar')!.querySelector('input')!;
    input.value = 'du';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await settled(list);
    expect(part(list, 'toolbar')!.querySelector('[role="status"]')).to.equal(region);
    expect(words(region)).to.equal('Achievements shown: 1 of 3');
    const tree = await told();
    if (!tree) return;
    expect(tree.map(({ name }) => name)).to.include('Achievements shown: 1 of 3');
  });
});
