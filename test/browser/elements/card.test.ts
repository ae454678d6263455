import { expect } from '@open-wc/testing';
import { everyState, type Example } from '../../../demo/pages/every-state.js';
import '../../../src/define/achievement-card.js';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import type { Achievement } from '../../../src/model/index.js';
import { fakeClock } from '../../support/fake-clock.js';
import {
  DAY,
  HOUR,
  NOW,
  achievement,
  factsOf,
  openDetails,
  part,
  partWords,
  parts,
  progress,
  room,
  rowsOf,
  show,
  speakEnglish,
  words,
} from '../../support/elements/fixtures.js';

const examples = new Map(everyState(NOW).map((example) => [example.label, example.achievement]));

function example(label: string): Achievement {
  const found = examples.get(label);
  if (!found) throw new Error(`There is no example "${label}"`);
  return found;
}

const showCard = (shown: Achievement, properties: Partial<AchievementCard> = {}) =>
  show('achievement-card', { achievement: shown, clock: fakeClock(NOW), ...properties });

/** What a person can read on a card. */
interface Words {
  readonly name: string;
  readonly description?: string;
  readonly facts: readonly string[];
  readonly rewards?: readonly string[];
  /** Words of the bar and how full it is. */
  readonly bar?: readonly [words: string, ratio: number];
  readonly actions: readonly string[];
  /** What the host element reflects beside its state. */
  readonly marks?: readonly ('secret' | 'masked' | 'revoked')[];
  readonly sentence: string;
}

/** The engines keep the value of a bar with different precision. */
const round = (ratio: number) => Math.round(ratio * 1e6) / 1e6;

const LONG_NAME =
  'The Incredibly Long and Rather Winding Road to the Very Edge of the Known and Unknown Universe, Part Two';

