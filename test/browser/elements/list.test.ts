import { expect } from '@open-wc/testing';
import { memory } from '../../../src/backends/memory.js';
import '../../../src/define/achievement-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type {
  AchievementProblemEvent,
  AchievementProgressEvent,
  AchievementSyncEvent,
  AchievementUnlockEvent,
} from '../../../src/elements/events.js';
import { type Fresh, type Problem, type ProblemCode, ProblemError } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import {
  MINUTE,
  NOW,
  achievement,
  achievements,
  cardOf,
  cardsOf,
  click,
  consoleOf,
  deferred,
  eventsAt,
  idsOf,
  part,
  progress,
  room,
  scripted,
  settled,
  show,
  speakEnglish,
  until,
  words,
  world,
} from '../../support/elements/fixtures.js';

const statusOf = (list: AchievementList) => words(part(list, 'status'));
const buttonIn = (element: Element | null) => element?.querySelector('button');
const typesOf = (events: readonly Event[]) => events.map(({ type }) => type);
const trouble = (code: ProblemCode, members: Partial<Problem> = {}) =>
  new ProblemError({ code, message: `Played: ${code}`, ...members });

/** A list that has its first answer. */
async function showAnswered(properties: Partial<AchievementList>, parent?: Element): Promise<AchievementList> {
  const list = await show('achievement-list', properties, parent);
  await until(() => list.store?.snapshot.activity === 'idle');
  await settled(list);
  return list;
}

before(speakEnglish);

