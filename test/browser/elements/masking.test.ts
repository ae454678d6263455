import { expect, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { LitElement, html } from 'lit';
import { memory } from '../../../src/backends/memory.js';
import '../../../src/define/achievement-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import {
  AchievementPinEvent,
  type AchievementRevealEvent,
  AchievementViewEvent,
} from '../../../src/elements/events.js';
import { type Achievement, GROUP_KEYS, SORT_KEYS, mask } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import {
  NOW,
  achievement,
  achievements,
  cardOf,
  cardsOf,
  click,
  eventsAt,
  fakeStore,
  idsOf,
  openDetails,
  part,
  partWords,
  room,
  scripted,
  settled,
  show,
  speakEnglish,
  until,
  words,
  world,
} from '../../support/elements/fixtures.js';
import { type Leak, LeakWatch, accessibilityTree } from '../../support/elements/leaks.js';

/** In every text and URL of a secret, with the field's name behind it: what is found says what leaked. */
const CANARY = 'zqcanaryzq';
const canary = (field: string) => `${CANARY}-${field.toLowerCase()}`;
/** Another one in each test: what the browser still has it does not ask for. */
let run = 0;
const picture = (field: string) => `/pictures/sun.svg?${canary(field)}&${run}`;

/** Every field of the model that holds a text or a URL of its own. */
function secret(id = 'secret', members: Partial<Achievement> = {}): Achievement {
  return achievement(id, {
    secret: true,
    name: canary('name'),
    description: canary('description'),
    lockedDescription: canary('locked'),
    requirements: [
      { id: canary('requirement'), current: 1, target: 4, unit: 'count', operation: canary('operation') },
      { id: canary('requirement-two'), current: 2, target: 4, unit: 'count' },
    ],
    progress: { ratio: 0.375, unit: 'count' },
    state: 'in-progress',
    rewards: [
      { kind: 'points', value: 40, unit: 'G', name: canary('points-name'), description: canary('points-text') },
      {
        kind: 'item',
        name: canary('item-name'),
        description: canary('item-text'),
        value: canary('item-value'),
        image: picture('item-image'),
      },
      { kind: 'art', name: canary('art-reward-name'), image: picture('art-reward-image') },
    ],
    media: {
      icon: { url: picture('icon'), name: canary('icon-name') },
      art: { url: picture('art'), name: canary('art-name') },
    },
    rarity: { percent: 1.8, category: 'Rare' },
    window: { startsAt: NOW - 1000, endsAt: NOW + 9.5 * 3_600_000 },
    platforms: [canary('platform')],
    titles: [{ id: canary('title-id'), name: canary('title'), version: canary('version') }],
    campaigns: [canary('campaign')],
    apiName: canary('api-name'),
    productId: canary('product'),
    serviceConfigId: canary('service-configuration'),
    deepLink: `https://example.com/${canary('link')}`,
    category: canary('category'),
    ...members,
  });
}

const library = () => [
  achievement('first', { name: 'Apple' }),
  secret(),
  achievement('last', { name: 'Zebra', state: 'unlocked' }),
];

const says = (leaks: readonly Leak[]) => leaks.map(({ place, detail }) => `${place}: ${detail}`);

let watch: LeakWatch;

async function expectNoLeak(when = 'now'): Promise<void> {
  expect(says(watch.find(CANARY)), when).to.deep.equal([]);
  const tree = await accessibilityTree();
  if (tree !== undefined) {
    expect(tree, 'the tree that was asked for').to.contain('Secret achievement');
    expect(tree, when).not.to.contain(CANARY);
  }
}

/** Which fields of the secret are in the document now. */
const shownFields = () =>
  new Set(watch.find(CANARY).flatMap(({ detail }) => detail.match(new RegExp(`${CANARY}-[a-z-]+`, 'g')) ?? []));

before(speakEnglish);
beforeEach(() => {
  run += 1;
  watch = new LeakWatch();
});
afterEach(() => watch.stop());