const expected: Readonly<Record<string, Words>> = {
  Locked: {
    name: 'King of the Hill',
    description: 'Hold the summit for three minutes.',
    facts: ['Locked', 'About 6 hr', '34%'],
    rewards: ['15 G'],
    actions: ['Details'],
    sentence: 'King of the Hill, Locked, About 6 hr, 15 G, 34% of players have it',
  },
  'In progress': {
    name: 'Escape Velocity',
    description: 'Leave the gravity well of ten different worlds.',
    facts: ['12.4%'],
    rewards: ['25 G'],
    bar: ['5 of 10', 0.5],
    actions: ['Open in game', 'Details'],
    sentence: 'Escape Velocity, In progress, 5 of 10, 25 G, 12.4% of players have it',
  },
  'Nearly done': {
    name: 'Cartographer',
    description: 'Chart ten sectors.',
    facts: ['2 left'],
    rewards: ['25 G'],
    bar: ['8 of 10', 0.8],
    actions: ['Details'],
    sentence: 'Cartographer, In progress, 8 of 10, 2 left, 25 G',
  },
  Percent: {
    name: 'Warming Up',
    description: 'Finish the training.',
    facts: [],
    rewards: ['10 G'],
    bar: ['33%', 0.33],
    actions: ['Details'],
    sentence: 'Warming Up, In progress, 33%, 10 G',
  },
  'Several requirements': {
    name: 'Legend of the Rim',
    description: 'Complete every chapter on the highest difficulty.',
    facts: ['2 left'],
    rewards: ['60 G'],
    bar: ['13 of 15 parts', round(13 / 15)],
    actions: ['Details'],
    sentence: 'Legend of the Rim, In progress, 13 of 15 parts, 2 left, 60 G',
  },
  'Amounts with decimals, repeating': {
    name: 'Fifty for the road',
    description: 'Spend 150 on coffee to go this quarter.',
    facts: ['Repeats', 'Completed 4 times', 'Resets in 5 days'],
    rewards: ['Free cup'],
    bar: ['112.5 of 150', 0.75],
    actions: ['Details'],
    sentence: 'Fifty for the road, In progress, 112.5 of 150, Repeats, Completed 4 times, Resets in 5 days, Free cup',
  },
  Unlocked: {
    name: 'First Light',
    description: 'Watched a star being born.',
    facts: ['Unlocked January 17, 2026', '61.2%'],
    rewards: ['10 G'],
    actions: ['Details'],
    sentence: 'First Light, Unlocked January 17, 2026, 10 G, 61.2% of players have it',
  },
  'Unlocked, rare, with several rewards': {
    name: 'Dragonslayer',
    description: 'Defeated the Ashen Dragon without being hit once.',
    facts: ['Unlocked January 17, 2026', '1.8% · Rare'],
    rewards: ['80 G', 'Ember Cloak', 'Dragonfire wallpaper'],
    actions: ['Details'],
    sentence:
      'Dragonslayer, Unlocked January 17, 2026, 80 G, Ember Cloak, Dragonfire wallpaper, 1.8% of players have it, Rare',
  },
  'Unlocked, date unknown': {
    name: 'Before the Records',
    description: 'Played on the very first day.',
    facts: ['Unlocked'],
    rewards: ['5 G'],
    actions: ['Details'],
    sentence: 'Before the Records, Unlocked, 5 G',
  },
  Secret: {
    name: 'Secret achievement',
    description: 'Keep playing to find out what this is.',
    facts: ['Locked', '0.6% · Rare'],
    rewards: ['40 G', 'Reward'],
    actions: ['Reveal'],
    marks: ['secret', 'masked'],
    sentence: 'Secret achievement, Locked, 40 G, Reward, 0.6% of players have it, Rare',
  },
  'Secret, in progress': {
    name: 'Secret achievement',
    description: 'Keep playing to find out what this is.',
    facts: [],
    rewards: ['20 G'],
    bar: ['4 of 9', round(4 / 9)],
    actions: ['Reveal'],
    marks: ['secret', 'masked'],
    sentence: 'Secret achievement, In progress, 4 of 9, 20 G',
  },
  'Secret, unlocked': {
    name: 'It Was You All Along',
    description: 'Recognised the masked pilot.',
    facts: ['Unlocked January 8, 2026'],
    rewards: ['30 G'],
    actions: ['Details'],
    marks: ['secret'],
    sentence: 'It Was You All Along, Unlocked January 8, 2026, 30 G',
  },
  'Challenge, ending soon': {
    name: 'Weekend Sprint',
    description: 'Finish five time trials before the weekend is over.',
    facts: ['Challenge', '2 left', 'Ends in 9 hours'],
    rewards: ['Wallpaper'],
    bar: ['3 of 5', 0.6],
    actions: ['Details'],
    sentence: 'Weekend Sprint, In progress, 3 of 5, Challenge, 2 left, Ends in 9 hours, Wallpaper',
  },
  Group: {
    name: 'All Together Now',
    description: 'Lift the relic as a crew of four.',
    facts: ['Locked', 'Group'],
    rewards: ['20 G'],
    actions: ['Details'],
    sentence: 'All Together Now, Locked, Group, 20 G',
  },
  Scheduled: {
    name: 'Winter Bloom',
    description: 'Grow a crystal garden during the festival.',
    facts: ['Starts on January 29, 2026'],
    rewards: ['30 G'],
    actions: ['Details'],
    sentence: 'Winter Bloom, Not started yet, Starts on January 29, 2026, 30 G',
  },
  Expired: {
    name: 'Summer Tides',
    description: 'Win the regatta.',
    facts: ['Ended November 1, 2025'],
    rewards: ['20 G'],
    bar: ['2 of 3', round(2 / 3)],
    actions: ['Details'],
    sentence: 'Summer Tides, Expired, 2 of 3, Ended November 1, 2025, 20 G',
  },
  Revoked: {
    name: 'Untouchable',
    description: 'This one no longer counts.',
    facts: ['Revoked', 'Unlocked December 11, 2025'],
    rewards: ['50 G'],
    actions: ['Details'],
    marks: ['revoked'],
    sentence: 'Untouchable, Revoked, Unlocked December 11, 2025, 50 G',
  },
  'Waiting for the service': {
    name: 'Night Shift',
    description: 'Fly ten patrols after dark.',
    bar: ['6 of 10', 0.6],
    facts: ['Not saved yet'],
    rewards: ['20 G'],
    actions: ['Details'],
    sentence: 'Night Shift, In progress, 6 of 10, Not saved yet, 20 G',
  },
  'State unknown': {
    name: 'Something New',
    description: 'The service uses a word that nobody knows yet.',
    facts: ['State unknown'],
    actions: ['Details'],
    sentence: 'Something New, State unknown',
  },
  'No picture, long texts': {
    name: LONG_NAME,
    description:
      'Travel farther than anybody before, past the last lamp of the last outpost, and come back to tell the tale to whoever will listen, which may take another three evenings and most of the good tea.',
    facts: ['Locked'],
    rewards: ['100 G', 'A rather extraordinarily long reward name, too'],
    actions: ['Details'],
    sentence: `${LONG_NAME}, Locked, 100 G, A rather extraordinarily long reward name, too`,
  },
  'Hostile texts, broken picture': {
    name: '<b>Bold</b> & "quoted" <img src=x onerror=alert(1)>',
    description: '</style><script>alert(1)</script> ‮reversed',
    facts: ['Locked'],
    actions: ['Details'],
    sentence: '<b>Bold</b> & "quoted" <img src=x onerror=alert(1)>, Locked',
  },
  'Right to left text': {
    name: 'نجمة الصباح',
    description: 'شاهد شروق الشمس من القمر.',
    facts: ['Locked'],
    rewards: ['10 G'],
    actions: ['Details'],
    sentence: 'نجمة الصباح, Locked, 10 G',
  },
};

