import { expect } from '@open-wc/testing';
import { html as litHtml, render } from 'lit';
import '../../../src/define/achievement-card.js';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import type { AchievementProblemEvent } from '../../../src/elements/events.js';
import { html, svg } from '../../../src/elements/template.js';
import type { Achievement } from '../../../src/model/index.js';
import { fakeClock } from '../../support/fake-clock.js';
import {
  NOW,
  achievement,
  eventsAt,
  openDetails,
  part,
  progress,
  show,
  speakEnglish,
  words,
} from '../../support/elements/fixtures.js';

/** What a message from another window can hold: Lit takes it for one of its templates. */
function poison(markup: string): object {
  const strings: string[] & { raw?: string[] } = [markup];
  strings.raw = [markup];
  return { ['_$litType$']: 1, strings, values: [] };
}

const MARKUP = '<img class="poison" src="x" alt="">';

function renderedIn(template: unknown): HTMLElement {
  const container = document.createElement('div');
  render(template, container);
  return container;
}

describe('a template', () => {
  it('of Lit renders what looks like a template (control)', () => {
    expect(renderedIn(litHtml`<p>${poison(MARKUP)}</p>`).querySelector('.poison')).not.to.equal(null);
  });

  it('of ours renders it as nothing, wherever a text stands', () => {
    const bad = poison(MARKUP);
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
  const bad = poison(MARKUP);
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
