import { expect } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import '../../../src/define/achievement-card.js';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import type { Hideable } from '../../../src/elements/card-words.js';
import type { Achievement } from '../../../src/model/index.js';
import { requestsTo } from '../../support/elements/requests.js';
import {
  DAY,
  NOW,
  achievement,
  cardsOf,
  factsOf,
  openDetails,
  part,
  parts,
  partWords,
  progress,
  rowsOf,
  settled,
  show,
  speakEnglish,
  words,
  world,
} from '../../support/elements/fixtures.js';

/** Something for every field. */
const FULL = achievement('full', {
  ...progress(3, 4),
  name: 'Full',
  description: 'Did it.',
  lockedDescription: 'Do it.',
  type: 'challenge',
  media: { icon: { url: '/pictures/sun.svg' } },
  rewards: [
    { kind: 'points', value: 25, unit: 'G' },
    { kind: 'item', name: 'Lamp' },
  ],
  rarity: { percent: 2.5, category: 'Rare' },
  window: { startsAt: NOW - DAY, endsAt: NOW + 9 * DAY },
  estimatedSeconds: 3600,
  deepLink: 'https://game.example/full',
});

/** Everything that a card shows, by what it is called here. */
function shown(card: AchievementCard): Record<string, unknown> {
  return {
    name: words(part(card, 'name')),
    icon: part(card, 'icon') !== null,
    badge: part(card, 'state')?.hidden === false,
    description: words(part(card, 'description')),
    progress: partWords(card, 'progress-label'),
    rewards: partWords(card, 'reward'),
    facts: factsOf(card),
    details: part(card, 'details-toggle') !== null,
    action: part(card, 'action') !== null,
    sentence: part(card, 'card')?.getAttribute('aria-label'),
  };
}

async function cardOfFull(hide: string, members: Partial<Achievement> = {}): Promise<AchievementCard> {
  return show('achievement-card', { achievement: { ...FULL, ...members }, clock: world().clock, hide });
}

const EVERYTHING = {
  name: 'Full',
  icon: true,
  badge: false,
  description: 'Do it.',
  progress: ['3 of 4'],
  rewards: ['25 G', 'Lamp'],
  facts: ['Challenge', '1 left', 'About 1 hr', 'Ends in 9 days', '2.5% · Rare'],
  details: true,
  action: true,
  sentence:
    'Full, In progress, 3 of 4, Challenge, 1 left, About 1 hr, Ends in 9 days, 25 G, Lamp, 2.5% of players have it, Rare',
};

const without = (facts: readonly string[], sentence: readonly string[]) => ({
  facts: EVERYTHING.facts.filter((fact) => !facts.includes(fact)),
  sentence: EVERYTHING.sentence
    .split(', ')
    .filter((each) => !sentence.includes(each))
    .join(', '),
});

/** What is different where one field is hidden: for the eye, and in the sentence of a screen reader. */
const HIDDEN: Readonly<Record<Hideable, Partial<typeof EVERYTHING>>> = {
  icon: { icon: false },
  state: without([], ['In progress']),
  description: { description: '' },
  progress: { progress: [], ...without(['1 left'], ['3 of 4', '1 left']) },
  points: { rewards: ['Lamp'], ...without([], ['25 G']) },
  rewards: { rewards: ['25 G'], ...without([], ['Lamp']) },
  rarity: without(['2.5% · Rare'], ['2.5% of players have it', 'Rare']),
  time: without(['Ends in 9 days'], ['Ends in 9 days']),
  marks: without(['Challenge'], ['Challenge']),
  estimate: without(['About 1 hr'], ['About 1 hr']),
  details: { details: false },
  action: { action: false },
};

before(speakEnglish);