/** What a card says and shows, read as a person would. */
function read(card: AchievementCard): Words {
  const bar = part(card, 'progress') as HTMLProgressElement | null;
  const description = part(card, 'description');
  const rewards = partWords(card, 'reward');
  const marks = (['secret', 'masked', 'revoked'] as const).filter((mark) => card.hasAttribute(mark));
  return {
    name: words(part(card, 'name')),
    ...(description ? { description: words(description) } : {}),
    facts: factsOf(card),
    ...(rewards.length > 0 ? { rewards } : {}),
    ...(bar ? { bar: [words(part(card, 'progress-label')), round(bar.value)] as const } : {}),
    actions: [...card.renderRoot.querySelectorAll('.actions > *')].map(words),
    ...(marks.length > 0 ? { marks } : {}),
    sentence: card.renderRoot.querySelector('article')?.getAttribute('aria-label') ?? '',
  };
}

before(speakEnglish);

describe('a card', () => {
  it('is tested in every state that the demo shows', () => {
    expect(Object.keys(expected)).to.have.members([...examples.keys()]);
  });

  for (const [label, wanted] of Object.entries(expected)) {
    it(`says what it has to say: ${label}`, async () => {
      const card = await showCard(example(label));
      expect(read(card)).to.deep.equal(wanted);
      expect(card.getAttribute('state')).to.equal(example(label).state);
    });
  }

  it('would be caught saying the wrong text: a locked one with the text of the unlock', async () => {
    const { lockedDescription: _, ...told } = example('Locked');
    const card = await showCard(told);
    expect(read(card)).not.to.deep.equal(expected['Locked']);
  });

  it('shows hostile texts as texts: nothing of them becomes an element', async () => {
    const card = await showCard(example('Hostile texts, broken picture'));
    expect(card.renderRoot.querySelector('b, script, style, [onerror]')).to.equal(null);
  });

  it('shows nothing of an empty achievement, and does not fail', async () => {
    const card = await showCard(achievement('empty', { name: '', description: '' }));
    expect(words(part(card, 'icon')?.querySelector('.placeholder'))).to.equal('?');
  });

  const partsOf: readonly (readonly [label: string, parts: readonly string[]])[] = [
    ['Locked', ['card', 'icon', 'state', 'name', 'description', 'reward', 'rarity', 'details', 'details-toggle']],
    ['In progress', ['progress', 'progress-label', 'action', 'rarity']],
    ['Unlocked', ['time', 'rarity']],
    ['Secret', ['reveal', 'reward', 'rarity']],
    ['Challenge, ending soon', ['time', 'progress']],
    ['Scheduled', ['time']],
    ['Expired', ['time']],
    ['Amounts with decimals, repeating', ['time', 'progress']],
  ];
  for (const [label, names] of partsOf) {
    it(`lets a page style its parts: ${label}`, async () => {
      const card = await showCard(example(label));
      const missing = names.filter((name) => parts(card, name).length === 0);
      expect(missing).to.deep.equal([]);
    });
  }

  it('strikes the name and the rewards of what was revoked, and offers nothing to do', async () => {
    const card = await showCard({ ...example('Revoked'), deepLink: 'https://example.com/play' });
    const decoration = (element: Element | null | undefined) => element && getComputedStyle(element).textDecorationLine;
    expect(decoration(part(card, 'name'))).to.equal('line-through');
    expect(decoration(part(card, 'reward')?.querySelector('bdi'))).to.equal('line-through');
    expect(part(card, 'action')).to.equal(null);
    const earned = await showCard({ ...example('Revoked'), revoked: false, deepLink: 'https://example.com/play' });
    expect(decoration(part(earned, 'name'))).to.equal('none');
    expect(part(earned, 'action')).not.to.equal(null);
  });

  it('says "Completed" where the service speaks of recurrence, and "Unlocked" elsewhere', async () => {
    const told: [recurrence: Achievement['recurrence'], words: string][] = [
      [undefined, 'Unlocked January 17, 2026'],
      ['none', 'Completed January 17, 2026'],
      ['on-expiration', 'Completed January 17, 2026'],
      ['on-completion', 'Completed January 17, 2026'],
    ];
    for (const [recurrence, expectation] of told) {
      const card = await showCard({ ...example('Unlocked'), ...(recurrence ? { recurrence } : {}) });
      expect(partWords(card, 'time'), recurrence ?? 'absent').to.deep.equal([expectation]);
    }
  });

  it('says how often a repeating one was completed: not at all, once, or several times', async () => {
    const repeating = example('Amounts with decimals, repeating');
    const said = await Promise.all(
      [0, 1, 2].map(async (timesEarned) => factsOf(await showCard({ ...repeating, timesEarned })).slice(1, -1)),
    );
    expect(said).to.deep.equal([[], ['Completed once'], ['Completed 2 times']]);
  });

  it('says points without a unit in words', async () => {
    const card = await showCard(
      achievement('points', {
        rewards: [
          { kind: 'points', value: 1 },
          { kind: 'points', value: 1250 },
        ],
      }),
    );
    expect(partWords(card, 'reward')).to.deep.equal(['1 point', '1,250 points']);
  });

  describe('in time', () => {
    const ends = (distance: number) => ({ window: { endsAt: NOW + distance } });
    const table: readonly (readonly [distance: number, words: string])[] = [
      [30 * DAY, 'Ends in 30 days'],
      [2 * DAY, 'Ends in 2 days'],
      [2 * DAY - 1, 'Ends in 47 hours'],
      [9 * HOUR + 59 * 60_000, 'Ends in 9 hours'],
      [HOUR, 'Ends in 1 hour'],
      [HOUR - 1, 'Ends in 59 minutes'],
      [1, 'Ends in 1 minute'],
    ];
    for (const [distance, text] of table) {
      it(`promises no more time than there is: ${text}`, async () => {
        const card = await showCard(achievement('ends', ends(distance)));
        expect(partWords(card, 'time')).to.deep.equal([text]);
      });
    }

    it('has expired at the end of its window, to the millisecond', async () => {
      const card = await showCard(achievement('ends', ends(0)));
      expect(card.state).to.equal('expired');
      expect(partWords(card, 'time')).to.deep.equal(['Ended January 20, 2026']);
    });
  });
});

