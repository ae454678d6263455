import { expect } from '@open-wc/testing';
import { createBackend } from '../../../src/backends/registry.js';
import '../../../src/define/achievement-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { Overrides } from '../../../src/model/index.js';
import {
  achievement,
  cardOf,
  cardsOf,
  eventsAt,
  idsOf,
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
import { LeakWatch, accessibilityTree } from '../../support/elements/leaks.js';

const FILE = '/shop/overrides.json';
const CANARY = 'zqcanaryzq';

/** Talon.One's answer as it comes, and a file of overrides beside it. */
function shop(file: object | undefined) {
  const data = [
    { id: 101, name: 'FiftyForTheRoad', title: 'Fifty for the Road', description: 'Spend 150.', target: 150 },
    { id: 102, name: 'TenthCupFree', title: 'The Tenth Cup', description: 'Order nine cups.', target: 9 },
  ];
  const asked: string[] = [];
  const answer = (body: unknown) =>
    new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  const fetch: typeof globalThis.fetch = (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : String(input), document.baseURI);
    asked.push(pathname);
    if (pathname !== FILE) return Promise.resolve(answer({ hasMore: false, data }));
    return Promise.resolve(file ? answer({ achievements: file }) : new Response('', { status: 404 }));
  };
  return { fetch, asked };
}

async function shown(properties: Partial<AchievementList>, parent?: Element): Promise<AchievementList> {
  const list = await show('achievement-list', { environment: world().environment, ...properties }, parent);
  await until(() => cardsOf(list).length > 0);
  await settled(list);
  return list;
}

const pictureOf = (list: AchievementList, id: string) =>
  part(cardOf(list, id), 'icon')?.querySelector('img')?.getAttribute('src');
const names = (list: AchievementList) => cardsOf(list).map((card) => words(part(card, 'name')));

before(speakEnglish);