describe('a card without a field', () => {
  it('shows everything where nothing is hidden', async () => {
    expect(shown(await cardOfFull(''))).to.deep.equal(EVERYTHING);
  });

  for (const [field, different] of Object.entries(HIDDEN)) {
    it(`hides it from the eye and from the sentence, and nothing else: ${field}`, async () => {
      expect(shown(await cardOfFull(field))).to.deep.equal({ ...EVERYTHING, ...different });
    });
  }

  it('keeps its name where every field is hidden, and says nothing else', async () => {
    const card = await cardOfFull(Object.keys(HIDDEN).join('  '));
    expect(shown(card)).to.deep.equal({
      name: 'Full',
      icon: false,
      badge: false,
      description: '',
      progress: [],
      rewards: [],
      facts: [],
      details: false,
      action: false,
      sentence: 'Full',
    });
  });

  it('hides a state’s badge and its words', async () => {
    const locked = { state: 'locked', requirements: [], window: undefined } as unknown as Partial<Achievement>;
    const plain = await cardOfFull('', locked);
    expect([part(plain, 'state')!.hidden, factsOf(plain)[0]]).to.deep.equal([false, 'Locked']);
    const bare = await cardOfFull('state', locked);
    expect([part(bare, 'state')!.hidden, factsOf(bare)[0]]).to.deep.equal([true, 'Challenge']);
    expect(part(bare, 'card')!.getAttribute('aria-label')).to.not.include('Locked');
  });

  it('begins at its edge where it has no picture, and ends where its last text does', async () => {
    for (const layout of ['list', 'grid', 'compact'] as const) {
      const card = await show('achievement-card', {
        achievement: FULL,
        layout,
        hide: 'icon rewards points details action',
      });
      const box = part(card, 'card')!;
      const { paddingInlineStart, paddingBlockEnd } = getComputedStyle(box);
      const [outer, body] = [box, box.querySelector('.body')!].map((each) => each.getBoundingClientRect());
      expect(body!.left - outer!.left - 1, layout).to.be.closeTo(parseFloat(paddingInlineStart), 1);
      if (layout === 'list') expect(outer!.bottom - body!.bottom - 1).to.be.closeTo(parseFloat(paddingBlockEnd), 1);
    }
  });

  it('leaves words alone that are no fields', async () => {
    expect(shown(await cardOfFull('name everything'))).to.deep.equal(EVERYTHING);
  });

  it('is told so by its list, at once and later', async () => {
    const list = await show('achievement-list', { achievements: [FULL], hide: 'progress description' });
    const [card] = cardsOf(list);
    expect([part(card!, 'progress'), part(card!, 'description')]).to.deep.equal([null, null]);
    list.hide = '';
    await settled(list);
    expect(words(part(card!, 'description'))).to.equal('Do it.');
  });
});

/** Something for every row of the details that a field decides on. */
const TOLD = achievement('told', {
  ...FULL,
  requirements: [
    { id: 'Moons', current: 3, target: 4, unit: 'count' },
    { id: 'Suns', current: 1, target: 2, unit: 'count' },
  ],
  startedAt: NOW - DAY,
  resetsAt: NOW + 5 * DAY,
  timesEarned: 2,
  recurrence: 'on-completion',
  activation: 'user-action',
  participation: 'group',
  category: 'Sky',
});
const DONE = { ...TOLD, state: 'unlocked', unlockedAt: NOW - 1 } as const;

/** The rows of the details by their field. */
const ROWS: Readonly<Partial<Record<Hideable, readonly string[]>>> = {
  description: ['Description', 'How to get it'],
  time: ['Unlocked', 'Started', 'Starts', 'Ends', 'Resets', 'Times completed'],
  marks: ['Repeats', 'Kind', 'For'],
  estimate: ['Estimated time'],
  rarity: ['Rarity'],
};

describe('the details of a card without a field', () => {
  const detailsOf = async (hide: string) => {
    const clock = world().clock;
    const card = await show('achievement-card', { achievement: DONE, clock, hide, open: true });
    const details = part(card, 'details')!;
    return { rows: rowsOf(details), parts: [...details.querySelectorAll('.requirement-name')].map(words) };
  };

  it('tell everything where nothing is hidden', async () => {
    const { rows, parts: requirements } = await detailsOf('');
    expect(Object.keys(rows)).to.include.members(Object.values(ROWS).flat());
    expect(rows).to.include({ Rewards: '25 GLamp', Category: 'Sky' });
    expect(requirements).to.deep.equal(['Moons', 'Suns']);
  });

  for (const [field, hidden] of Object.entries(ROWS)) {
    it(`do not tell it either, and nothing else is missing: ${field}`, async () => {
      const everything = await detailsOf('');
      const others = Object.entries(everything.rows).filter(([label]) => !hidden.includes(label));
      expect(await detailsOf(field)).to.deep.equal({ ...everything, rows: Object.fromEntries(others) });
    });
  }

  it('do not tell the progress of its parts', async () => {
    const everything = await detailsOf('');
    expect(await detailsOf('progress')).to.deep.equal({ ...everything, parts: [] });
  });

  it('tell the rewards that are left', async () => {
    expect((await detailsOf('points')).rows['Rewards']).to.equal('Lamp');
    expect((await detailsOf('rewards')).rows['Rewards']).to.equal('25 G');
    expect((await detailsOf('points rewards')).rows).to.not.have.property('Rewards');
  });

  it('follow when something is hidden while they are open', async () => {
    const list = await show('achievement-list', { achievements: [DONE] });
    const [card] = cardsOf(list);
    const details = await openDetails(card!);
    expect(rowsOf(details)).to.have.property('Rarity');
    list.hide = 'rarity';
    await settled(list);
    expect(rowsOf(details)).to.not.have.property('Rarity');
  });
});