describe('a masked achievement is nowhere', () => {
  const lists: readonly (readonly [how: string, properties: Partial<AchievementList>])[] = [
    ['in a list', {}],
    ['in a grid', { layout: 'grid' }],
    ['in one line', { layout: 'compact' }],
    ['with totals', { summary: true }],
    ['sorted by name', { sort: 'name' }],
    ['sorted by name, descending', { sort: '-name points' }],
    ['filtered', { filter: 'in-progress' }],
    ['with a limit', { limit: 2 }],
    ['where nobody may reveal', { reveal: 'never' }],
    ['in another language', { locale: 'de' }],
    ['with a scheme that its link has', { linkSchemes: 'https steam' }],
    ['with a word that no sort key is', { sort: 'unheard-of' }],
  ];
  for (const [how, properties] of lists) {
    it(how, async () => {
      const { environment } = world();
      const list = await show('achievement-list', { achievements: library(), environment, ...properties });
      expect(cardOf(list, 'secret').hasAttribute('masked')).to.equal(true);
      expect(says(watch.find(CANARY))).to.deep.equal([]);
    });
  }

  it('for assistive technology', async () => {
    await show('achievement-list', { achievements: library(), summary: true });
    await expectNoLeak();
  });

  it('while the first paint is pending, at any moment', async () => {
    const list = Object.assign(document.createElement('achievement-list'), {
      achievements: [...library(), ...achievements(60), secret('late')],
      summary: true,
    });
    (await room()).append(list);
    let complete = false;
    void list.updateComplete.then(() => (complete = true));
    for (let turn = 0; turn < 30; turn++) {
      expect(says(watch.find(CANARY)), `microtask ${turn}`).to.deep.equal([]);
      await Promise.resolve();
    }
    while (!complete) {
      expect(says(watch.find(CANARY)), 'frame').to.deep.equal([]);
      await nextFrame();
    }
    expect(cardOf(list, 'late').masked).to.equal(true);
  });

  it('in what a store tells of its progress, its trouble and its state', async () => {
    const backend = scripted(library());
    const list = await show('achievement-list', { backend, environment: world().environment, summary: true });
    await until(() => cardsOf(list).length === 3);
    const events = eventsAt(list);
    const [apple, , zebra] = library();
    const moved = secret('secret', {
      requirements: [{ id: canary('requirement'), current: 3, target: 4, unit: 'count' }],
      progress: { current: 3, target: 4, ratio: 0.75, unit: 'count' },
    });
    backend.answer = [apple!, moved, zebra!];
    await list.store!.refresh();
    await settled(list);
    expect(events.map(({ type }) => type)).to.include('achievement-progress');
    expect(words(part(cardOf(list, 'secret'), 'progress-label'))).to.equal('3 of 4');
    await expectNoLeak('after progress');

    backend.answer = {
      achievements: [apple!, moved],
      problem: { code: 'bad-shape', message: 'One could not be read.', skipped: [{ index: 2, reason: 'name' }] },
    };
    await list.store!.refresh();
    backend.answer = new Error('A problem');
    await list.store!.refresh();
    await settled(list);
    await expectNoLeak('after trouble');
  });

  it('in what is said when an unlocked one is locked again', async () => {
    const backend = scripted([secret('secret', { state: 'unlocked', unlockedAt: NOW })]);
    const list = await show('achievement-list', { backend, environment: world().environment });
    await until(() => cardsOf(list).length === 1);
    const events = eventsAt(list, ['achievement-progress']);
    backend.answer = [secret('secret', { progress: { ratio: 0.5, unit: 'count' } })];
    await list.store!.refresh();
    await settled(list);
    expect(events).to.have.length(1);
    expect(JSON.stringify(events.map((event) => ({ ...event })))).not.to.contain(CANARY);
    expect(shownFields()).to.not.include(canary('name'));
  });

  it('after it was revealed and hidden again', async () => {
    const list = await show('achievement-list', { achievements: library(), sort: 'name' });
    const card = cardOf(list, 'secret');
    card.reveal();
    await settled(list);
    expect(watch.find(canary('name'))).not.to.deep.equal([]);
    await until(() => watch.find(canary('icon')).some(({ place }) => place === 'request'));
    watch.stop();
    card.mask();
    await settled(list);
    watch = new LeakWatch();
    await settled(list);
    await expectNoLeak('after it was hidden');
  });

  it('in its card alone', async () => {
    const card = await show('achievement-card', { achievement: secret() });
    expect(card.masked).to.equal(true);
    await expectNoLeak();
  });

  it('in the heading of the totals, although its game has a name', async () => {
    const summary = await show('achievement-summary', { achievements: [secret()] });
    expect(words(part(summary, 'heading'))).to.equal('Achievements');
    expect(says(watch.find(CANARY))).to.deep.equal([]);
  });

  it('but points, rarity and the end of its window stay', async () => {
    const list = await show('achievement-list', { achievements: library(), environment: world().environment });
    const card = cardOf(list, 'secret');
    expect(partWords(card, 'reward')).to.deep.equal(['40 G', 'Reward', 'Reward']);
    expect(partWords(card, 'rarity')).to.deep.equal(['1.8% · Rare']);
    expect(partWords(card, 'time')).to.deep.equal(['Ends in 9 hours']);
  });
});

