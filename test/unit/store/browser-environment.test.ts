import { IDBFactory as FakeFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from '../../../src/store/index.js';
import { achievement, failure, fresh, scriptedBackend, until } from './support.js';

let browserEnvironment: typeof import('../../../src/store/browser-environment.js').browserEnvironment;

beforeEach(async () => {
  // What it remembers of the page is as new.
  vi.resetModules();
  ({ browserEnvironment } = await import('../../../src/store/browser-environment.js'));
});
afterEach(() => void vi.unstubAllGlobals());

/** As much of a page as is needed. */
function stubPage() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const target = new EventTarget();
  const added = vi.spyOn(target, 'addEventListener');
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('navigator', { onLine: true });
  return { page, target, added };
}

describe('on a server', () => {
  it('the page is visible and online, and nothing is kept', async () => {
    const { page, openStorage } = browserEnvironment();
    expect(page.isVisible()).toBe(true);
    expect(page.isOnline()).toBe(true);
    page.subscribe(() => undefined)();
    const storage = openStorage();
    expect(storage.volatile).toBe(true);
    await storage.update(['a'], () => 1);
    expect(await openStorage().get(['a'])).toBeUndefined();
  });

  it('a store works, and says that nothing is kept', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const store = createStore({ backend: scriptedBackend(fresh([achievement('a')])), player: 'p1' });
    await store.refresh();
    expect(store.snapshot).toMatchObject({ storage: 'memory', library: { achievements: [{ id: 'a' }] } });
    await store.signOut();
    expect(store.snapshot.problem).toBeUndefined();
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe('in a browser', () => {
  it('tells of visibility and connection, until it is told to stop', () => {
    const { page, target } = stubPage();
    const environment = browserEnvironment();
    const listener = vi.fn();
    const stop = environment.page.subscribe(listener);
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(environment.page.isVisible()).toBe(false);
    target.dispatchEvent(new Event('online'));
    target.dispatchEvent(new Event('offline'));
    expect(listener).toHaveBeenCalledTimes(3);
    stop();
    page.dispatchEvent(new Event('visibilitychange'));
    target.dispatchEvent(new Event('online'));
    expect(listener).toHaveBeenCalledTimes(3);
    vi.stubGlobal('navigator', { onLine: false });
    expect(environment.page.isOnline()).toBe(false);
  });

  it('has one connection for all stores', async () => {
    vi.stubGlobal('indexedDB', new FakeFactory());
    const storage = browserEnvironment().openStorage();
    expect(browserEnvironment().openStorage()).toBe(storage);
    await storage.update(['a'], () => 1);
    expect(await storage.get(['a'])).toBe(1);
  });

  it('survives an `indexedDB` that throws when it is touched', async () => {
    const denied = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    Object.defineProperty(globalThis, 'indexedDB', { get: denied, configurable: true });
    const hint = vi.fn();
    const store = createStore({
      backend: scriptedBackend(fresh([achievement('a')])),
      player: 'p1',
      environment: { ...browserEnvironment(), hint },
    });
    store.subscribe(() => undefined);
    await until(() => store.snapshot.library !== undefined);
    expect(store.snapshot).toMatchObject({ storage: 'memory', activity: 'idle' });
    expect(store.snapshot.problem).toBeUndefined();
    await store.signOut();
    expect(store.snapshot.problem).toBeUndefined();
    expect(hint).toHaveBeenCalledTimes(1);
    store.dispose();
    delete (globalThis as { indexedDB?: unknown }).indexedDB;
  });

  it('fetches with what is there when it is called', async () => {
    const { fetch } = browserEnvironment();
    const replaced = vi.fn(() => Promise.resolve(new Response('mine')));
    vi.stubGlobal('fetch', replaced);
    expect(await (await fetch('https://service.example/')).text()).toBe('mine');
  });

  it('gives a hint once for a page, not for every store', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const environment = browserEnvironment();
    for (let count = 0; count < 3; count++) {
      const store = createStore({ backend: scriptedBackend(failure('forbidden')), environment });
      await store.refresh();
    }
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]![0]).toMatch(/^achievement-elements: .*player/);
    warn.mockRestore();
  });
});

it('importing touches nothing of the page', async () => {
  const touched: string[] = [];
  const names = ['document', 'window', 'indexedDB', 'localStorage', 'fetch', 'addEventListener'];
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const name of names) {
    Object.defineProperty(globalThis, name, { get: () => void touched.push(name), configurable: true });
  }
  vi.resetModules();
  await import('../../../src/store/index.js');
  const seen = [...touched];
  for (const [name, descriptor] of before) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete (globalThis as Record<string, unknown>)[name];
  }
  expect(seen).toEqual([]);
});