describe('where a list has its achievements from', () => {
  it('its own attributes alone', async () => {
    const parent = await room();
    parent.innerHTML =
      '<achievement-list src="/test/browser/elements/no-such-file.json" cache="memory"></achievement-list>';
    const list = parent.querySelector('achievement-list')!;
    await until(() => list.store?.snapshot.problem);
    expect(list.store?.backend.id).to.equal('json');
    expect(list.store?.backend.scope).to.equal(`${location.origin}/test/browser/elements/no-such-file.json`);
  });

  for (const backend of ['xbox', 'talon-one', 'json']) {
    it(`a backend by its name: ${backend}`, async () => {
      const asked: string[] = [];
      const list = await show('achievement-list', {
        backend,
        src: '/the/service',
        cache: 'memory',
        fetch: (url) => {
          asked.push(String(url instanceof Request ? url.url : url));
          return Promise.resolve(Response.json({}));
        },
      });
      await until(() => asked.length > 0);
      expect(asked[0]).to.contain(`${location.origin}/the/service`);
      expect(list.store?.backend.id).to.equal(backend);
    });
  }

  it('what is set after it is in the document', async () => {
    const list = await show('achievement-list');
    const { environment } = world();
    list.backend = scripted(achievements(3));
    list.environment = environment;
    await until(() => cardsOf(list).length === 3);
  });

  it('what is set in the same task as it is put into the document', async () => {
    const list = document.createElement('achievement-list');
    (await room()).append(list);
    Object.assign(list, { backend: scripted(achievements(3)), environment: world().environment });
    await until(() => cardsOf(list).length === 3);
  });

  it('an attribute that is written in the same task as it is put into the document', async () => {
    const list = document.createElement('achievement-list');
    (await room()).append(list);
    list.setAttribute('cache', 'memory');
    list.setAttribute('src', '/later.json');
    await settled(list);
    expect(list.store?.backend.scope).to.equal(`${location.origin}/later.json`);
  });

  it('another service when its attributes change, and the first one is asked no more', async () => {
    const first = scripted(achievements(1));
    const second = scripted(achievements(2));
    const { environment } = world();
    const list = await showAnswered({ backend: first, environment });
    list.backend = second;
    await until(() => cardsOf(list).length === 2);
    await list.store!.refresh();
    expect([first.requests, second.requests]).to.deep.equal([1, 2]);
  });

  it('a store that it is given, which stays alive when the list goes away', async () => {
    const backend = scripted(achievements(2));
    const store = createStore({ backend, environment: world().environment });
    const list = await showAnswered({ store });
    expect(list.store).to.equal(store);
    expect(cardsOf(list)).to.have.length(2);
    list.remove();
    await store.refresh();
    expect(backend.requests).to.equal(2);
  });

  it('the source around it, which is asked once for any number of lists', async () => {
    const backend = scripted(achievements(2));
    const source = await show('achievement-source', { backend, environment: world().environment });
    const lists = [await show('achievement-list', {}, source), await show('achievement-list', {}, source)];
    const summary = await show('achievement-summary', {}, source);
    await until(() => lists.every((list) => cardsOf(list).length === 2));
    await settled(summary);
    expect(words(part(summary, 'totals'))).to.equal('0 of 2 unlocked');
    expect(backend.requests).to.equal(1);
    expect(lists[0]!.store).to.equal(source.store);
  });

  it('a source at any depth, through shadow roots', async () => {
    const source = await show('achievement-source', {
      backend: memory({ achievements: achievements(2) }),
      environment: world().environment,
    });
    const host = source.appendChild(document.createElement('section'));
    const inside = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('div'));
    const list = await show('achievement-list', {}, inside);
    await until(() => cardsOf(list).length === 2);
  });

  it('the nearest of two sources', async () => {
    const { environment } = world();
    const outer = await show('achievement-source', { backend: memory({ achievements: achievements(1) }), environment });
    const inner = await show(
      'achievement-source',
      { backend: memory({ achievements: achievements(2) }), environment },
      outer,
    );
    const list = await show('achievement-list', {}, inner);
    await until(() => cardsOf(list).length === 2);
    expect(list.store).to.equal(inner.store);
  });

  it('its own attributes also inside a source', async () => {
    const { environment } = world();
    const source = await show('achievement-source', { backend: scripted(achievements(1)), environment });
    const list = await showAnswered({ backend: scripted(achievements(2)), environment }, source);
    expect(cardsOf(list)).to.have.length(2);
    expect(list.store).not.to.equal(source.store);
  });

  it('the other source after it moved there, and none after it moved out', async () => {
    const { environment } = world();
    const first = await show('achievement-source', { backend: memory({ achievements: achievements(1) }), environment });
    const second = await show('achievement-source', {
      backend: memory({ achievements: achievements(2) }),
      environment,
    });
    const list = await show('achievement-list', {}, first);
    await until(() => cardsOf(list).length === 1);
    second.append(list);
    await until(() => cardsOf(list).length === 2);
    expect(list.store).to.equal(second.store);
    (await room()).append(list);
    await settled(list);
    expect(cardsOf(list)).to.deep.equal([]);
    expect(list.store).to.equal(undefined);
  });

  it('the source around it when that gets its backend later', async () => {
    const source = await show('achievement-source', { environment: world().environment });
    const list = await show('achievement-list', {}, source);
    expect(cardsOf(list)).to.deep.equal([]);
    source.backend = memory({ achievements: achievements(2) });
    await until(() => cardsOf(list).length === 2);
  });

  it('an array, and then nobody is asked', async () => {
    const backend = scripted(achievements(5));
    const { environment } = world();
    const list = await show('achievement-list', { backend, environment, achievements: achievements(2) });
    expect(cardsOf(list)).to.have.length(2);
    expect(part(list, 'status')).to.equal(null);
    list.achievements = achievements(3);
    await settled(list);
    expect(cardsOf(list)).to.have.length(3);
    expect(backend.requests).to.equal(0);
    Object.assign(list, { achievements: undefined });
    await until(() => cardsOf(list).length === 5);
    expect(backend.requests).to.equal(1);
  });

  it('an array, with the same achievement twice', async () => {
    const one = achievement('twice');
    const list = await show('achievement-list', { achievements: [one, achievement('other'), one] });
    expect(idsOf(list)).to.include.members(['twice', 'other']);
    list.achievements = [achievement('other'), one];
    await settled(list);
    expect(idsOf(list)).to.deep.equal(['other', 'twice']);
  });

  it('nowhere: then it shows nothing', async () => {
    const list = await show('achievement-list');
    expect(words(list.shadowRoot!.firstElementChild)).to.equal('');
    expect(part(list, 'problem') ?? part(list, 'empty') ?? part(list, 'list')).to.equal(null);
  });
});