describe('the bar of a card', () => {
  it('is a progress element with a name, a value and a value text', async () => {
    const card = await showCard(example('In progress'));
    const bar = part(card, 'progress') as HTMLProgressElement;
    expect(bar.localName).to.equal('progress');
    expect([bar.value, bar.max]).to.deep.equal([0.5, 1]);
    expect(bar.getAttribute('aria-label')).to.equal('Progress: Escape Velocity');
    expect(bar.getAttribute('aria-valuetext')).to.equal('5 of 10');
    // The words beside it would be read twice.
    expect(part(card, 'progress-label')?.getAttribute('aria-hidden')).to.equal('true');
  });

  it('is absent where nothing is known, and where it is unlocked', async () => {
    expect(part(await showCard(achievement('none')), 'progress')).to.equal(null);
    expect(part(await showCard(example('Unlocked')), 'progress')).to.equal(null);
  });

  it('is never more than full, and never says 100% too early', async () => {
    const over = await showCard(achievement('over', progress(12, 10)));
    expect((part(over, 'progress') as HTMLProgressElement).value).to.equal(1);
    const nearly = await showCard(
      achievement('nearly', { progress: { current: 99.9, target: 100, ratio: 0.999, unit: 'percent' } }),
    );
    expect(words(part(nearly, 'progress-label'))).to.equal('99%');
  });

  it('follows its achievement', async () => {
    const card = await showCard(achievement('moving', progress(1, 10)));
    card.achievement = achievement('moving', progress(7, 10));
    await card.updateComplete;
    const bar = part(card, 'progress') as HTMLProgressElement;
    expect(bar.value).to.equal(0.7);
    expect(bar.getAttribute('aria-valuetext')).to.equal('7 of 10');
  });
});

