import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOverlayPort } from '../../../demo/electron/overlay-port.mjs';
import { connectBridge } from '../../../src/bridge/index.js';
import { DirectChannel, fakeStore } from '../bridge/support.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';

const ORIGIN = 'http://localhost:5173';
const file = (name: string) => readFileSync(new URL(`../../../demo/electron/${name}`, import.meta.url), 'utf8');

/** Runs a preload script as Electron does: with its own `require`, and the window of its page. */
function runPreload(name: string, electron: object, globals: Record<string, unknown>): void {
  const require = (asked: string) => {
    if (asked !== 'electron') throw new Error(`A sandboxed preload script has no ${asked}`);
    return electron;
  };
  const names = ['require', ...Object.keys(globals)];
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the file of this project, as it is
  const script = new Function(...names, file(name)) as (...given: unknown[]) => void;
  script(require, ...Object.values(globals));
}

/** A page's window, which its preload script shares: what is posted to it comes from itself. */
function pageWindow() {
  const listeners = new Map<string, Set<(event: unknown) => void>>();
  const posted: { readonly message: Record<string, unknown>; readonly origin: string }[] = [];
  const fire = (type: string, event: object = {}) => {
    for (const listener of [...(listeners.get(type) ?? [])]) listener(event);
  };
  const window = {
    parent: undefined as unknown,
    location: { origin: ORIGIN },
    addEventListener: (type: string, listener: (event: unknown) => void) => {
      listeners.set(type, (listeners.get(type) ?? new Set()).add(listener));
    },
    removeEventListener: (type: string, listener: (event: unknown) => void) => listeners.get(type)?.delete(listener),
    postMessage(message: Record<string, unknown>, origin: string, ports: readonly MessagePort[] = []) {
      posted.push({ message: structuredClone(message), origin });
      if (origin === ORIGIN) fire('message', { data: structuredClone(message), origin: ORIGIN, source: window, ports });
    },
  };
  window.parent = window;
  return { window, posted, fire };
}

/** The overlay's window with its preload script. */
function openOverlay(clock: FakeClock) {
  const { window, posted, fire } = pageWindow();
  const sent: (readonly [channel: string, message: unknown])[] = [];
  const ports: MessagePort[] = [];
  const under = { documentElement: {}, body: {}, element: null as object | null };
  const electron = {
    ipcRenderer: {
      send: (channel: string, message: unknown) => sent.push([channel, message]),
      postMessage(channel: string, message: unknown, [port]: readonly MessagePort[]) {
        sent.push([channel, message]);
        ports.push(port!);
      },
    },
  };
  let stopped = false;
  const again = (callback: () => void, milliseconds: number): void => {
    clock.setTimeout(() => {
      if (stopped) return;
      callback();
      again(callback, milliseconds);
    }, milliseconds);
  };
  runPreload('preload.cjs', electron, {
    window,
    document: { ...under, elementFromPoint: () => under.element },
    setInterval: again,
    clearInterval: () => (stopped = true),
  });
  return { window, posted, fire, sent, ports, under };
}

/** The port as main has it: Electron's own kind, over the one that the page gave away. */
function mainPort(port: MessagePort) {
  const listeners: ((event: { data: unknown }) => void)[] = [];
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    on: (event: string, listener: (event: { data: unknown }) => void) => {
      if (event === 'message') listeners.push(listener);
    },
    start: () => void (port.onmessage = (event) => listeners.forEach((listener) => listener(event))),
    close: () => port.close(),
  };
}

beforeEach(() => void vi.stubGlobal('MessageChannel', DirectChannel));
afterEach(() => void vi.unstubAllGlobals());