describe('what a list shows', () => {
  it('a skeleton while it waits, but not for a moment', async () => {
    const answer = deferred<Fresh>();
    const { clock, environment } = world();
    const list = await show('achievement-list', { backend: scripted(answer.promise), environment });
    const skeleton = () => list.renderRoot.querySelector('.skeletons');
    expect(skeleton(), 'at once').to.equal(null);
    await clock.advance(1000);
    await settled(list);
    expect(skeleton()?.getAttribute('aria-label')).to.equal('Loading achievements…');
    answer.resolve({ achievements: achievements(1) });
    await until(() => cardsOf(list).length === 1);
    expect(skeleton()).to.equal(null);
  });

  it('nothing of a player who signed out, and no skeleton either', async () => {
    const { clock, environment } = world();
    const list = await showAnswered({ backend: scripted(achievements(2)), player: 'ada', environment });
    expect(cardsOf(list)).to.have.length(2);
    await list.store!.signOut();
    await clock.advance(1000);
    await settled(list);
    expect(cardsOf(list)).to.have.length(0);
    expect(list.renderRoot.querySelectorAll('.skeletons')).to.have.length(0);
  });

  it('a sentence where there is nothing, or what the page puts there', async () => {
    const list = await showAnswered({ backend: scripted([]), environment: world().environment });
    expect(words(part(list, 'empty'))).to.equal('No achievements yet.');
    const own = document.createElement('p');
    own.slot = 'empty';
    own.textContent = 'Play first!';
    list.append(own);
    expect(own.assignedSlot?.name).to.equal('empty');
    expect(own.getBoundingClientRect().height).to.be.greaterThan(0);
  });

  it('what the page puts above everything', async () => {
    const heading = Object.assign(document.createElement('h2'), { slot: 'header', textContent: 'Trophies' });
    const list = document.createElement('achievement-list');
    list.achievements = achievements(1);
    list.append(heading);
    (await room()).append(list);
    await settled(list);
    expect(heading.assignedSlot?.name).to.equal('header');
    expect(heading.getBoundingClientRect().bottom).to.be.at.most(part(list, 'list')!.getBoundingClientRect().top);
  });

  const problems: readonly (readonly [code: ProblemCode, words: string])[] = [
    ['offline', 'You seem to be offline.'],
    ['timeout', 'The service took too long to answer.'],
    ['unauthorized', 'Please sign in again.'],
    ['forbidden', 'You may not see these achievements.'],
    ['not-found', 'There is nothing at this address.'],
    ['rate-limited', 'Too many requests. Please wait a moment.'],
    ['server', 'The service has a problem of its own.'],
    ['bad-shape', 'The answer could not be understood.'],
    ['too-large', 'The answer was too large to read in full.'],
    ['storage', 'This device would not keep the achievements.'],
    ['unknown', 'Something unexpected went wrong.'],
  ];
  for (const [code, text] of problems) {
    it(`a problem with nothing to show beside it, and a way to try again: ${code}`, async () => {
      const backend = scripted(trouble(code));
      const list = await show('achievement-list', { backend, environment: world().environment });
      await until(() => part(list, 'problem'));
      const box = part(list, 'problem')!;
      expect(box.getAttribute('role')).to.equal('alert');
      expect(words(box.querySelector('p'))).to.equal(text);
      backend.answer = achievements(1);
      click(buttonIn(box));
      await until(() => cardsOf(list).length === 1);
      expect(part(list, 'problem')).to.equal(null);
      expect(backend.requests).to.equal(2);
    });
  }

  it('what the page puts there instead of a problem', async () => {
    const list = await show('achievement-list', {
      backend: scripted(trouble('server')),
      environment: world().environment,
    });
    await until(() => part(list, 'problem'));
    const own = Object.assign(document.createElement('p'), { slot: 'problem', textContent: 'Call us.' });
    list.append(own);
    expect(own.assignedSlot?.name).to.equal('problem');
  });

  it('a backend that nobody registered as a problem, alone and in a source', async () => {
    const parent = await room();
    const events = eventsAt(parent) as AchievementProblemEvent[];
    parent.innerHTML = `
      <achievement-list backend="no-such" src="/x"></achievement-list>
      <achievement-source backend="no-such" src="/x"><achievement-list></achievement-list></achievement-source>`;
    const lists = [...parent.querySelectorAll('achievement-list')];
    for (const list of lists) await settled(list);
    expect(lists.map((list) => words(part(list, 'problem')))).to.deep.equal([
      'There is nothing at this address.',
      'There is nothing at this address.',
    ]);
    expect(buttonIn(part(lists[0]!, 'problem')), 'nothing to try again').to.not.exist;
    expect(events.map(({ problem }) => problem.message)).to.have.length(2);
    for (const { problem } of events) expect(problem.message).to.contain('"no-such"').and.contain('xbox');
  });

  it('the list as it was where the service has a problem later', async () => {
    const backend = scripted(achievements(3));
    const list = await showAnswered({ backend, environment: world().environment });
    const before = cardsOf(list);
    backend.answer = trouble('server');
    await list.store!.refresh();
    await settled(list);
    expect(cardsOf(list)).to.deep.equal(before);
    expect(statusOf(list)).to.equal('Couldn’t check: The service has a problem of its own. Try again');
    backend.answer = achievements(3);
    click(buttonIn(part(list, 'status')));
    await until(() => statusOf(list).startsWith('Up to date'));
  });

  it('how fresh it is: just now, and later the time', async () => {
    const { clock, environment } = world();
    const list = await showAnswered({ backend: scripted(achievements(1)), environment });
    expect(statusOf(list)).to.equal('Up to date · just now');
    await clock.advance(MINUTE);
    await settled(list);
    expect(statusOf(list)).to.match(/^Up to date · \d\d?:\d\d\s[AP]M$/);
  });

  it('that it is being checked', async () => {
    const backend = scripted(achievements(1));
    const list = await showAnswered({ backend, environment: world().environment });
    const answer = deferred<Fresh>();
    backend.answer = answer.promise;
    const done = list.store!.refresh();
    await settled(list);
    expect(statusOf(list)).to.equal('Checking…');
    answer.resolve({ achievements: achievements(1) });
    await done;
    await settled(list);
    expect(statusOf(list)).to.equal('Up to date · just now');
  });

  it('since when, without a connection', async () => {
    const { page, environment } = world();
    const backend = scripted(achievements(1));
    const list = await showAnswered({ backend, environment });
    backend.answer = trouble('offline');
    page.online = false;
    await list.store!.refresh();
    await settled(list);
    expect(statusOf(list)).to.match(/^Offline · As of \d\d?:\d\d\s[AP]M$/);
    expect(cardsOf(list)).to.have.length(1);
  });

  it('how many could not be read', async () => {
    const skipped = (count: number) => Array.from({ length: count }, (_, index) => ({ index, reason: 'name' }));
    const backend = scripted({
      achievements: achievements(2),
      problem: { code: 'bad-shape', message: 'Some', skipped: skipped(1) },
    });
    const list = await showAnswered({ backend, environment: world().environment });
    expect(statusOf(list)).to.equal('1 achievement could not be read');
    expect(cardsOf(list)).to.have.length(2);
    backend.answer = {
      achievements: achievements(2),
      problem: { code: 'bad-shape', message: 'Some', skipped: skipped(3) },
    };
    await list.store!.refresh();
    await settled(list);
    expect(statusOf(list)).to.equal('3 achievements could not be read');
  });
});

