import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BridgeOptions, type BridgeState, connectBridge, joinBridge } from '../../../src/bridge/index.js';
import { readPageMessage } from '../../../src/bridge/messages.js';
import { ProblemError, mask } from '../../../src/model/index.js';
import { achievement } from '../../support/achievement.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { FULL } from '../model/support.js';
import { DirectChannel, GAME_ORIGIN, PAGE_ORIGIN, fakeStore, fakeWindow, otherWindow, pageAndGame } from './support.js';

beforeEach(() => void vi.stubGlobal('MessageChannel', DirectChannel));
afterEach(() => void vi.unstubAllGlobals());

/** A page with a store, and a game in a frame of it that has found it. */
async function connected(options: Partial<BridgeOptions> = {}, clock: FakeClock = fakeClock()) {
  const windows = pageAndGame();
  const { page, game, pageForGame, gameForPage } = windows;
  const store = fakeStore();
  const bridge = connectBridge(store, {
    origins: [GAME_ORIGIN],
    source: () => gameForPage.window,
    page: page.page,
    clock,
    ...options,
  });
  const join = () => joinBridge({ origin: PAGE_ORIGIN, target: pageForGame.window, page: game.page, clock });
  return { ...windows, store, bridge, join, joined: await join(), clock };
}

const rejected = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => (error instanceof ProblemError ? error.problem : error),
  );

describe('a game and a page', () => {
  it('find each other, and listen to their windows no longer than they have to', async () => {
    const { bridge, game, page, clock, pageForGame, gameForPage } = await connected();
    expect(bridge.connected).toBe(true);
    expect(game.listenerCount).toBe(0);
    expect(pageForGame.said).toEqual([
      expect.objectContaining({ origin: PAGE_ORIGIN, message: expect.objectContaining({ version: 1 }) as unknown }),
    ]);
    expect(gameForPage.said).toEqual([expect.objectContaining({ origin: GAME_ORIGIN })]);
    await clock.advance(60_000);
    expect(pageForGame.said).toHaveLength(1);
    bridge.disconnect();
    expect(page.listenerCount).toBe(0);
    expect(bridge.connected).toBe(false);
  });

  it('find each other where the page is later: hello is said once a second', async () => {
    const { page, game, pageForGame, gameForPage } = pageAndGame();
    const clock = fakeClock();
    const joining = joinBridge({ origin: PAGE_ORIGIN, target: pageForGame.window, page: game.page, clock });
    await clock.advance(3500);
    expect(pageForGame.said).toHaveLength(4);
    expect(new Set(pageForGame.said.map(({ message }) => message['nonce'])).size).toBe(1);
    const bridge = connectBridge(fakeStore(), {
      origins: [GAME_ORIGIN],
      source: () => gameForPage.window,
      page: page.page,
    });
    await clock.advance(500);
    await joining;
    expect(bridge.connected).toBe(true);
  });

  it('report, and hear what became of it', async () => {
    const { joined, store } = await connected();
    expect(await joined.report({ achievement: 'a', add: 1 })).toEqual({ id: 'id-1', storage: 'persistent' });
    expect(store.calls).toEqual([['report', { achievement: 'a', add: 1 }]]);
    store.answer = () => Promise.reject(new ProblemError({ code: 'forbidden', message: 'No.', status: 403 }));
    expect(await rejected(joined.report({ achievement: 'a', unlock: true }))).toEqual({
      code: 'forbidden',
      message: 'No.',
    });
  });

  it('answer reports in any order', async () => {
    const { joined, store } = await connected();
    const answers: ((id: string) => void)[] = [];
    store.answer = () => new Promise((resolve) => answers.push((id) => resolve({ id, storage: 'memory' })));
    const both = [joined.report({ achievement: 'a', add: 1 }), joined.report({ achievement: 'b', add: 1 })];
    answers[1]?.('second');
    answers[0]?.('first');
    expect((await Promise.all(both)).map(({ id }) => id)).toEqual(['first', 'second']);
  });

  it('pass on what a service pushed to the game: updates, and what the backend of the page translates', async () => {
    const { joined, store, bridge } = await connected();
    const update = { achievement: 'a', state: 'unlocked', unlockedAt: 5 } as const;
    joined.apply([update]);
    joined.apply({ effects: [{ achievement: 'b' }] });
    expect(store.calls).toEqual([
      ['apply', [update]],
      ['apply', [{ achievement: 'b' }]],
    ]);
    store.backend.translate = () => {
      throw new Error('A backend that stumbles');
    };
    joined.apply({ effects: [] });
    expect(store.calls).toHaveLength(2);
    expect(bridge.refused).toBe(1);
  });

  it('show and hide', async () => {
    const asked: unknown[] = [];
    const { joined } = await connected({
      onShow: (what) => asked.push(['show', what]),
      onHide: () => asked.push('hide'),
    });
    joined.show('list');
    joined.show();
    joined.hide();
    expect(asked).toEqual([['show', 'list'], ['show', undefined], 'hide']);
  });

  it.each([
    ['the game', (game: { close(): void }) => game.close()],
    ['the page', (_: unknown, page: { disconnect(): void }) => page.disconnect()],
  ])('end when %s does', async (_, end) => {
    const { joined, bridge, store } = await connected();
    const states: BridgeState[] = [];
    joined.state((state) => states.push(state));
    store.answer = () => new Promise(() => undefined);
    const waiting = rejected(joined.report({ achievement: 'a', add: 1 }));
    end(joined, bridge);
    await joined.closed;
    expect(await waiting).toMatchObject({ code: 'unknown' });
    expect(await rejected(joined.report({ achievement: 'a', add: 1 }))).toMatchObject({ code: 'unknown' });
    expect(bridge.connected).toBe(false);
    expect(store.listeners.size).toBe(0);
    store.publish({ pending: 3 });
    expect(states).toHaveLength(1);
  });

  it('begin anew when the game does: its earlier port is no longer heard', async () => {
    const { joined, join, bridge, store } = await connected();
    const next = await join();
    await joined.closed;
    await next.report({ achievement: 'a', add: 1 });
    joined.hide();
    expect(store.calls).toHaveLength(1);
    expect(bridge.connected).toBe(true);
    expect(bridge.refused).toBe(0);
  });
});

