import { expect } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import '../../../src/define/achievement-source.js';
import '../../../src/define/achievement-toasts.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { AchievementToasts } from '../../../src/elements/achievement-toasts.js';
import {
  type ScriptedBackend,
  MINUTE,
  SECOND,
  achievement,
  achievements,
  cardsOf,
  deferred,
  eventsAt,
  parts,
  room,
  scripted,
  settled,
  show,
  speakEnglish,
  until,
  world,
} from '../../support/elements/fixtures.js';

before(speakEnglish);

const locked = () => achievements(2, { state: 'locked' });
const unlocked = () => [achievement('0', { order: 0, state: 'unlocked' }), ...locked().slice(1)];

const hasCards = (count: number) => (list: AchievementList) => cardsOf(list).length === count;

/** Lists of one address, in a world of their own. */
async function several(count: number, backend: ScriptedBackend = scripted(locked())) {
  const { clock, environment } = world();
  const parent = await room();
  const given = { backend, environment };
  const lists: AchievementList[] = [];
  for (let index = 0; index < count; index++) {
    lists.push(Object.assign(document.createElement('achievement-list'), given));
  }
  parent.append(...lists);
  await until(() => lists.every(hasCards(2)));
  return { backend, clock, given, lists, parent };
}

const storesOf = (lists: readonly AchievementList[]) => new Set(lists.map(({ store }) => store)).size;

describe('elements that are made of the same', () => {
  it('have one store and ask once, whoever asks', async () => {
    const { backend, given, lists, parent } = await several(12);
    expect(backend.requests).to.equal(1);
    expect(storesOf(lists)).to.equal(1);
    const source = await show('achievement-source', given, parent);
    expect(source.store).to.equal(lists[0]!.store);
    expect(backend.requests).to.equal(1);
  });

  it('have stores of their own where one thing is different', async () => {
    const { lists, given, parent } = await several(1);
    const different: Partial<AchievementList>[] = [
      { player: 'ada' },
      { locale: 'de' },
      { cache: 'memory' },
      { token: () => 'a' },
      { token: () => 'a' },
      { fetch: (...request) => fetch(...request) },
      { environment: { ...given.environment } },
      { backend: scripted(locked()) },
      { overrides: { achievements: {} } },
    ];
    for (const each of different) {
      const list = Object.assign(document.createElement('achievement-list'), { ...given, ...each });
      parent.append(list);
      lists.push(list);
    }
    expect(storesOf(lists)).to.equal(lists.length);
  });

  it('raise their own events, each of them once', async () => {
    const { backend, lists } = await several(2);
    const events = lists.map((list) => eventsAt(list, ['achievement-unlock']));
    backend.answer = unlocked();
    await lists[0]!.store!.refresh();
    expect(events.map(({ length }) => length)).to.deep.equal([1, 1]);
  });

  it('are told of a problem, also those that come to it late', async () => {
    const { backend, given, lists, parent } = await several(1);
    backend.answer = new Error('Played');
    await lists[0]!.store!.refresh();
    const late = Object.assign(document.createElement('achievement-list'), given);
    const events = eventsAt(late, ['achievement-problem', 'achievement-sync']);
    parent.append(late);
    await until(() => hasCards(2)(late));
    expect(events.map(({ type }) => type)).to.include.members(['achievement-problem', 'achievement-sync']);
  });

  it('show toasts once beside a list and a source', async () => {
    const { backend, given, lists, parent } = await several(1);
    const source = await show('achievement-source', given, parent);
    const toasts: AchievementToasts = await show('achievement-toasts', {}, source);
    backend.answer = unlocked();
    await lists[0]!.store!.refresh();
    await until(() => parts(toasts, 'toast').length > 0);
    expect(parts(toasts, 'toast')).to.have.length(1);
  });

  it('let go of it one by one, and the last one ends it', async () => {
    const { backend, lists } = await several(2);
    const [first, second] = lists as [AchievementList, AchievementList];
    const { store } = first;
    const other = scripted(achievements(3));
    first.backend = other;
    await until(() => hasCards(3)(first));
    expect(second.store).to.equal(store);
    backend.answer = achievements(4);
    await store!.refresh();
    await until(() => hasCards(4)(second));
    expect(cardsOf(first)).to.have.length(3);
    second.backend = other;
    await until(() => hasCards(3)(second));
    expect(second.store).to.equal(first.store);
    const { requests } = backend;
    await store!.refresh();
    expect(backend.requests, 'a store that has ended asks nobody').to.equal(requests);
  });

  it('poll as often as the one that wants it most, as long as it is there', async () => {
    const { backend, clock, given, lists, parent } = await several(1);
    lists[0]!.refresh = 60;
    await settled(lists[0]!);
    const quick = await show('achievement-list', { ...given, refresh: 10 }, parent);
    expect(quick.store).to.equal(lists[0]!.store);
    await clock.advance(11 * SECOND);
    await until(() => backend.requests === 2);
    quick.remove();
    // One more is planned already.
    await clock.advance(11 * SECOND);
    const { requests } = backend;
    await clock.advance(40 * SECOND);
    expect(backend.requests - requests).to.be.at.most(1);
    await clock.advance(MINUTE);
    await until(() => backend.requests > requests);
  });

  it('ask again for one that comes when what is shown is old', async () => {
    const { backend, clock, given, parent } = await several(1);
    await clock.advance(MINUTE);
    expect(backend.requests).to.equal(1);
    backend.answer = achievements(3);
    const late = await show('achievement-list', given, parent);
    await until(() => hasCards(3)(late));
    expect(backend.requests).to.equal(2);
  });

  it('show nothing of what another one showed that was replaced', async () => {
    const { backend, given, lists, parent } = await several(1);
    const answer = deferred<'unchanged'>();
    backend.answer = answer.promise;
    lists[0]!.remove();
    const next = await show('achievement-list', given, parent);
    expect(next.store).not.to.equal(lists[0]!.store);
    expect(next.store!.snapshot.library).to.equal(undefined);
    answer.resolve('unchanged');
  });

  it('come back to the store of whoever is there, and else to their own', async () => {
    const { given, lists, parent } = await several(1);
    const [first] = lists as [AchievementList];
    const { store } = first;
    first.remove();
    await Promise.resolve();
    parent.append(first);
    expect(first.store).to.equal(store);
    first.remove();
    await Promise.resolve();
    const second = await show('achievement-list', given, parent);
    expect(second.store).not.to.equal(store);
    parent.append(first);
    expect(first.store).to.equal(second.store);
    await until(() => hasCards(2)(first));
    // A move is no going away.
    parent.prepend(first);
    expect(first.store).to.equal(second.store);
  });
});