describe('how a list arranges', () => {
  const some = [
    achievement('a', { name: 'Beta', ...progress(9, 10), rewards: [{ kind: 'points', value: 5 }] }),
    achievement('b', { name: 'alpha 10', state: 'unlocked', unlockedAt: NOW, rarity: { percent: 50 } }),
    achievement('c', { name: 'alpha 9', rewards: [{ kind: 'points', value: 50 }], rarity: { percent: 2 } }),
    achievement('d', { name: 'Gamma', ...progress(1, 10) }),
  ];

  const sorts: readonly (readonly [sort: string, ids: string])[] = [
    ['', 'a b c d'],
    ['order', 'a b c d'],
    ['name', 'c b a d'],
    ['-name', 'd a b c'],
    ['state', 'a d c b'],
    ['state -progress', 'a d c b'],
    ['state progress', 'd a c b'],
    ['-points', 'c a b d'],
    ['rarity', 'c b a d'],
    ['remaining', 'a d b c'],
    ['unlocked', 'b a c d'],
    ['state, name', 'a d c b'],
  ];
  for (const [sort, ids] of sorts) {
    it(`sort="${sort}"`, async () => {
      const list = await show('achievement-list', { achievements: some });
      list.setAttribute('sort', sort);
      await settled(list);
      expect(idsOf(list).join(' ')).to.equal(ids);
    });
  }

  const filters: readonly (readonly [filter: string, limit: number, ids: string])[] = [
    ['', 0, 'a b c d'],
    ['in-progress', 0, 'a d'],
    ['locked unlocked', 0, 'b c'],
    ['', 2, 'a b'],
    ['in-progress', 1, 'a'],
    ['', -1, 'a b c d'],
    ['', Number.NaN, 'a b c d'],
    ['', 99, 'a b c d'],
  ];
  for (const [filter, limit, ids] of filters) {
    it(`filter="${filter}" limit="${limit}"`, async () => {
      const list = await show('achievement-list', { achievements: some, filter, limit });
      expect(idsOf(list).join(' ')).to.equal(ids);
    });
  }

  it('and shows the sentence for an empty list where the filter leaves nothing', async () => {
    const list = await show('achievement-list', { achievements: some, filter: 'expired' });
    expect(part(list, 'empty')).not.to.equal(null);
  });

  it('adds up everything, whatever is filtered and limited', async () => {
    const list = await show('achievement-list', { achievements: some, summary: true, filter: 'locked', limit: 1 });
    const summary = part(list, 'summary')!;
    expect(words(part(summary, 'totals'))).to.equal('1 of 4 unlocked · 0 of 55 points');
    expect(words(summary.shadowRoot?.querySelector('.percent'))).to.equal('25%');
  });

  it('leaves what was revoked out of the totals', async () => {
    const revoked = achievement('r', { state: 'unlocked', revoked: true, rewards: [{ kind: 'points', value: 500 }] });
    const list = await show('achievement-list', { achievements: [...some, revoked], summary: true });
    expect(words(part(part(list, 'summary')!, 'totals'))).to.equal('1 of 4 unlocked · 0 of 55 points');
  });

  for (const layout of ['list', 'grid', 'compact'] as const) {
    it(`layout="${layout}"`, async () => {
      const list = await show('achievement-list', { achievements: some, layout });
      expect(list.getAttribute('layout')).to.equal(layout);
      expect(cardsOf(list).map((card) => card.getAttribute('layout'))).to.deep.equal(Array(4).fill(layout));
      const tops = new Set(cardsOf(list).map((card) => card.getBoundingClientRect().top));
      expect(tops.size > 1 && tops.size === 4).to.equal(layout !== 'grid');
    });
  }

  it('in a list that is a list to assistive technology', async () => {
    const list = await show('achievement-list', { achievements: some });
    const element = part(list, 'list')!;
    expect([element.localName, element.getAttribute('role'), element.getAttribute('aria-label')]).to.deep.equal([
      'ul',
      'list',
      'Achievements',
    ]);
    expect([...element.children].map(({ localName }) => localName)).to.deep.equal(['li', 'li', 'li', 'li']);
  });

  it('lets a page style its cards and their parts from outside', async () => {
    const parent = await room();
    const style = parent.appendChild(document.createElement('style'));
    style.textContent = `
      achievement-list::part(card) { outline: 1px solid rgb(1, 2, 3); }
      achievement-list::part(name) { color: rgb(4, 5, 6); }
      achievement-list::part(card-body) { border-color: rgb(7, 8, 9); }`;
    const list = await show('achievement-list', { achievements: some }, parent);
    const card = cardOf(list, 'c');
    expect(getComputedStyle(card).outlineColor).to.equal('rgb(1, 2, 3)');
    expect(getComputedStyle(part(card, 'name')!).color).to.equal('rgb(4, 5, 6)');
    expect(getComputedStyle(part(card, 'card')!).borderTopColor).to.equal('rgb(7, 8, 9)');
  });

  it('says once what it does not understand', async () => {
    const lines = await consoleOf(async () => {
      const list = await show('achievement-list', { achievements: some, sort: 'nmae -points', filter: 'opened' });
      list.achievements = [...some];
      await settled(list);
      list.sort = 'nmae';
      await settled(list);
      expect(idsOf(list)).to.deep.equal(['a', 'b', 'c', 'd']);
    });
    expect(lines).to.have.length(2);
    expect(lines.join()).to.contain('nmae').and.contain('opened').and.contain('<achievement-list sort>');
  });
});