describe('the preload script of the overlay', () => {
  it('says hello until it is welcomed, and hands the port to main, once', async () => {
    const clock = fakeClock();
    const { window, posted, fire, sent, ports } = openOverlay(clock);
    expect(posted).toEqual([]);
    fire('DOMContentLoaded');
    await clock.advance(2500);
    const hellos = () => posted.filter(({ message }) => message['type'] === 'achievement-elements:hello').length;
    expect(hellos()).toBe(3);
    const bridge = connectBridge(fakeStore(), { origins: [ORIGIN], page: window as unknown as Window });
    await clock.advance(10_000);
    expect(bridge.connected).toBe(true);
    expect(hellos()).toBe(4);
    expect(posted.every(({ origin }) => origin === ORIGIN)).toBe(true);
    expect(sent).toEqual([['achievements:port', null]]);
    expect(ports).toHaveLength(1);
    expect(bridge.refused).toBe(0);
  });

  it('takes no port from anybody else', async () => {
    const { window, posted, fire, ports } = openOverlay(fakeClock());
    fire('DOMContentLoaded');
    const { nonce } = posted[0]!.message;
    const welcome = { type: 'achievement-elements:welcome', version: 1, nonce };
    const { port1 } = new DirectChannel();
    for (const event of [
      { data: welcome, origin: 'https://evil.example', source: window, ports: [port1] },
      { data: welcome, origin: ORIGIN, source: {}, ports: [port1] },
      { data: { ...welcome, nonce: 'another' }, origin: ORIGIN, source: window, ports: [port1] },
      { data: { ...welcome, version: 2 }, origin: ORIGIN, source: window, ports: [port1] },
      { data: welcome, origin: ORIGIN, source: window, ports: [] },
      { data: null, origin: ORIGIN, source: window, ports: [port1] },
    ]) {
      fire('message', event);
    }
    expect(ports).toEqual([]);
    // The control: with all of it right it is taken.
    fire('message', { data: welcome, origin: ORIGIN, source: window, ports: [port1] });
    expect(ports).toEqual([port1]);
  });

  it('tells main where the page speaks other versions, and stops asking', async () => {
    const clock = fakeClock();
    const { posted, fire, sent, window } = openOverlay(clock);
    fire('DOMContentLoaded');
    const data = { type: 'achievement-elements:refused', versions: [2], nonce: posted[0]!.message['nonce'] };
    fire('message', { data, origin: ORIGIN, source: window, ports: [] });
    await clock.advance(5000);
    expect(sent).toEqual([['achievements:refused', [2]]]);
    expect(posted).toHaveLength(1);
  });

  it('tells main where the pointer is over something, only when that changes', () => {
    const { fire, sent, under } = openOverlay(fakeClock());
    const move = () => fire('mousemove', { clientX: 1, clientY: 1 });
    move();
    under.element = {};
    move();
    move();
    under.element = null;
    move();
    expect(sent).toEqual([
      ['overlay:pointer', true],
      ['overlay:pointer', false],
    ]);
  });
});

describe('the game and the overlay in Electron', () => {
  it('are one chain, from what the game says to the store of the page', async () => {
    const clock = fakeClock();
    const { window, fire, ports } = openOverlay(clock);
    const heard: unknown[] = [];
    const port = createOverlayPort((message) => heard.push(message));
    const said: { type: string }[] = [];
    let overlay!: { report(intent: object): void; show(what?: string): void; hide(): void };
    runPreload(
      'game-preload.cjs',
      {
        ipcRenderer: { send: (_: string, message: { type: string }) => said.push(structuredClone(message)) },
        contextBridge: { exposeInMainWorld: (_: string, api: typeof overlay) => void (overlay = api) },
      },
      {},
    );
    const flush = () => said.splice(0).forEach((message) => port.say(message));

    // Before there is a page.
    overlay.report({ achievement: 'a', add: 1 });
    flush();
    const store = fakeStore();
    const shown: unknown[] = [];
    const bridge = connectBridge(store, {
      origins: [ORIGIN],
      page: window as unknown as Window,
      onShow: (what) => shown.push(what),
      onHide: () => shown.push('hidden'),
    });
    fire('DOMContentLoaded');
    port.use(mainPort(ports[0]!));
    overlay.report({ achievement: 'b', unlock: true });
    overlay.show('list');
    overlay.show();
    overlay.hide();
    flush();
    expect(store.calls).toEqual([
      ['report', { achievement: 'a', add: 1 }],
      ['report', { achievement: 'b', unlock: true }],
    ]);
    expect(shown).toEqual(['list', undefined, 'hidden']);
    await clock.advance(0);
    expect(heard).toMatchObject([
      { type: 'reported', sequence: 1 },
      { type: 'reported', sequence: 2 },
    ]);
    expect(bridge.refused).toBe(0);
    // A page that closes is no place to speak to; what is said then waits for the next.
    bridge.disconnect();
    overlay.report({ achievement: 'c', add: 1 });
    flush();
    expect(store.calls).toHaveLength(2);
  });

  it('run in windows without Node and with their worlds apart', () => {
    const main = file('main.mjs');
    expect(main).toContain('{ sandbox: true, contextIsolation: true, nodeIntegration: false }');
    expect(main.match(/new BrowserWindow\(/g)).toHaveLength(2);
    expect(main.match(/webPreferences: \{ \.\.\.strict,/g)).toHaveLength(2);
  });
});