describe('a masked achievement is nowhere in what helps to find others', () => {
  /** Pinned, unknown at the last visit, nearly done and running out. */
  const pressing = () => secret('secret', { progress: { current: 9, target: 10, ratio: 0.9, unit: 'count' } });
  const storeOf = (pinned: readonly string[] = ['test:secret']) =>
    fakeStore([achievement('first', { name: 'Apple', category: 'Fruit' }), pressing(), achievement('last')], {
      pinned: new Set(pinned),
      lastVisit: { at: NOW - 1, known: new Set(['test:first', 'test:last']), unlocked: new Set() },
    });
  const everything = () => ({
    store: storeOf(),
    environment: world().environment,
    controls: true,
    summary: true,
    sections: 'all',
  });

  const views: readonly (readonly [how: string, properties: Partial<AchievementList>])[] = [
    ['pinned', {}],
    ['new', { sections: 'since-last-visit' }],
    ['nearly done', { sections: 'nearly-done' }],
    ['running out', { sections: 'running-out' }],
    ['collapsed', { collapsed: ['pinned'] }],
    ['searched', { query: 'apple' }],
    ...SORT_KEYS.flatMap((sort) => [
      [`sorted by ${sort}`, { sort, sections: '' }] as const,
      [`sorted by ${sort}, descending`, { sort: `-${sort} name`, sections: '' }] as const,
    ]),
    ...GROUP_KEYS.flatMap((groupBy) => [
      [`grouped by ${groupBy}`, { groupBy, sections: '' }] as const,
      [`grouped by ${groupBy}, below its section`, { groupBy }] as const,
    ]),
  ];
  for (const [how, properties] of views) {
    it(`when it is ${how}`, async () => {
      const list = await show('achievement-list', { ...everything(), ...properties });
      await until(() => part(list, 'toolbar'));
      if (!properties.query && !properties.collapsed) {
        expect(cardOf(list, 'secret').hasAttribute('masked')).to.equal(true);
      }
      expect(says(watch.find(CANARY))).to.deep.equal([]);
    });
  }

  it('for assistive technology', async () => {
    await show('achievement-list', { ...everything(), groupBy: 'category' });
    await expectNoLeak();
  });

  it('in what is said and kept when it is pinned and a toolbar is used', async () => {
    const store = storeOf([]);
    const list = await show('achievement-list', { ...everything(), store });
    const events = eventsAt(list, ['achievement-pin', 'achievement-view']);
    click(part(cardOf(list, 'secret'), 'pin'));
    list.pin('secret', false);
    list.pin('secret');
    await settled(list);
    for (const control of part(list, 'toolbar')!.querySelectorAll<HTMLElement>('input, select, button')) {
      if (control instanceof HTMLSelectElement) {
        for (const { value } of [...control.options]) {
          control.value = value;
          control.dispatchEvent(new Event('change', { bubbles: true }));
          await settled(list);
        }
      } else {
        click(control);
        if (control instanceof HTMLInputElement) control.dispatchEvent(new Event('input', { bubbles: true }));
      }
      await settled(list);
      expect(says(watch.find(CANARY)), control.outerHTML).to.deep.equal([]);
    }
    for (const button of list.renderRoot.querySelectorAll<HTMLElement>('.fold')) click(button);
    list.reset();
    await settled(list);
    expect(events.map(({ type }) => type)).to.include.members(['achievement-pin', 'achievement-view']);
    expect(JSON.stringify(store.calls)).not.to.contain(CANARY);
    await expectNoLeak('after everything was used');
  });

  it('after it was revealed in a group of its own and hidden again', async () => {
    const list = await show('achievement-list', { ...everything(), groupBy: 'category', sections: '', sort: 'name' });
    cardOf(list, 'secret').reveal();
    await settled(list);
    // What the search would find: the heading of its group, and what there is to choose from.
    expect(words(part(list, 'group'))).not.to.equal('');
    expect(shownFields()).to.include(canary('category')).and.include(canary('name'));
    list.pin('secret', false);
    expect(watch.find(canary('name')).map(({ place }) => place)).to.include('event');
    watch.stop();
    cardOf(list, 'secret').mask();
    await settled(list);
    watch = new LeakWatch();
    list.pin('secret');
    await settled(list);
    await expectNoLeak('after it was hidden');
  });
});