describe('a list’s density', () => {
  it('gives cards less room or more, and the text stays', async () => {
    const heights = new Map<string, number>();
    for (const density of ['compact', 'comfortable', 'spacious'] as const) {
      for (const layout of ['list', 'grid', 'compact'] as const) {
        const { environment } = world();
        const list = await show('achievement-list', { achievements: [FULL], density, layout, environment });
        const [card] = cardsOf(list);
        expect(card!.getAttribute('density')).to.equal(density);
        expect(words(part(card!, 'name'))).to.equal('Full');
        heights.set(`${layout} ${density}`, part(card!, 'card')!.getBoundingClientRect().height);
      }
    }
    for (const layout of ['list', 'grid', 'compact']) {
      const [small, usual, large] = ['compact', 'comfortable', 'spacious'].map((each) =>
        heights.get(`${layout} ${each}`),
      );
      expect(small, layout).to.be.lessThan(usual!);
      expect(usual, layout).to.be.lessThan(large!);
    }
  });
});

describe('the picture of what is locked', () => {
  const LOCKED = achievement('locked', { media: { icon: { url: '/pictures/moon.svg?locked' } } });
  const filterOf = (card: AchievementCard) => getComputedStyle(part(card, 'icon')!.firstElementChild!).filter;

  it('is grey, in its own colours, or a letter', async () => {
    const list = await show('achievement-list', { achievements: [LOCKED] });
    const [card] = cardsOf(list);
    expect(filterOf(card!)).to.equal('grayscale(1)');
    list.lockedPicture = 'own';
    await settled(list);
    expect([part(card!, 'icon')!.querySelector('img') !== null, filterOf(card!)]).to.deep.equal([true, 'none']);
    list.lockedPicture = 'hidden';
    await settled(list);
    expect(part(card!, 'icon')!.querySelector('img')).to.equal(null);
    expect(words(part(card!, 'icon')!.querySelector('.placeholder'))).to.equal('N');
  });

  it('is not asked for while it is hidden, and is shown with the unlock', async () => {
    const url = `/pictures/sun.svg?${crypto.randomUUID()}`;
    const own = { media: { icon: { url } } };
    const hidden = achievement('hidden', own);
    const list = await show('achievement-list', { achievements: [hidden], lockedPicture: 'hidden' });
    // Whatever is asked for after it was, it would have been asked for before.
    const later = `/pictures/sun.svg?${crypto.randomUUID()}`;
    const control = await show('achievement-list', {
      achievements: [achievement('control', { media: { icon: { url: later } } })],
    });
    await requestsTo(later);
    expect(performance.getEntriesByType('resource').some(({ name }) => name.endsWith(url))).to.equal(false);
    expect(cardsOf(list)[0]!.shadowRoot!.innerHTML).to.not.include(url);
    list.achievements = [achievement('hidden', { ...own, state: 'unlocked' })];
    await settled(list);
    await requestsTo(url);
    expect(parts(cardsOf(control)[0]!, 'icon')).to.have.length(1);
  });

  it('of what is in progress is always its own', async () => {
    const list = await show('achievement-list', {
      achievements: [{ ...FULL, id: 'going' }],
      lockedPicture: 'hidden',
      environment: world().environment,
    });
    expect(part(cardsOf(list)[0]!, 'icon')!.querySelector('img')).to.not.equal(null);
  });
});

describe('a list that is told its pins before it is shown', () => {
  it('shows them', async () => {
    const list = await show('achievement-list', {
      achievements: [FULL, achievement('other')],
      pinned: ['other'],
      sections: 'pinned',
    });
    expect(list.pinned).to.deep.equal(['other']);
    expect(cardsOf(list).map(({ pinned }) => pinned)).to.deep.equal([true, false]);
  });
});

describe('a card of one line', () => {
  it('leaves out what one line has no room for, and has it in the details', async () => {
    const list = await show('achievement-list', {
      achievements: [FULL],
      layout: 'compact',
      environment: world().environment,
    });
    const [card] = cardsOf(list);
    const isSeen = (element: Element | null) => element?.checkVisibility() === true;
    expect(isSeen(part(card!, 'description'))).to.equal(false);
    expect(parts(card!, 'reward').map(isSeen)).to.deep.equal([true, false]);
    expect(isSeen(part(card!, 'progress'))).to.equal(true);
    expect(part(card!, 'action')).to.equal(null);
    expect(part(card!, 'card')!.getAttribute('aria-label')).to.equal(EVERYTHING.sentence);
    part(card!, 'details-toggle')!.click();
    await settled(list);
    expect(words(part(card!, 'details'))).to.include('Lamp');
    expect(words(part(card!, 'action'))).to.equal('Open in game');
  });

  it('stands on one line with every button it can have', async () => {
    const secret = achievement('secret', { secret: true, rewards: FULL.rewards });
    const list = await show('achievement-list', { achievements: [secret, FULL], layout: 'compact', controls: true });
    for (const card of cardsOf(list)) {
      const box = part(card, 'card')!.getBoundingClientRect();
      for (const control of card.controls) {
        const { top, height } = control.getBoundingClientRect();
        expect(Math.abs(top + height / 2 - (box.top + box.height / 2)), control.className).to.be.lessThan(2);
      }
    }
  });
});
