import { expect } from '@open-wc/testing';
import { html as litHtml, render } from 'lit';
import { connectBridge, joinBridge } from '../../../src/bridge/index.js';
import '../../../src/define/achievement-card.js';
import '../../../src/define/achievement-list.js';
import '../../../src/define/achievement-summary.js';
import '../../../src/define/backends.js';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { AchievementProblemEvent } from '../../../src/elements/events.js';
import { html, svg } from '../../../src/elements/template.js';
import type { Achievement } from '../../../src/model/index.js';
import { fakeClock } from '../../support/fake-clock.js';
import {
  NOW,
  achievement,
  cardsOf,
  deferred,
  eventsAt,
  fakeStore,
  openDetails,
  part,
  progress,
  room,
  rowsOf,
  settled,
  show,
  speakEnglish,
  until,
  words,
} from '../../support/elements/fixtures.js';
import {
  deedsOf,
  foreignIn,
  forgetPoison,
  keptOf,
  poison,
  poisonedMembers,
  wasAlive,
} from '../../support/elements/poison.js';

function renderedIn(template: unknown): HTMLElement {
  const container = document.createElement('div');
  render(template, container);
  return container;
}

describe('a template', () => {
  it('of Lit renders what looks like a template (control)', () => {
    expect(foreignIn(renderedIn(litHtml`<p>${poison('<i class="poison"></i>')}</p>`))).to.equal(1);
  });

  it('of ours renders it as nothing, wherever a text stands', () => {
    const bad = poison();
    const all = html`<p>${bad}</p>
      <p>${[bad, [bad]]}</p>
      <p title=${bad} lang="a ${bad}">${html`<b>${bad}</b>`}${svg`<g>${bad}</g>`}</p>`;
    const container = renderedIn(all);
    expect(container.querySelector('.poison')).to.equal(null);
    expect(words(container)).to.equal('');
    expect([...container.querySelectorAll('p')].flatMap((each) => each.getAttributeNames())).to.deep.equal([]);
  });

  for (const [what, value] of [
    ['an object', {}],
    ['an object with a text of its own', { toString: () => 'text' }],
    ['a function', () => 'text'],
    ['a symbol', Symbol('text')],
    ['an element', document.createElement('img')],
    ['a set', new Set(['text'])],
    ['a directive that came as data', { ['_$litDirective$']: 'repeat', values: [] }],
    ['a template with strings of its own', { ...html`<i>${1}</i>`, strings: ['<i>', '</i>'] }],
  ] as const) {
    it(`shows ${what} as nothing, in a text and in an attribute`, () => {
      const container = renderedIn(html`<p title=${value}>${value}</p>`);
      expect(container.innerHTML.replace(/<!--.*?-->/g, '')).to.equal('<p></p>');
    });
  }

  it('shows texts, numbers, and templates and lists of them', () => {
    const items = ['<b>', 2, html`<i>three</i>`, [html`<i>four</i>`], undefined, null];
    const container = renderedIn(html`<p title=${7}>${items}${svg`<g></g>`}</p>`);
    expect(words(container)).to.equal('<b>2threefour');
    expect(container.querySelectorAll('i')).to.have.length(2);
    expect(container.querySelector('p')?.title).to.equal('7');
    expect(container.querySelector('g')).not.to.equal(null);
  });

  it('gives properties, conditions and listeners what they are given', () => {
    const given = { some: 'object' };
    let heard: unknown;
    const container = renderedIn(
      html`<p .data=${given} ?hidden=${given} @click=${(event: Event) => (heard = event.type)}>text</p>`,
    );
    const paragraph = container.querySelector('p') as HTMLElement & { data?: unknown };
    expect(paragraph.data).to.equal(given);
    expect(paragraph.hidden).to.equal(true);
    paragraph.click();
    expect(heard).to.equal('click');
  });
});

/** Whatever type it says it has. */
const raw = (members: Record<string, unknown>) => ({ ...achievement('one', progress(1, 2)), ...members });

const showCard = (shown: Achievement, properties: Partial<AchievementCard> = {}) =>
  show('achievement-card', { achievement: shown, clock: fakeClock(NOW), ...properties });

describe('a card renders no markup', () => {
  const bad = poison();
  for (const [where, members] of [
    ['name', { name: bad }],
    ['description', { description: bad }],
    ['category', { category: bad }],
    ['rewards[].name', { rewards: [{ kind: 'item', name: bad }] }],
    ['requirements[].id', { requirements: [{ id: bad, unit: 'count', current: 1, target: 2 }] }],
    ['apiName', { apiName: bad }],
    ['id', { id: bad }],
    ['the whole', bad as Record<string, unknown>],
  ] as const) {
    it(`that stands in its ${where}`, async () => {
      const card = await showCard(raw(members));
      if (part(card, 'details-toggle')) await openDetails(card);
      expect(part(card, 'name')).not.to.equal(null);
      expect(card.renderRoot.querySelector('.poison')).to.equal(null);
    });
  }
});