describe('the details of a card', () => {
  it('are closed, empty, and opened by a button that says so', async () => {
    const card = await showCard(example('Locked'));
    const details = part(card, 'details')!;
    const toggle = part(card, 'details-toggle')!;
    expect(details.hidden).to.equal(true);
    expect(details.childElementCount).to.equal(0);
    expect(toggle.getAttribute('aria-expanded')).to.equal('false');
    expect(toggle.getAttribute('aria-label')).to.equal('Details of King of the Hill');
    await openDetails(card);
    expect(details.hidden).to.equal(false);
    expect(toggle.getAttribute('aria-expanded')).to.equal('true');
    await openDetails(card);
    expect(details.childElementCount).to.equal(0);
  });

  it('close when the card gets another achievement, and stay open when the same one changes', async () => {
    const card = await showCard(example('Locked'));
    await openDetails(card);
    card.achievement = { ...example('Locked'), description: 'Another text' };
    await card.updateComplete;
    expect(part(card, 'details')!.hidden).to.equal(false);
    card.achievement = example('Group');
    await card.updateComplete;
    expect(part(card, 'details')!.hidden).to.equal(true);
  });

  it('have a bar for each requirement, named by what it counts', async () => {
    const card = await showCard(example('Several requirements'));
    const details = await openDetails(card);
    const bars = [...details.querySelectorAll('progress')];
    expect(bars.map((bar) => bar.getAttribute('aria-label'))).to.deep.equal(
      Array.from({ length: 13 }, (_, index) => `Progress: Chapter ${index + 1}`),
    );
    expect(bars.map((bar) => bar.getAttribute('aria-valuetext'))).to.deep.equal(Array(13).fill('1 of 1'));
    // Two whose progress the service does not tell have no bar that would lie.
    const untold = [...details.querySelectorAll('.requirement')].slice(13).map(words);
    expect(untold).to.deep.equal(['Chapter 14 – of 1', 'Chapter 15 – of 1']);
  });

  it('do not tell the text of the unlock before the unlock', async () => {
    const secret = { ...example('Secret'), titles: [{ id: '1', name: 'Starfall' }] };
    const card = await showCard(secret, { revealed: true });
    const rows = rowsOf(await openDetails(card));
    expect(rows['How to get it']).to.equal('Find what the keeper is hiding.');
    expect(words(part(card, 'details'))).not.to.contain(secret.description);
  });
});

