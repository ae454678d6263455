import { expect, nextFrame } from '@open-wc/testing';
import type { ReactiveController } from 'lit';
import '../../../src/define/achievement-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { Achievement } from '../../../src/model/index.js';
import {
  DAY,
  HOUR,
  MINUTE,
  NOW,
  SECOND,
  achievement,
  achievements,
  cardOf,
  cardsOf,
  countRenders,
  factsOf,
  part,
  partWords,
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

before(speakEnglish);

/** How often each card of a list renders from now on, by id; those that do not are left out. */
function rendersOf(list: AchievementList): () => Record<string, number> {
  const counters = cardsOf(list).map((card) => [card.achievement!.id, countRenders(card)] as const);
  return () =>
    Object.fromEntries(counters.filter(([, { count }]) => count > 0).map(([id, { count }]) => [id, count] as const));
}

describe('what changes is rendered, and nothing else', () => {
  const library = () => achievements(30);

  it('one changed achievement renders one card, once', async () => {
    const backend = scripted(library());
    const list = await show('achievement-list', { backend, environment: world().environment, summary: true });
    await until(() => cardsOf(list).length === 30);
    await settled(list);
    const renders = rendersOf(list);
    const nodes = cardsOf(list);
    const changed = achievement('7', { order: 7, ...progress(1, 2) });
    backend.answer = library().map((each) => (each.id === '7' ? changed : each));
    await list.store!.refresh();
    await settled(list);
    expect(renders()).to.deep.equal({ 7: 1 });
    expect(cardsOf(list)).to.deep.equal(nodes);
    expect(words(part(nodes[7]!, 'progress-label'))).to.equal('1 of 2');
  });

  for (const [what, properties] of [
    ['list', {}],
    [
      'list with everything',
      { controls: true, summary: true, details: true, sections: 'pinned nearly-done', groupBy: 'state' },
    ],
    ['grid of 300', { layout: 'grid', achievements: achievements(300) }],
  ] as const) {
    it(`a render of a ${what} that changes nothing touches nothing in the document`, async () => {
      const list = await show('achievement-list', { achievements: library(), ...properties });
      await settled(list);
      const touched: string[] = [];
      const note = (records: readonly MutationRecord[]) =>
        touched.push(
          ...records.map(({ type, target, attributeName }) => `${type} ${target.nodeName} ${attributeName}`),
        );
      const watch = new MutationObserver(note);
      const everything = { subtree: true, childList: true, attributes: true, characterData: true };
      watch.observe(list, everything);
      for (const root of [list, ...cardsOf(list)].map(({ shadowRoot }) => shadowRoot!)) watch.observe(root, everything);
      list.requestUpdate();
      await settled(list);
      note(watch.takeRecords());
      expect(touched).to.deep.equal([]);
      // Control: what does change is noticed.
      list.layout = 'compact';
      await settled(list);
      note(watch.takeRecords());
      expect(touched).not.to.have.length(0);
      watch.disconnect();
    });
  }

  it('an answer that says the same renders none', async () => {
    const backend = scripted(library());
    const list = await show('achievement-list', { backend, environment: world().environment });
    await until(() => cardsOf(list).length === 30);
    await settled(list);
    const renders = rendersOf(list);
    backend.answer = library();
    await list.store!.refresh();
    await settled(list);
    expect(renders()).to.deep.equal({});
  });

  it('a new order moves the cards that are there', async () => {
    const list = await show('achievement-list', { achievements: library() });
    const nodes = new Set(cardsOf(list));
    const renders = rendersOf(list);
    list.sort = '-name';
    await settled(list);
    expect(cardsOf(list).every((card) => nodes.has(card))).to.equal(true);
    expect(cardsOf(list)[0]!.achievement?.id).to.equal('29');
    expect(renders(), 'a card that moves may look at the time again').to.satisfy((counts: Record<string, number>) =>
      Object.values(counts).every((count) => count === 1),
    );
  });

  it('one that comes and one that goes leave the others alone', async () => {
    const all = library();
    const list = await show('achievement-list', { achievements: all });
    const renders = rendersOf(list);
    const nodes = cardsOf(list);
    list.achievements = [achievement('new'), ...all.slice(1)];
    await settled(list);
    expect(cardsOf(list).slice(1)).to.deep.equal(nodes.slice(1));
    expect(renders()).to.deep.equal({});
  });

  it('revealing one renders one', async () => {
    const all = library().map((each): Achievement => ({ ...each, secret: true }));
    const list = await show('achievement-list', { achievements: all });
    const renders = rendersOf(list);
    cardOf(list, '3').reveal();
    await settled(list);
    expect(renders()).to.deep.equal({ 3: 1 });
  });

  it('would be counted if every card rendered: with copies instead of what is kept', async () => {
    const list = await show('achievement-list', { achievements: library() });
    const renders = rendersOf(list);
    list.achievements = library();
    await settled(list);
    expect(Object.keys(renders())).to.have.length(30);
  });

  describe('a thousand steps, ten told in each task', () => {
    const inEachTask = 10;

    /** Tells them to a list, and counts frames and renders until the last one is shown. */
    async function play(steps: number, prepare: (list: AchievementList) => void = () => undefined) {
      const backend = scripted([achievement('0', progress(0, 1000)), ...library().slice(1)]);
      const list = await show('achievement-list', { backend, environment: world().environment });
      await until(() => cardsOf(list).length === 30);
      await settled(list);
      await nextFrame();
      prepare(list);
      const [listRenders, cardRenders] = [countRenders(list), countRenders(cardOf(list, '0'))];
      let frames = 0;
      let frame = requestAnimationFrame(function count() {
        frames += 1;
        frame = requestAnimationFrame(count);
      });
      const { port1, port2 } = new MessageChannel();
      let told = 0;
      await new Promise<void>((resolve) => {
        port1.onmessage = async () => {
          for (let step = 0; step < inEachTask; step++) {
            told += 1;
            list.store!.apply([{ achievement: '0', requirements: [{ current: told }], state: 'in-progress' }]);
            // What renders at once has rendered by then.
            for (let turn = 0; turn < 20; turn++) await Promise.resolve();
          }
          if (told < steps) port2.postMessage(undefined);
          else resolve();
        };
        port2.postMessage(undefined);
      });
      await settled(list);
      port1.close();
      cancelAnimationFrame(frame);
      expect(words(part(cardOf(list, '0'), 'progress-label'))).to.equal(`${steps === 1000 ? '1,000' : steps} of 1,000`);
      return { frames, list: listRenders.count, card: cardRenders.count };
    }

    it('cost one render for each frame, and end with the last value', async () => {
      const { frames, list, card } = await play(1000);
      // The first one does not wait, and the last one may come before the next frame is counted.
      expect(list).to.be.at.most(frames + 2);
      expect(card).to.be.at.most(frames + 2);
    });

    it('would be counted if each of them rendered', async () => {
      const { frames, list } = await play(100, (each) => (each.requestStoreUpdate = () => each.requestUpdate()));
      expect(list).to.be.greaterThan(frames + 2);
    });
  });

  it('an open card stays open, and what has the focus keeps it, while others change', async () => {
    const list = await show('achievement-list', { achievements: library() });
    const toggle = part(cardOf(list, '5'), 'details-toggle')!;
    toggle.focus();
    toggle.click();
    list.achievements = library().map((each): Achievement => ({ ...each, description: 'Another text' }));
    await settled(list);
    expect(cardOf(list, '5').shadowRoot?.activeElement).to.equal(toggle);
    expect(part(cardOf(list, '5'), 'details')!.hidden).to.equal(false);
  });
});

describe('a long list', () => {
  /** How many cards there were after each update of a list. */
  function growthOf(list: AchievementList): number[] {
    const counts: number[] = [];
    const controller: ReactiveController = { hostUpdated: () => void counts.push(cardsOf(list).length) };
    list.addController(controller);
    return counts;
  }

  it('has a screen of cards at once and all of them when it says that it is complete', async () => {
    const list = Object.assign(document.createElement('achievement-list'), { achievements: achievements(200) });
    const counts = growthOf(list);
    (await room()).append(list);
    await list.updateComplete;
    expect(counts[0]).to.equal(8);
    expect(cardsOf(list)).to.have.length(200);
    expect(counts).to.deep.equal([...counts].sort((a, b) => a - b));
  });

  it('is there at once where it is short', async () => {
    const list = Object.assign(document.createElement('achievement-list'), { achievements: achievements(20) });
    const counts = growthOf(list);
    (await room()).append(list);
    await list.updateComplete;
    expect(counts).to.deep.equal([20]);
  });

  it('does not start again when it changes', async () => {
    const list = await show('achievement-list', { achievements: achievements(100) });
    const counts = growthOf(list);
    list.achievements = [...achievements(99), achievement('new')];
    await settled(list);
    expect(counts).to.deep.equal([100]);
  });

  it('grows with what comes later', async () => {
    const list = await show('achievement-list', { achievements: achievements(15) });
    const counts = growthOf(list);
    list.achievements = achievements(150);
    await list.updateComplete;
    expect(cardsOf(list)).to.have.length(150);
    expect(counts[0], 'what is there stays there').to.equal(15);
  });

  it('is complete also where it was taken away and brought back while it grew', async () => {
    const list = Object.assign(document.createElement('achievement-list'), { achievements: achievements(200) });
    const parent = await room();
    parent.append(list);
    await nextFrame();
    list.remove();
    await list.updateComplete;
    expect(cardsOf(list).length).to.be.lessThan(200);
    parent.append(list);
    await list.updateComplete;
    await until(() => cardsOf(list).length === 200);
  });

  it('of ten thousand has the cards near what is seen in the document, and throws nothing', async () => {
    const errors: unknown[] = [];
    const note = (event: ErrorEvent | PromiseRejectionEvent) => errors.push(event);
    addEventListener('error', note);
    addEventListener('unhandledrejection', note);
    const list = Object.assign(document.createElement('achievement-list'), {
      achievements: achievements(10_000),
      sort: 'name',
      summary: true,
    });
    const parent = await room();
    parent.append(list);
    await settled(list);
    expect(cardsOf(list).length).to.be.within(5, 30);
    list.remove();
    await list.updateComplete;
    removeEventListener('error', note);
    removeEventListener('unhandledrejection', note);
    expect(errors).to.deep.equal([]);
  });
});

/** Listeners on the document and the window that were added and not removed since the ledger began. */
function listenerLedger(): { count(): number; stop(): void } {
  const open = new Set<string>();
  const ids = new Map<unknown, number>();
  const restore: (() => void)[] = [];
  for (const target of [document, window] as const) {
    const { addEventListener, removeEventListener } = target;
    const entry = (type: string, listener: unknown) => {
      if (!ids.has(listener)) ids.set(listener, ids.size);
      return `${target === document ? 'document' : 'window'} ${type} ${ids.get(listener)}`;
    };
    target.addEventListener = function (type: string, listener: unknown, options?: AddEventListenerOptions | boolean) {
      const key = entry(type, listener);
      open.add(key);
      if (typeof options === 'object') options.signal?.addEventListener('abort', () => open.delete(key));
      Reflect.apply(addEventListener, target, [type, listener, options]);
    } as typeof addEventListener;
    target.removeEventListener = function (type: string, listener: unknown, options?: boolean) {
      open.delete(entry(type, listener));
      Reflect.apply(removeEventListener, target, [type, listener, options]);
    } as typeof removeEventListener;
    restore.push(() => {
      // What shadows the prototype's own goes away.
      Reflect.deleteProperty(target, 'addEventListener');
      Reflect.deleteProperty(target, 'removeEventListener');
    });
  }
  return { count: () => open.size, stop: () => restore.forEach((each) => each()) };
}

describe('a list that leaves the document', () => {
  const ending = () =>
    Array.from({ length: 50 }, (_, index) =>
      achievement(String(index), { ...progress(1, 2), window: { endsAt: NOW + HOUR + index * MINUTE + 1 } }),
    );

  it('holds no timer and no listener, again and again', async () => {
    const { environment, held } = world();
    const parent = await room();
    const list = await show('achievement-list', { backend: scripted(ending()), environment, refresh: 60 }, parent);
    await until(() => cardsOf(list).length === 50);
    await settled(list);
    expect(held().listeners).to.equal(1);
    expect(held().timers).to.be.greaterThan(0);
    for (let cycle = 0; cycle < 20; cycle++) {
      list.remove();
      await list.updateComplete;
      expect(held(), `cycle ${cycle}`).to.deep.equal({ timers: 0, listeners: 0 });
      parent.append(list);
      await until(() => list.store?.snapshot.activity === 'idle');
      await settled(list);
      expect(held().listeners, `cycle ${cycle}`).to.equal(1);
    }
  });

  it('holds no timer where an update was still due when it left', async () => {
    const { environment, held } = world();
    const list = await show('achievement-list', { achievements: ending(), environment });
    expect(held().timers).to.equal(1);
    list.layout = 'grid';
    for (const card of cardsOf(list)) card.linkSchemes = 'steam';
    list.remove();
    await settled(list);
    expect(held()).to.deep.equal({ timers: 0, listeners: 0 });
    const card = await show('achievement-card', { achievement: ending()[0]!, clock: environment.clock! });
    expect(held().timers).to.equal(1);
    card.linkSchemes = 'steam';
    card.remove();
    await card.updateComplete;
    expect(held().timers).to.equal(0);
  });

  it('leaves no listener on the page, with the browser’s own clock and page', async () => {
    const ledger = listenerLedger();
    const parent = await room();
    const source = await show('achievement-source', { backend: scripted(ending()), cache: 'memory' }, parent);
    const list = await show('achievement-list', { summary: true }, source);
    await until(() => cardsOf(list).length === 50);
    expect(ledger.count()).to.be.greaterThan(0);
    source.remove();
    await settled(list);
    await until(() => ledger.count() === 0, 'no listener is left');
    ledger.stop();
  });

  it('asks nobody again where it is only moved, and shows on', async () => {
    const { environment, held } = world();
    const backend = scripted(ending());
    const list = await show('achievement-list', { backend, environment });
    await until(() => cardsOf(list).length === 50);
    const nodes = cardsOf(list);
    for (let move = 0; move < 3; move++) {
      (await room()).append(list);
      await settled(list);
    }
    expect(backend.requests).to.equal(1);
    expect(held().listeners).to.equal(1);
    expect(cardsOf(list)).to.deep.equal(nodes);
  });

  it('still hears its store after a move', async () => {
    const { environment } = world();
    const backend = scripted(ending());
    const list = await show('achievement-list', { backend, environment });
    await until(() => cardsOf(list).length === 50);
    (await room()).append(list);
    backend.answer = achievements(3);
    await list.store!.refresh();
    await settled(list);
    expect(cardsOf(list)).to.have.length(3);
  });

  it('asks again where it comes back after it was away', async () => {
    const backend = scripted(achievements(1));
    const list = await show('achievement-list', { backend, environment: world().environment });
    await until(() => cardsOf(list).length === 1);
    const parent = list.parentElement!;
    list.remove();
    await list.updateComplete;
    backend.answer = achievements(2);
    parent.append(list);
    await until(() => cardsOf(list).length === 2);
    expect(backend.requests).to.equal(2);
  });

  it('that is in a source leaves the source’s store to the others', async () => {
    const { environment, held } = world();
    const backend = scripted(achievements(1));
    const source = await show('achievement-source', { backend, environment });
    const first = await show('achievement-list', {}, source);
    const second = await show('achievement-list', {}, source);
    await until(() => cardsOf(second).length === 1);
    first.remove();
    await first.updateComplete;
    backend.answer = achievements(2);
    await source.store!.refresh();
    await settled(second);
    expect(cardsOf(second)).to.have.length(2);
    source.remove();
    await second.updateComplete;
    expect(held()).to.deep.equal({ timers: 0, listeners: 0 });
  });
});

describe('time goes on', () => {
  const ends = (distance: number): Achievement =>
    achievement('ends', { ...progress(1, 2), window: { startsAt: NOW - DAY, endsAt: NOW + distance } });
  const saysOf = (list: AchievementList) => partWords(cardsOf(list)[0]!, 'time')[0];

  it('and what a card says about it is right at every moment', async () => {
    const { clock, environment } = world();
    const list = await show('achievement-list', { achievements: [ends(2 * DAY + 2 * HOUR)], environment });
    const said: (string | undefined)[] = [];
    const steps = [0, 2 * HOUR, 1, 46 * HOUR - 1, 1, 2 * HOUR - MINUTE - 1, 30 * SECOND, 30 * SECOND];
    for (const step of steps) {
      await clock.advance(step);
      await settled(list);
      said.push(saysOf(list));
    }
    expect(said).to.deep.equal([
      'Ends in 2 days',
      'Ends in 2 days',
      'Ends in 47 hours',
      'Ends in 2 hours',
      'Ends in 1 hour',
      'Ends in 1 minute',
      'Ends in 1 minute',
      'Ended January 22, 2026',
    ]);
  });

  for (const from of ['an array', 'a store'] as const) {
    it(`and the end of a window turns its card into an expired one: from ${from}`, async () => {
      const { clock, environment } = world();
      const list = await show(
        'achievement-list',
        from === 'an array'
          ? { achievements: [ends(HOUR)], environment }
          : { backend: scripted([ends(HOUR)]), environment },
      );
      await until(() => cardsOf(list).length === 1);
      const card = cardsOf(list)[0]!;
      await clock.advance(HOUR - 1);
      await settled(list);
      expect(card.state).to.equal('in-progress');
      await clock.advance(1);
      await settled(list);
      expect(card.state).to.equal('expired');
      expect(factsOf(card)).to.deep.equal(['Ended January 20, 2026']);
    });
  }

  it('and the start of a window opens it', async () => {
    const { clock, environment } = world();
    const card = await show('achievement-card', {
      achievement: achievement('starts', { state: 'scheduled', window: { startsAt: NOW + HOUR } }),
      clock: environment.clock!,
    });
    expect(factsOf(card)).to.deep.equal(['Starts on January 20, 2026']);
    await clock.advance(HOUR);
    await card.updateComplete;
    expect(factsOf(card)).to.deep.equal(['Locked']);
  });

  it('and a filter by state follows', async () => {
    const { clock, environment } = world();
    const list = await show('achievement-list', { achievements: [ends(HOUR)], environment, filter: 'expired' });
    expect(cardsOf(list)).to.have.length(0);
    await clock.advance(HOUR);
    await settled(list);
    expect(cardsOf(list)).to.have.length(1);
  });

  it('with one timer for fifty cards, and renders only the ones that have something new to say', async () => {
    const { clock, environment, held } = world();
    const list = await show('achievement-list', {
      environment,
      achievements: [
        ...Array.from({ length: 49 }, (_, index) =>
          achievement(String(index), { window: { endsAt: NOW + (index + 10) * DAY + HOUR } }),
        ),
        achievement('soon', { window: { endsAt: NOW + 90 * MINUTE } }),
      ],
    });
    expect(held().timers).to.equal(1);
    const renders = rendersOf(list);
    await clock.advance(31 * MINUTE);
    await settled(list);
    expect(Object.keys(renders())).to.deep.equal(['soon']);
    expect(held().timers).to.equal(1);
    list.remove();
    await settled(list);
    expect(held().timers).to.equal(0);
  });

  it('and what needs no time sets no timer', async () => {
    const { environment, held } = world();
    await show('achievement-list', { achievements: achievements(50), environment });
    expect(held().timers).to.equal(0);
  });

  it('without a timer while the page is hidden, and is right when it is shown again', async () => {
    const { clock, environment, held } = world();
    const list = await show('achievement-list', { achievements: [ends(90 * MINUTE)], environment });
    const setVisibility = (state: DocumentVisibilityState) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    try {
      setVisibility('hidden');
      await clock.advance(45 * MINUTE);
      expect(held().timers).to.equal(0);
      setVisibility('visible');
      await settled(list);
      expect(saysOf(list)).to.equal('Ends in 45 minutes');
      expect(held().timers).to.equal(1);
    } finally {
      Reflect.deleteProperty(document, 'visibilityState');
    }
  });

  it('would be caught standing still: with a clock that nobody moves', async () => {
    const { environment } = world();
    const { clock: other } = world();
    const list = await show('achievement-list', { achievements: [ends(90 * MINUTE)], environment });
    await other.advance(31 * MINUTE);
    await settled(list);
    expect(saysOf(list)).to.equal('Ends in 1 hour');
  });
});