describe('overrides of what a service says', () => {
  it('give a Talon.One answer pictures through the attribute: it has none of its own', async () => {
    const { fetch, asked } = shop({
      FiftyForTheRoad: { icon: '/pictures/sun.svg' },
      102: { art: '../pictures/sun.svg?cup' },
    });
    const list = document.createElement('achievement-list');
    for (const [name, value] of Object.entries({ backend: 'talon-one', src: '/talon-one', overrides: FILE }))
      list.setAttribute(name, value);
    Object.assign(list, { fetch, environment: world().environment });
    (await room()).append(list);
    await until(() => cardsOf(list).length === 2);
    await settled(list);
    expect(pictureOf(list, '101')).to.equal(`${location.origin}/pictures/sun.svg`);
    // Both are there: a picture that could not be loaded goes away.
    expect(pictureOf(list, '102'), 'relative to the file').to.equal(`${location.origin}/pictures/sun.svg?cup`);
    expect(asked.sort()).to.deep.equal([FILE, '/talon-one']);
  });

  it('control: without the attribute there is no picture', async () => {
    const { fetch, asked } = shop({ FiftyForTheRoad: { icon: '/pictures/sun.svg' } });
    const list = await shown({ backend: 'talon-one', src: '/talon-one', fetch });
    expect(pictureOf(list, '101')).to.equal(undefined);
    expect(asked).to.deep.equal(['/talon-one']);
  });

  it('come as an object too, for a backend object, and their order and rewards are shown', async () => {
    const { fetch } = shop(undefined);
    const overrides: Overrides = {
      achievements: { 102: { order: 1, rewards: [{ kind: 'item', name: 'A cup of coffee' }] } },
    };
    const backend = createBackend('talon-one', { src: '/talon-one' });
    const list = await shown({ backend, overrides, fetch });
    expect(idsOf(list)).to.deep.equal(['102', '101']);
    expect(partWords(cardOf(list, '102'), 'reward')).to.deep.equal(['A cup of coffee']);
  });

  it('work on a source, for everything inside', async () => {
    const { fetch } = shop({ 101: { name: 'Another name' } });
    const { environment } = world();
    const source = await show('achievement-source', {
      backend: 'talon-one',
      src: '/talon-one',
      overrides: FILE,
      fetch,
      environment,
    });
    const list = await shown({}, source);
    expect(names(list)).to.deep.equal(['Another name', 'The Tenth Cup']);
  });

  const texts = { name: 'Plain', languages: { de: { name: 'Deutsch' }, 'fr-FR': { name: 'Français' } } };
  for (const [lang, locale, expected] of [
    ['de-AT', '', 'Deutsch'],
    ['fr', 'de', 'Deutsch'],
    ['fr', '', 'Français'],
    ['nl', '', 'Plain'],
    ['', '', 'Plain'],
  ] as const) {
    it(`are in the element’s language: ${expected} for locale "${locale}" within lang "${lang}"`, async () => {
      const { fetch } = shop({ 101: texts });
      const parent = await room({ lang });
      const list = await shown({ backend: 'talon-one', src: '/talon-one', overrides: FILE, fetch, locale }, parent);
      expect(names(list)[0]).to.equal(expected);
    });
  }

  it('are asked for again where the page names others', async () => {
    const { fetch } = shop({ 101: { name: 'Another name' } });
    const list = await shown({ backend: 'talon-one', src: '/talon-one', fetch });
    expect(names(list)[0]).to.equal('Fifty for the Road');
    list.overrides = FILE;
    await until(() => names(list)[0] === 'Another name');
  });

  it('never hide the list where their file is missing: it says so', async () => {
    const { fetch } = shop(undefined);
    const parent = await room();
    const events = eventsAt(parent, ['achievement-problem']);
    const list = await shown({ backend: 'talon-one', src: '/talon-one', overrides: FILE, fetch }, parent);
    expect(names(list)).to.deep.equal(['Fifty for the Road', 'The Tenth Cup']);
    expect(events.map((event) => (event as unknown as { problem: { message: string } }).problem.message)).to.deep.equal(
      [`overrides: ${FILE} answered 404. Check the address and the player.`],
    );
  });

  for (const url of [
    'javascript:alert(1)',
    'data:text/html,x',
    'data:image/svg+xml;base64,PHN2Zz4=',
    'ftp://a/b.png',
  ]) {
    it(`show no picture of ${url}`, async () => {
      const backend = scripted([achievement('a')]);
      const overrides = {
        achievements: { a: { icon: url, art: url, rewards: [{ kind: 'art' as const, image: url }] } },
      };
      const list = await shown({ backend, overrides });
      expect([...cardOf(list, 'a').renderRoot.querySelectorAll('img')]).to.deep.equal([]);
    });
  }

  it('leave a secret masked: nothing of them is in the page until it is revealed', async () => {
    const watch = new LeakWatch();
    const picture = `/pictures/sun.svg?${CANARY}`;
    const texts = {
      name: CANARY,
      description: CANARY,
      lockedDescription: CANARY,
      category: CANARY,
      icon: picture,
      art: picture,
      rewards: [{ kind: 'item' as const, name: CANARY, image: picture }],
    };
    const sneaky = { ...texts, secret: false, state: 'unlocked', languages: { en: texts } };
    const overrides = { achievements: { secret: sneaky, [`${CANARY} apart`]: 'bad' } } as unknown as Overrides;
    const backend = scripted([achievement('secret', { secret: true }), achievement('open')]);
    const list = await shown({ backend, overrides, summary: true, groupBy: 'category', sort: 'name' });
    try {
      expect(cardOf(list, 'secret').masked).to.equal(true);
      expect(watch.find(CANARY).map(({ place, detail }) => `${place}: ${detail}`)).to.deep.equal([]);
      expect((await accessibilityTree()) ?? '').not.to.contain(CANARY);
      cardOf(list, 'secret').reveal();
      await settled(list);
      // So the search would have found it.
      expect(words(part(cardOf(list, 'secret'), 'name'))).to.equal(CANARY);
      expect(watch.find(CANARY)).not.to.deep.equal([]);
    } finally {
      watch.stop();
    }
  });
});

describe('the overrides of the demo’s shop', () => {
  it('give every achievement of the simulated Talon.One its picture', async () => {
    const file = (await (await fetch('/demo/public/shop-overrides.json')).json()) as Overrides;
    const list = await shown({ backend: 'talon-one', src: '/talon-one/achievements', overrides: file });
    const pictures = cardsOf(list).map((card) => part(card, 'icon')?.querySelector('img')?.getAttribute('src'));
    expect(pictures).to.have.length.above(20);
    expect(pictures.filter((url) => !url?.endsWith('.svg'))).to.deep.equal([]);
  });
});