describe('a card written by hand', () => {
  const authored = async (attributes: Record<string, string>) => {
    const card = document.createElement('achievement-card');
    card.clock = fakeClock(NOW);
    for (const [name, value] of Object.entries(attributes)) card.setAttribute(name, value);
    (await room()).append(card);
    await card.updateComplete;
    return card;
  };
  const full = {
    name: 'Cartographer',
    description: 'Charted ten sectors.',
    'locked-description': 'Chart ten sectors.',
    icon: '/pictures/treasure-map.svg',
  };

  it('shows every attribute', async () => {
    const card = await authored({ ...full, current: '8', target: '10', points: '25', rarity: '12.5' });
    expect(read(card)).to.deep.equal({
      name: 'Cartographer',
      description: 'Chart ten sectors.',
      facts: ['2 left', '12.5%'],
      rewards: ['25 points'],
      bar: ['8 of 10', 0.8],
      actions: [],
      sentence: 'Cartographer, In progress, 8 of 10, 2 left, 25 points, 12.5% of players have it',
    } satisfies Words);
    expect(part(card, 'icon')?.querySelector('img')?.getAttribute('src')).to.equal(
      new URL('/pictures/treasure-map.svg', location.href).href,
    );
  });

  const states: readonly (readonly [attributes: Record<string, string>, state: string, facts: readonly string[]])[] = [
    [{}, 'locked', ['Locked']],
    [{ current: '0', target: '10' }, 'locked', ['Locked']],
    [{ current: '3', target: '10' }, 'in-progress', []],
    [{ current: '10', target: '10' }, 'unlocked', ['Unlocked']],
    [{ 'unlocked-at': '2026-01-17T12:00:00Z' }, 'unlocked', ['Unlocked January 17, 2026']],
    [{ state: 'unlocked' }, 'unlocked', ['Unlocked']],
    [{ state: 'expired' }, 'expired', ['Expired']],
    [{ state: 'scheduled' }, 'scheduled', ['Not started yet']],
    [{ state: 'in-progress' }, 'in-progress', ['In progress']],
    [{ state: 'locked', current: '3', target: '10' }, 'locked', ['Locked']],
  ];
  for (const [attributes, state, facts] of states) {
    it(`with ${JSON.stringify(attributes)} is ${state}`, async () => {
      const card = await authored({ ...full, ...attributes });
      expect(card.getAttribute('state')).to.equal(state);
      expect(factsOf(card)).to.deep.equal(facts);
    });
  }

  it('follows its attributes, again and again', async () => {
    const card = await authored({ ...full, current: '3', target: '10' });
    const states: (string | null)[] = [];
    const set = async (name: string, value: string | null) => {
      if (value === null) card.removeAttribute(name);
      else card.setAttribute(name, value);
      await card.updateComplete;
      states.push(card.getAttribute('state'));
    };
    await set('current', '10');
    await set('current', '0');
    await set('current', '4');
    await set('state', 'unlocked');
    await set('current', '5');
    await set('state', 'expired');
    await set('state', null);
    await set('unlocked-at', '2026-01-17T12:00:00Z');
    await set('unlocked-at', null);
    expect(states).to.deep.equal([
      'unlocked',
      'locked',
      'in-progress',
      'unlocked',
      'unlocked',
      'expired',
      'in-progress',
      'unlocked',
      'in-progress',
    ]);
    await set('name', 'Another');
    expect(words(part(card, 'name'))).to.equal('Another');
  });

  it('forgets what an attribute said when it is taken away', async () => {
    const bare = read(await authored({ name: 'Cartographer' }));
    const all = {
      ...full,
      current: '8',
      target: '10',
      points: '25',
      rarity: '12.5',
      'unlocked-at': '2026-01-17T12:00:00Z',
    };
    const card = await authored(all);
    for (const name of Object.keys(all)) if (name !== 'name') card.removeAttribute(name);
    await card.updateComplete;
    expect(read(card)).to.deep.equal(bare);
    card.removeAttribute('name');
    await card.updateComplete;
    expect(words(part(card, 'name'))).to.equal('');
  });

  it('leaves out what is no number', async () => {
    const bare = read(await authored({ ...full }));
    const card = await authored({ ...full, current: 'some', target: 'all', points: 'many', rarity: 'rare' });
    expect(read(card)).to.deep.equal(bare);
  });

  it('is masked where it is secret, until it is unlocked', async () => {
    const card = await authored({ ...full, secret: '' });
    expect(card.hasAttribute('masked')).to.equal(true);
    expect(words(part(card, 'name'))).to.equal('Secret achievement');
    card.setAttribute('state', 'unlocked');
    await card.updateComplete;
    expect(card.hasAttribute('masked')).to.equal(false);
    expect(words(part(card, 'name'))).to.equal('Cartographer');
    expect(words(part(card, 'description'))).to.equal('Charted ten sectors.');
  });

  it('gives way to an achievement, and comes back when that is taken away', async () => {
    const card = await authored({ ...full, current: '3', target: '10' });
    card.achievement = example('Unlocked');
    await card.updateComplete;
    expect(words(part(card, 'name'))).to.equal('First Light');
    card.achievement = example('Secret');
    await card.updateComplete;
    Object.assign(card, { achievement: undefined });
    await card.updateComplete;
    expect(words(part(card, 'name'))).to.equal('Cartographer');
    expect([card.getAttribute('state'), card.secret, card.masked]).to.deep.equal(['in-progress', false, false]);
  });
});

describe('a description of several lines', () => {
  const text = '\n  Collect:\n- 3 apples\n- 2 pears  \n';
  const lines = ['Collect:', '- 3 apples', '- 2 pears'];
  /** The text, and how many lines it takes: not `innerText`, which loses the breaks in WebKit. */
  const linesIn = (element: HTMLElement | null) => {
    const range = document.createRange();
    range.selectNodeContents(element!);
    const tops = new Set(
      [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)),
    );
    return [element?.textContent?.split('\n'), tops.size];
  };

  for (const layout of ['list', 'grid'] as const) {
    it(`keeps its lines in the layout "${layout}", without the empty ones around it`, async () => {
      const card = await showCard(achievement('one', { lockedDescription: text }), { layout });
      expect(linesIn(part(card, 'description'))).to.deep.equal([lines, lines.length]);
    });
  }

  it('keeps its lines in the details', async () => {
    for (const members of [{ lockedDescription: text }, { description: text, state: 'unlocked' }] as const) {
      const details = await openDetails(await showCard(achievement('one', members)));
      const [value] = details.querySelectorAll<HTMLElement>('dd');
      expect(linesIn(value ?? null)).to.deep.equal([lines, lines.length]);
    }
  });
});

describe('the examples of the demo', () => {
  it('have a label of their own each', () => {
    const all: Example[] = everyState(NOW);
    expect(new Set(all.map(({ label }) => label)).size).to.equal(all.length);
  });
});