describe('the state', () => {
  it('is told at once, then with every change, at most every 100 ms, and the last one always', async () => {
    const { joined, store, clock } = await connected();
    const states: number[] = [];
    const stop = joined.state(({ pending }) => states.push(pending));
    expect(states).toEqual([0]);
    for (let pending = 1; pending <= 5; pending++) store.publish({ pending });
    expect(states).toEqual([0]);
    await clock.advance(100);
    expect(states).toEqual([0, 5]);
    await clock.advance(1000);
    expect(states).toEqual([0, 5]);
    store.publish({ pending: 6 });
    expect(states).toEqual([0, 5, 6]);
    store.publish({ pending: 7 });
    stop();
    await clock.advance(1000);
    expect(states).toEqual([0, 5, 6]);
    expect(store.listeners.size).toBe(0);
  });

  it('is followed once for all listeners, and only while there are some', async () => {
    const { joined, store } = await connected();
    expect(store.listeners.size).toBe(0);
    const heard: string[] = [];
    const stopFirst = joined.state(() => heard.push('first'));
    const stopSecond = joined.state(() => heard.push('second'));
    expect(heard).toEqual(['first', 'second']);
    expect(store.listeners.size).toBe(1);
    stopFirst();
    expect(store.listeners.size).toBe(1);
    stopSecond();
    expect(store.listeners.size).toBe(0);
  });

  it('holds no secret, whatever the store knows', async () => {
    const { joined, store, clock } = await connected();
    store.snapshot = {
      ...store.snapshot,
      library: { achievements: [FULL, achievement('open')], fetchedAt: 0 },
      problem: { code: 'offline', message: `canary in a message` },
    };
    const states: BridgeState[] = [];
    joined.state((state) => states.push(state));
    expect(states[0]?.achievements).toMatchObject([{ masked: true }, { name: 'Name of open' }]);
    expect(states[0]?.problem).toBe('offline');
    expect(JSON.stringify(states)).not.toContain('canary');
    // Once it is unlocked it is no secret any more.
    store.publish({ library: { achievements: [{ ...FULL, state: 'unlocked' }], fetchedAt: 0 } });
    await clock.advance(100);
    expect(states[1]?.achievements).toMatchObject([{ name: FULL.name }]);
  });

  it('is not told to a frame that was removed', async () => {
    let isThere = true;
    const windows = pageAndGame();
    const store = fakeStore();
    const clock = fakeClock();
    const bridge = connectBridge(store, {
      origins: [GAME_ORIGIN],
      source: () => (isThere ? windows.gameForPage.window : null),
      page: windows.page.page,
      clock,
    });
    const joined = await joinBridge({
      origin: PAGE_ORIGIN,
      target: windows.pageForGame.window,
      page: windows.game.page,
      clock,
    });
    joined.state(() => undefined);
    await clock.advance(200);
    isThere = false;
    store.publish({ pending: 1 });
    expect(bridge.connected).toBe(false);
    expect(store.listeners.size).toBe(0);
  });
});