describe('the place of a masked achievement', () => {
  const names = ['Aardvark', 'Mole', 'Zorilla'];
  const orderOf = async (sort: string, names: readonly string[]) =>
    idsOf(
      await show('achievement-list', {
        sort,
        achievements: [
          achievement('b', { name: 'Badger' }),
          ...names.map((name, index) => achievement(`secret-${index}`, { name, secret: true })),
          achievement('n', { name: 'Newt' }),
        ],
      }),
    );

  for (const sort of ['name', '-name', 'state name', 'state -name', 'points name']) {
    it(`says nothing of its name when sorted by "${sort}"`, async () => {
      const told = await orderOf(sort, names);
      expect(await orderOf(sort, [...names].reverse())).to.deep.equal(told);
      expect(told.slice(-3)).to.deep.equal(['secret-0', 'secret-1', 'secret-2']);
    });
  }

  it('is that of its name once it is revealed, and the last one again once it is hidden', async () => {
    const list = await show('achievement-list', {
      sort: 'name',
      achievements: [
        achievement('b', { name: 'Badger' }),
        achievement('a', { name: 'Aardvark', secret: true }),
        achievement('n', { name: 'Newt' }),
      ],
    });
    expect(idsOf(list)).to.deep.equal(['b', 'n', 'a']);
    cardOf(list, 'a').reveal();
    await settled(list);
    expect(idsOf(list)).to.deep.equal(['a', 'b', 'n']);
    cardOf(list, 'a').mask();
    await settled(list);
    expect(idsOf(list)).to.deep.equal(['b', 'n', 'a']);
  });
});