/** Everything about it throws but what is given. */
function throwing(members: Record<string, unknown>): Achievement {
  return new Proxy(members, {
    get(target, name) {
      if (typeof name === 'string' && name in target) return target[name];
      throw new Error(`secret canary ${String(name)}`);
    },
  }) as unknown as Achievement;
}

const problemsOf = (card: AchievementCard) => eventsAt(card, ['achievement-problem']) as AchievementProblemEvent[];

describe('a card that cannot be rendered', () => {
  before(speakEnglish);

  for (const [what, broken, name] of [
    ['rewards that are none', raw({ rewards: null }), 'Name of one'],
    ['media that are none', raw({ media: null }), 'Name of one'],
    ['a rarity that is none', raw({ rarity: { category: Symbol('rare') } }), 'Name of one'],
    ['members that throw', throwing({ key: 'a', name: 'Its name', secret: false }), 'Its name'],
    ['everything that throws', throwing({}), 'Secret achievement'],
    ['nothing at all', {} as Achievement, undefined],
    ['a secret', throwing({ name: 'canary', secret: true, state: 'locked' }), 'Secret achievement'],
    ['a secret with rewards that are none', raw({ name: 'canary', secret: true, rewards: null }), 'Secret achievement'],
    ['an unlocked secret', throwing({ name: 'Told', secret: true, state: 'unlocked' }), 'Told'],
  ] as const) {
    it(`for ${what} keeps its name`, async () => {
      const card = await showCard(achievement('good'));
      const problems = problemsOf(card);
      card.achievement = broken;
      await card.updateComplete;
      if (name !== undefined) expect(words(part(card, 'name'))).to.equal(name);
      expect(problems.length).to.be.at.most(1);
      for (const { problem } of problems) {
        expect(problem.code).to.equal('bad-shape');
        expect(JSON.stringify(problem)).not.to.match(/canary|Name of|Its name/);
      }
      const shown = (card.shadowRoot?.textContent ?? '') + (part(card, 'card')?.getAttribute('aria-label') ?? '');
      expect(shown).not.to.contain('canary');
      // Once, however often it is rendered.
      card.layout = 'grid';
      await card.updateComplete;
      expect(problems.length).to.be.at.most(1);
      card.achievement = achievement('next', progress(1, 2));
      await card.updateComplete;
      expect(words(part(card, 'name'))).to.equal('Name of next');
      expect(words(part(card, 'progress-label'))).to.equal('1 of 2');
    });
  }

  it('tells its host of each one once', async () => {
    const card = await showCard(achievement('good'));
    const problems = problemsOf(card);
    for (const broken of [throwing({ key: '1' }), throwing({ key: '2' })]) {
      card.achievement = broken;
      await card.updateComplete;
      card.requestUpdate();
      await card.updateComplete;
    }
    expect(problems.map(({ problem }) => problem.code)).to.deep.equal(['bad-shape', 'bad-shape']);
    expect(card.state).to.equal('unknown');
    expect(card.secret || card.masked || card.revoked).to.equal(false);
  });
});

it('a revealed secret without a name has the stand-in of one', async () => {
  const card = await showCard(achievement('one', { name: '', secret: true }), { revealPolicy: 'always' });
  expect(words(part(card, 'name'))).to.equal('Secret achievement');
});

/** One that is shown with all it has, whatever that is. */
async function openedIn(list: AchievementList): Promise<AchievementCard> {
  const [card] = cardsOf(list);
  if (part(card!, 'details')?.hidden) await openDetails(card!);
  return card!;
}