describe('connecting', () => {
  it.each([
    '*',
    'null',
    '',
    'file://',
    'https://game.example/',
    'https://game.example/path',
    'https://GAME.example',
    'https://game.example:443',
    'https://*.game.example',
    'https://user@game.example',
    'game.example',
  ])('refuses the origin "%s"', async (origin) => {
    const page = fakeWindow();
    expect(() => connectBridge(fakeStore(), { origins: [GAME_ORIGIN, origin], page: page.page })).toThrow(TypeError);
    await expect(joinBridge({ origin, page: page.page })).rejects.toThrow(TypeError);
    expect(page.listenerCount).toBe(0);
  });

  it.each(['https://game.example', 'http://localhost:5173', 'http://[::1]:8080', 'app://game'])(
    'takes the origin "%s"',
    (origin) => {
      expect(() => connectBridge(fakeStore(), { origins: [origin], page: fakeWindow().page })).not.toThrow();
    },
  );

  it('needs an origin', () => {
    expect(() => connectBridge(fakeStore(), { origins: [], page: fakeWindow().page })).toThrow(TypeError);
  });

  it('listens by default to the window that the page is framed in', () => {
    const around = otherWindow();
    const page = fakeWindow(around.window);
    const bridge = connectBridge(fakeStore(), { origins: [GAME_ORIGIN], page: page.page });
    const data = { type: 'achievement-elements:hello', version: 1, nonce: 'n'.repeat(20) };
    page.hear({ data, origin: GAME_ORIGIN, source: around.window });
    expect(bridge.connected).toBe(true);
  });

  it('is told which versions there are where it asks for another one', async () => {
    const page = fakeWindow();
    const other = otherWindow();
    const bridge = connectBridge(fakeStore(), {
      origins: [GAME_ORIGIN],
      source: () => other.window,
      page: page.page,
    });
    const nonce = 'n'.repeat(20);
    const data = { type: 'achievement-elements:hello', version: 2, nonce, more: 'of the next version' };
    page.hear({ data, origin: GAME_ORIGIN, source: other.window });
    expect(bridge.connected).toBe(false);
    expect(other.said).toEqual([
      { message: { type: 'achievement-elements:refused', versions: [1], nonce }, origin: GAME_ORIGIN, ports: [] },
    ]);
    // Nobody else is told.
    page.hear({ data, origin: 'https://other.example', source: other.window });
    expect(other.said).toHaveLength(1);
  });

  it('fails where the page speaks other versions only', async () => {
    const game = fakeWindow();
    const target = otherWindow();
    target.onSaid = ({ message }) =>
      game.hear({
        data: { type: 'achievement-elements:refused', versions: [2, 3], nonce: message['nonce'] },
        origin: PAGE_ORIGIN,
        source: target.window,
      });
    const joining = joinBridge({ origin: PAGE_ORIGIN, target: target.window, page: game.page, clock: fakeClock() });
    expect(await rejected(joining)).toMatchObject({
      code: 'bad-shape',
      message: expect.stringContaining('version 2, 3') as unknown,
    });
    expect(game.listenerCount).toBe(0);
  });

  it('is given up with its signal, and leaves nothing behind', async () => {
    const game = fakeWindow();
    const target = otherWindow();
    const clock = fakeClock();
    const giveUp = new AbortController();
    const joining = joinBridge({
      origin: PAGE_ORIGIN,
      target: target.window,
      page: game.page,
      clock,
      signal: giveUp.signal,
    });
    await clock.advance(1000);
    giveUp.abort(new Error('Enough'));
    await expect(joining).rejects.toThrow('Enough');
    await clock.advance(10_000);
    expect(target.said).toHaveLength(2);
    expect(game.listenerCount).toBe(0);
  });

  it('takes no more than a thousand hellos, also from the game it trusts', () => {
    const page = fakeWindow();
    const other = otherWindow();
    const bridge = connectBridge(fakeStore(), {
      origins: [GAME_ORIGIN],
      source: () => other.window,
      page: page.page,
    });
    for (let index = 0; index < 1100; index++) {
      const data = { type: 'achievement-elements:hello', version: 1, nonce: `nonce-${index}-${'n'.repeat(12)}` };
      page.hear({ data, origin: GAME_ORIGIN, source: other.window });
    }
    expect(other.said).toHaveLength(1000);
    expect(bridge.refused).toBe(100);
  });

  it('does not count what is said to the window for other ears', () => {
    const page = fakeWindow();
    const bridge = connectBridge(fakeStore(), { origins: [GAME_ORIGIN], page: page.page });
    for (const data of [undefined, null, 'text', { type: 'webpackOk' }, [], { source: 'react-devtools' }]) {
      page.hear({ data, origin: 'https://anybody.example', source: null });
    }
    expect(bridge.refused).toBe(0);
    expect(page.errors).toEqual([]);
  });
});