describe('revealing', () => {
  it('shows the name and the locked description, and the text of the unlock only after the unlock', async () => {
    const list = await show('achievement-list', { achievements: library() });
    const card = cardOf(list, 'secret');
    card.reveal();
    await settled(list);
    expect(words(part(card, 'name'))).to.equal(canary('name'));
    expect(words(part(card, 'description'))).to.equal(canary('locked'));
    await openDetails(card);
    expect(shownFields()).to.include(canary('locked')).and.not.include(canary('description'));
    expect((await accessibilityTree()) ?? '').not.to.contain(canary('description'));

    list.achievements = [secret('secret', { state: 'unlocked' })];
    await settled(list);
    expect(words(part(card, 'description'))).to.equal(canary('description'));
    // So the search would have found it.
    expect(shownFields()).to.include(canary('description'));
  });

  it('shows no text of the unlock where there is no other one', async () => {
    const { lockedDescription: _, ...bare } = secret();
    const card = await show('achievement-card', { achievement: bare, revealed: true });
    expect(words(part(card, 'name'))).to.equal(canary('name'));
    expect(part(card, 'description')).to.equal(null);
    await openDetails(card);
    expect(shownFields()).to.not.include(canary('description'));
  });

  it('is one at a time', async () => {
    const list = await show('achievement-list', { achievements: [secret('a'), secret('b'), secret('c')] });
    cardOf(list, 'b').reveal();
    await settled(list);
    expect(cardsOf(list).map(({ masked }) => masked)).to.deep.equal([true, false, true]);
  });

  for (const key of ['Enter', ' ']) {
    it(`works with the keyboard, and so does hiding: "${key}"`, async () => {
      const list = await show('achievement-list', { achievements: [secret()] });
      const card = cardOf(list, 'secret');
      const button = () => part(card, 'reveal') as HTMLButtonElement;
      expect(button().localName).to.equal('button');
      expect(button().getAttribute('aria-label')).to.equal('Reveal this secret achievement');
      button().focus();
      await sendKeys({ press: key });
      await until(() => !card.masked);
      expect(button().getAttribute('aria-label')).to.equal(`Hide secret achievement ${canary('name')}`);
      expect(card.shadowRoot?.activeElement, 'the focus stays').to.equal(button());
      await sendKeys({ press: key });
      await until(() => card.masked);
      expect(card.shadowRoot?.activeElement, 'the focus stays').to.equal(button());
    });
  }

  it('keeps the focus where the card gets another place in the list', async () => {
    const list = await show('achievement-list', {
      sort: 'name',
      achievements: [
        achievement('b', { name: 'Badger' }),
        achievement('a', { name: 'Aardvark', secret: true }),
        achievement('n', { name: 'Newt' }),
      ],
    });
    const card = cardOf(list, 'a');
    const button = part(card, 'reveal')!;
    button.focus();
    for (const ids of [
      ['a', 'b', 'n'],
      ['b', 'n', 'a'],
    ]) {
      await sendKeys({ press: 'Enter' });
      await until(() => idsOf(list).join() === ids.join());
      expect(list.shadowRoot?.activeElement).to.equal(card);
      expect(card.shadowRoot?.activeElement).to.equal(button);
    }
  });

  it('works with the pointer', async () => {
    const list = await show('achievement-list', { achievements: [secret()] });
    const card = cardOf(list, 'secret');
    click(part(card, 'reveal'));
    await settled(list);
    expect(card.masked).to.equal(false);
    click(part(card, 'reveal'));
    await settled(list);
    expect(card.masked).to.equal(true);
  });

  it('asks first: the event tells only what is not secret, and can be refused', async () => {
    const parent = await room();
    const { environment } = world();
    const list = await show('achievement-list', { achievements: [secret()], environment }, parent);
    const events = eventsAt(parent) as AchievementRevealEvent[];
    parent.addEventListener('achievement-reveal', (event) => event.preventDefault(), { once: true });
    click(part(cardOf(list, 'secret'), 'reveal'));
    await settled(list);
    expect(cardOf(list, 'secret').masked, 'refused').to.equal(true);
    expect(says(watch.find(CANARY))).to.deep.equal([]);
    click(part(cardOf(list, 'secret'), 'reveal'));
    await settled(list);
    expect(cardOf(list, 'secret').masked, 'not refused').to.equal(false);
    expect(events).to.have.length(2);
    for (const event of events) {
      expect([event.bubbles, event.composed, event.cancelable]).to.deep.equal([true, true, true]);
      expect(event.achievement).to.deep.equal(mask(secret()));
    }
    expect(watch.find(CANARY).filter(({ place }) => place === 'event')).to.deep.equal([]);
  });

  it('raises nothing where there is nothing to reveal, or where nobody may', async () => {
    const parent = await room();
    const events = eventsAt(parent);
    const open = await show('achievement-card', { achievement: achievement('open') }, parent);
    const unlocked = await show('achievement-card', { achievement: secret('x', { state: 'unlocked' }) }, parent);
    const never = await show('achievement-card', { achievement: secret(), revealPolicy: 'never' }, parent);
    const set = await show('achievement-card', { achievement: secret(), revealed: true }, parent);
    for (const card of [open, unlocked, never, set]) {
      card.reveal();
      await card.updateComplete;
    }
    expect(events).to.deep.equal([]);
    expect(never.masked).to.equal(true);
  });

  it('is refused by the policy "never", and needs no button with "always"', async () => {
    const never = await show('achievement-list', { achievements: [secret()], reveal: 'never' });
    expect(part(cardOf(never, 'secret'), 'reveal')).to.equal(null);
    const always = await show('achievement-list', { achievements: [secret()], reveal: 'always' });
    expect(cardOf(always, 'secret').masked).to.equal(false);
    expect(part(cardOf(always, 'secret'), 'reveal')).to.equal(null);
    always.reveal = 'never';
    await settled(always);
    expect(cardOf(always, 'secret').masked).to.equal(true);
  });

  it('is remembered while the list changes around it', async () => {
    const list = await show('achievement-list', { achievements: library() });
    cardOf(list, 'secret').reveal();
    await settled(list);
    list.achievements = [...achievements(3), secret('secret', { progress: { ratio: 0.9, unit: 'count' } })];
    list.sort = '-progress';
    await settled(list);
    expect(cardOf(list, 'secret').masked).to.equal(false);
    // Its card goes away and another one comes.
    list.filter = 'locked';
    await settled(list);
    list.filter = '';
    await settled(list);
    expect(cardOf(list, 'secret').masked).to.equal(false);
  });
});