describe('what a list tells its page', () => {
  const locked = () => [achievement('a'), achievement('b', progress(1, 10))];
  const unlocked = () => [achievement('a', { state: 'unlocked', unlockedAt: NOW }), achievement('b', progress(2, 10))];

  it('nothing but its status for the first data', async () => {
    const parent = await room();
    const events = eventsAt(parent);
    await showAnswered({ backend: scripted(unlocked()), environment: world().environment }, parent);
    expect(new Set(typesOf(events))).to.deep.equal(new Set(['achievement-sync']));
  });

  it('what was unlocked and what moved on while it looked', async () => {
    const parent = await room();
    const backend = scripted(locked());
    const list = await showAnswered({ backend, environment: world().environment }, parent);
    const events = eventsAt(parent, ['achievement-unlock', 'achievement-progress']);
    backend.answer = unlocked();
    await list.store!.refresh();
    expect(typesOf(events)).to.deep.equal(['achievement-unlock', 'achievement-progress']);
    const [unlock, moved] = events as [AchievementUnlockEvent, AchievementProgressEvent];
    expect([unlock.bubbles, unlock.composed, unlock.cancelable]).to.deep.equal([true, true, false]);
    expect(unlock.achievements.map(({ id }) => id)).to.deep.equal(['a']);
    expect(unlock.missed).to.equal(false);
    expect([moved.previous.progress?.current, moved.achievement.progress?.current]).to.deep.equal([1, 2]);
    await list.store!.refresh();
    expect(events, 'once').to.have.length(2);
  });

  it('what was unlocked since the last visit, as missed', async () => {
    const { environment } = world();
    const first = await showAnswered({ backend: scripted(locked()), environment, player: 'A' });
    await until(() => first.store?.snapshot.activity === 'idle');
    first.remove();
    const parent = await room();
    const events = eventsAt(parent, ['achievement-unlock']) as AchievementUnlockEvent[];
    await showAnswered({ backend: scripted(unlocked()), environment, player: 'A' }, parent);
    await until(() => events.length > 0);
    expect(events.map(({ missed, achievements }) => [missed, achievements.length])).to.deep.equal([[true, 1]]);
  });

  it('its status without a word of what is in the library', async () => {
    const parent = await room();
    const events = eventsAt(parent, ['achievement-sync']) as AchievementSyncEvent[];
    await showAnswered({ backend: scripted(locked()), environment: world().environment }, parent);
    expect(events.length).to.be.greaterThan(0);
    for (const { status } of events) expect(status).not.to.have.property('library');
    expect(events.at(-1)?.status).to.deep.include({ activity: 'idle', checkedAt: NOW });
    expect(JSON.stringify(events.map(({ status }) => status))).not.to.contain('Name of');
  });

  it('a problem once, and again only when it comes again', async () => {
    const parent = await room();
    const events = eventsAt(parent, ['achievement-problem']) as AchievementProblemEvent[];
    const backend = scripted(locked());
    const list = await showAnswered({ backend, environment: world().environment }, parent);
    const answer = async (next: typeof backend.answer) => {
      backend.answer = next;
      await list.store!.refresh();
    };
    await answer(trouble('forbidden'));
    await answer(locked());
    await answer(trouble('forbidden'));
    expect(events.map(({ problem }) => problem.code)).to.deep.equal(['forbidden', 'forbidden']);
  });

  it('each change once, from the source that several lists are in', async () => {
    const parent = await room();
    const backend = scripted(locked());
    const source = await show('achievement-source', { backend, environment: world().environment }, parent);
    const lists = [await show('achievement-list', {}, source), await show('achievement-list', {}, source)];
    await until(() => lists.every((list) => cardsOf(list).length === 2));
    const events = eventsAt(parent, ['achievement-unlock']);
    backend.answer = unlocked();
    await source.store!.refresh();
    expect(events).to.have.length(1);
    expect(events[0]!.target).to.equal(source);
  });

  it('nothing where the page itself sets a property', async () => {
    const parent = await room();
    const list = await show('achievement-list', { achievements: locked() }, parent);
    const events = eventsAt(parent);
    const changes: Partial<AchievementList>[] = [
      { achievements: unlocked() },
      { sort: 'name' },
      { filter: 'locked' },
      { limit: 1 },
      { layout: 'grid' },
      { summary: true },
      { reveal: 'always' },
      { locale: 'de' },
      { theme: 'dark' },
      { linkSchemes: 'steam' },
      { achievements: [] },
    ];
    for (const change of changes) {
      Object.assign(list, change);
      await settled(list);
    }
    const card = await show('achievement-card', { achievement: locked()[1]! }, parent);
    Object.assign(card, { achievement: unlocked()[0], revealed: true, state: 'locked' });
    await settled(card);
    const store = createStore({ backend: scripted(unlocked()), environment: world().environment });
    await store.refresh();
    const other = await show('achievement-list', {
      store: createStore({ backend: scripted(locked()), environment: world().environment }),
    });
    await until(() => cardsOf(other).length === 2);
    parent.append(other);
    await settled(other);
    other.store = store;
    await settled(other);
    expect(typesOf(events).filter((type) => type !== 'achievement-sync')).to.deep.equal([]);
  });
});