describe('what only looks like a template', () => {
  before(speakEnglish);
  beforeEach(forgetPoison);
  afterEach(forgetPoison);

  it('is one to Lit, also as a copy, and does there what it wants (control)', async () => {
    const parent = await room();
    render(litHtml`<p>${structuredClone(poison())}</p>`, parent);
    expect(foreignIn(parent)).to.equal(1);
    await until(() => deedsOf().asked && deedsOf().acted);
    expect(wasAlive()).to.equal(true);
  });

  it('is nothing in achievements that a page gives, and all of it is told', async () => {
    const parent = await room();
    const problems = eventsAt(parent, ['achievement-problem']) as AchievementProblemEvent[];
    const given = [
      structuredClone(raw(poisonedMembers())),
      structuredClone(poison()),
      { id: 'json', name: 'JSON', ...poisonedMembers() },
    ];
    const list = await show(
      'achievement-list',
      { achievements: given as unknown as Achievement[], controls: true, groupBy: 'category', summary: true },
      parent,
    );
    for (const card of cardsOf(list)) await openDetails(card);
    expect(cardsOf(list).map((card) => words(part(card, 'name')))).to.deep.equal(['Name of one', 'JSON']);
    list.query = 'name';
    list.layout = 'compact';
    await settled(list);
    expect(foreignIn(parent)).to.equal(0);
    expect(wasAlive()).to.equal(false);
    const [{ problem }] = problems as [AchievementProblemEvent];
    expect(problem.skipped?.map(({ index }) => index)).to.deep.equal([1]);
    expect(new Set(problem.omitted?.map(({ member }) => member))).to.include.all.keys(
      'lockedDescription',
      'category',
      'apiName',
      'productId',
      'rewards.name',
      'requirements.id',
    );
    expect(JSON.stringify(problem)).not.to.contain('img');
  });

  it('is nothing in what a bridge tells a game', async () => {
    const store = fakeStore([raw(poisonedMembers()), raw({ ...poisonedMembers(), key: 'b', secret: true })]);
    const bridge = connectBridge(store, { origins: [location.origin] });
    const joined = await joinBridge({ origin: location.origin });
    const parent = await room();
    const list = await show('achievement-list', {}, parent);
    const stop = joined.state(({ achievements }) => (list.achievements = achievements as readonly Achievement[]));
    await until(() => cardsOf(list).length === 2);
    await settled(list);
    const card = await openedIn(list);
    expect(words(part(card, 'name'))).to.equal('Name of one');
    expect(foreignIn(parent)).to.equal(0);
    expect(wasAlive()).to.equal(false);
    stop();
    joined.close();
    bridge.disconnect();
  });

  const good = {
    id: 'one',
    name: 'Good',
    description: 'Description',
    lockedDescription: 'How to get it',
    category: 'Sky',
    rewards: [{ kind: 'item', name: 'Hat' }],
    requirements: [{ id: 'Moons', current: 1, target: 2 }],
    apiName: 'GOOD',
    productId: 'product',
  };
  const HEALED = {
    'How to get it': 'How to get it',
    Rewards: 'Hat',
    Category: 'Sky',
    'API name': 'GOOD',
    Product: 'product',
  };

  /** A service that always says the same, and remembers with which ETags it was asked. */
  function service(etag: string | undefined) {
    const asked: (string | null)[] = [];
    const held = { until: Promise.resolve() };
    const answer: typeof fetch = async (input, init) => {
      const tag = new Request(input, init).headers.get('if-none-match');
      asked.push(tag);
      await held.until;
      if (tag !== null && tag === etag) return new Response(null, { status: 304 });
      const headers = { 'content-type': 'application/json', ...(etag ? { etag } : {}) };
      return new Response(JSON.stringify({ achievements: [good] }), { headers });
    };
    return { asked, held, answer };
  }

  for (const [how, etag] of [
    ['an ETag', '"same"'],
    ['the same text', undefined],
  ] as const) {
    it(`is nothing in what the device keeps, and the next answer heals it although ${how} says that nothing changed`, async () => {
      const player = `poisoned ${etag ?? 'digest'} ${crypto.randomUUID()}`;
      const { asked, held, answer } = service(etag);
      const parent = await room();
      const visit = async () => {
        for (const list of parent.querySelectorAll('achievement-list')) list.remove();
        return show(
          'achievement-list',
          { src: 'https://game.example/list', player, fetch: answer, summary: true },
          parent,
        );
      };
      await visit();
      let kept: readonly object[] = [];
      await until(async () => (kept = await keptOf(player)).length === 1, 'the answer is kept');
      // As nothing is wrong with it, it is asked whether it is still true.
      const second = await visit();
      await until(() => asked.length === 2 && second.store?.snapshot.activity === 'idle');
      expect(asked[1]).to.equal(etag ?? null);

      const [bad] = await keptOf(player, (known) => ({ ...known, ...poisonedMembers() }));
      const [back] = await keptOf(player);
      expect(back).to.deep.equal(bad);
      // In a document that asks for nothing and runs nothing.
      const inert = document.implementation.createHTMLDocument();
      render(litHtml`${(back as { category: unknown }).category}`, inert.body, { creationScope: inert });
      expect(foreignIn(inert), 'it is one there (control)').to.equal(1);

      const gate = deferred<void>();
      held.until = gate.promise;
      const list = await visit();
      await until(() => cardsOf(list).length === 1 && asked.length === 3);
      await settled(list);
      const painted = rowsOf(part(await openedIn(list), 'details')!);
      expect(words(part(cardsOf(list)[0]!, 'name'))).to.equal('Good');
      for (const [label, text] of Object.entries(HEALED)) expect(painted[label], label).not.to.equal(text);
      expect(foreignIn(parent)).to.equal(0);
      gate.resolve();
      await until(() => list.store?.snapshot.activity === 'idle');
      await settled(list);
      // "Nothing changed" would have confirmed what could not be read.
      expect(asked[2]).to.equal(null);
      expect(rowsOf(part(await openedIn(list), 'details')!)).to.include(HEALED);
      await until(async () => JSON.stringify(await keptOf(player)) === JSON.stringify(kept), 'the device has it whole');
      expect(foreignIn(parent)).to.equal(0);
      expect(wasAlive()).to.equal(false);
      await list.store!.signOut();
    });
  }
});