describe('what was revealed is not remembered for another player', () => {
  const storeOf = async (player: string) => {
    const store = createStore({
      backend: memory({ achievements: [secret()] }),
      player,
      environment: world().environment,
    });
    await store.refresh();
    return store;
  };
  async function expectMasked(list: AchievementList): Promise<void> {
    await settled(list);
    await until(() => cardsOf(list).length > 0);
    await settled(list);
    expect(cardOf(list, 'secret').masked).to.equal(true);
  }
  async function reveal(list: AchievementList): Promise<void> {
    await until(() => cardsOf(list).length > 0);
    cardOf(list, 'secret').reveal();
    await settled(list);
    expect(cardOf(list, 'secret').masked).to.equal(false);
  }

  it('when the player changes', async () => {
    const backend = scripted([secret()]);
    const list = await show('achievement-list', { backend, player: 'A', environment: world().environment });
    await reveal(list);
    list.player = 'B';
    await expectMasked(list);
  });

  it('when the store is swapped, and both have their achievements at hand', async () => {
    const list = await show('achievement-list', { store: await storeOf('A') });
    await reveal(list);
    list.store = await storeOf('B');
    await expectMasked(list);
  });

  it('when the list renders before the store is swapped', async () => {
    const list = await show('achievement-list', { store: await storeOf('A') });
    await reveal(list);
    list.layout = 'grid';
    await settled(list);
    list.store = await storeOf('B');
    await expectMasked(list);
  });

  it('when the source around it gets another store', async () => {
    const source = await show('achievement-source', { store: await storeOf('A') });
    const list = await show('achievement-list', {}, source);
    await reveal(list);
    source.store = await storeOf('B');
    await source.updateComplete;
    await expectMasked(list);
  });

  it('when achievements are given with another player', async () => {
    const list = await show('achievement-list', { achievements: [secret()], player: 'A' });
    await reveal(list);
    Object.assign(list, { achievements: [secret()], player: 'B' });
    await expectMasked(list);
  });

  it('when the player signed out, and whoever comes next uses the same store', async () => {
    const store = await storeOf('A');
    const list = await show('achievement-list', { store });
    await reveal(list);
    await store.signOut();
    await settled(list);
    expect(cardsOf(list)).to.deep.equal([]);
    await store.refresh();
    await expectMasked(list);
  });

  it('when a list moves to another source', async () => {
    const first = await show('achievement-source', { store: await storeOf('A') });
    const second = await show('achievement-source', { store: await storeOf('B') });
    const list = await show('achievement-list', {}, first);
    await reveal(list);
    second.append(list);
    await expectMasked(list);
  });
});