describe('a state that a page tells', () => {
  const template = { ['_$litType$']: 1, strings: Object.assign(['<b>'], { raw: ['<b>'] }), values: [] };
  const NOW = Date.UTC(2026, 0, 18);
  const read = (state: unknown) => {
    const message = readPageMessage(structuredClone({ type: 'state', state }), NOW);
    return message?.type === 'state' ? message.state : undefined;
  };
  const empty = { activity: 'idle', pending: 0, storage: 'memory' };

  it.each<[string, unknown, object | undefined]>([
    ['nothing', {}, empty],
    [
      'what it should be',
      { ...empty, activity: 'syncing', pending: 3, storage: 'persistent', checkedAt: NOW, problem: 'offline' },
      { activity: 'syncing', pending: 3, storage: 'persistent', checkedAt: NOW, problem: 'offline' },
    ],
    [
      'words that nobody knows',
      { activity: 'frozen', storage: 'tape', problem: 'melted' },
      { ...empty, problem: 'unknown' },
    ],
    [
      'templates',
      { activity: template, pending: template, storage: template, checkedAt: template, problem: template },
      { ...empty, problem: 'unknown' },
    ],
    ['a time that no date holds', { checkedAt: 1e300 }, empty],
    ['a time that is not a number', { checkedAt: NaN }, empty],
    ['less than nothing pending', { pending: -1 }, empty],
    ['pending without end', { pending: Infinity }, empty],
    ['achievements that are no list', { achievements: { 0: FULL } }, empty],
    [
      'achievements that are none',
      { achievements: [null, 'x', {}, { id: '1', name: 'x' }] },
      { ...empty, achievements: [] },
    ],
    ['unknown members', { frob: template, library: { achievements: [FULL] } }, empty],
    ['a list', [], empty],
    ['a text', 'x', undefined],
  ])('comes out clean: %s', (_name, state, expected) => {
    expect(read(state)).toEqual(expected);
  });

  it('has no template in it, whichever member of an achievement holds one', () => {
    const open = { ...FULL, secret: false };
    for (const member of Object.keys(FULL)) {
      const achievements = [{ ...open, [member]: template }, achievement('good')];
      const state = read({ ...empty, achievements });
      expect(JSON.stringify(state), member).not.toContain('_$litType$');
      expect(state?.achievements?.at(-1), member).toEqual(achievement('good'));
    }
  });

  it('keeps masked what was masked, whatever else is told of it', () => {
    const { unlockedAt: _unlockedAt, ...masked } = mask(FULL);
    const told = { ...FULL, ...masked, description: 'canary', rewards: FULL.rewards };
    const state = read({ achievements: [masked, told, { ...told, name: template }] });
    expect(state?.achievements).toEqual([masked, masked, masked]);
    expect(JSON.stringify(state)).not.toContain('canary');
  });
});