/** Cards that hide a name without taking it away; each must be caught. */
const leaky: Readonly<Record<string, (name: string) => unknown>> = {
  'the hidden attribute': (name) => html`<span hidden>${name}</span>`,
  'a blur': (name) => html`<span style="filter: blur(9px)">${name}</span>`,
  'a tooltip': (name) => html`<span title=${name}>?</span>`,
  'a label': (name) => html`<span aria-label=${name}>?</span>`,
  'a template': (name) => {
    const template = document.createElement('template');
    template.content.append(name);
    return template;
  },
  'a comment': (name) => document.createComment(name),
  'another shadow root': (name) => {
    const host = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(name);
    return host;
  },
  'a picture that is not shown': (name) => html`<img hidden alt="" src=${`/pictures/sun.svg?${name}`} />`,
};

describe('the search for leaks', () => {
  class LeakyCard extends LitElement {
    content: unknown;

    override render(): unknown {
      return this.content;
    }
  }
  before(() => customElements.define('leaky-card', LeakyCard));

  for (const [how, hide] of Object.entries(leaky)) {
    it(`catches a card that hides by ${how}`, async () => {
      const card = document.createElement('leaky-card') as LeakyCard;
      card.content = hide(canary('name'));
      (await room()).append(card);
      await card.updateComplete;
      expect(watch.find(CANARY)).not.to.deep.equal([]);
    });
  }

  it('catches a request, an event and a line in the console', async () => {
    const parent = await room();
    const image = new Image();
    image.src = picture('icon');
    await image.decode();
    class Telling extends Event {
      readonly achievement: Achievement = secret();
    }
    parent.dispatchEvent(new Telling('achievement-progress'));
    parent.dispatchEvent(new CustomEvent('anything', { detail: secret() }));
    console.warn('Skipped', canary('name'));
    await until(() => watch.find(CANARY).some(({ place }) => place === 'request'));
    const places = watch.find(CANARY).map(({ place }) => place);
    expect(places.filter((place) => place === 'event')).to.have.length(2);
    expect(places).to.include.members(['request', 'event', 'console']);
  });

  it('catches the event of a pin that is not masked, and the name of a group', async () => {
    const parent = await room();
    parent.dispatchEvent(new AchievementPinEvent(secret(), true));
    parent.dispatchEvent(
      new AchievementViewEvent({ query: canary('name'), sort: '', filter: '', groupBy: 'none', layout: 'list' }),
    );
    parent.innerHTML = `<div data-group="category:${canary('category')}"></div>`;
    const places = watch.find(CANARY).map(({ place }) => place);
    expect(places.filter((place) => place === 'event')).to.have.length(2);
    expect(places).to.include('document');
  });

  it('catches a fetch with a secret in its address', async () => {
    await fetch(picture('icon'));
    expect(watch.find(CANARY).map(({ place }) => place)).to.include('request');
  });

  it('finds the same names where they may be shown, also in the accessibility tree', async () => {
    const list = await show('achievement-list', { achievements: library(), reveal: 'always' });
    expect(cardOf(list, 'secret').masked).to.equal(false);
    const places = new Set(watch.find(canary('name')).map(({ place }) => place));
    expect(places).to.include('document').and.include('rendered text');
    const tree = await accessibilityTree();
    if (tree !== undefined) expect(tree).to.contain(canary('name'));
  });
});
