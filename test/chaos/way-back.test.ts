import type { Browser, Page } from 'puppeteer-core';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, launch, until } from '../support/chaos/browsers.js';
import { builtFile, changedBundle } from '../support/chaos/bundles.js';
import { isLong } from '../support/chaos/random.js';
import { type Site, PATIENCE, openSite } from '../support/chaos/site.js';

const TIMES = isLong ? 50 : 10;
const CYCLES = 1000;

/** Counts what a page holds; runs before everything else in it. */
const COUNT = `
  globalThis.held = { unload: [], channels: 0, timers: new Set() };
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    if (/unload$/.test(type)) held.unload.push(type);
    return addEventListener.call(this, type, ...rest);
  };
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    isOpen = Boolean(held.channels += 1);
    close() {
      if (this.isOpen) held.channels -= 1;
      this.isOpen = false;
      super.close();
    }
  };
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  globalThis.setTimeout = (callback, ...rest) => {
    const timer = set((...given) => (held.timers.delete(timer), callback(...given)), ...rest);
    held.timers.add(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => (held.timers.delete(timer), clear(timer));
`;

/** Connects and disconnects a list so often: the same one, and every second time a new one. */
const CYCLE = `async (count, player) => {
  const create = () => Object.assign(document.createElement('achievement-list'), { src: '/service?player=' + player, player, refresh: 30 });
  const kept = create();
  for (let cycle = 0; cycle < count; cycle++) {
    const list = cycle % 2 ? kept : create();
    document.body.append(list);
    await list.updateComplete;
    list.remove();
    // What leaves with it leaves in a microtask.
    await null;
  }
}`;

/** A page that navigates has no context for a moment. */
async function arrive(page: Page, path: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const isThere = await page
      .evaluate(`location.pathname + location.hash === ${JSON.stringify(path)} && document.readyState === 'complete'`)
      .catch(() => false);
    if (isThere === true) return;
    if (Date.now() > deadline) throw new Error(`Not at ${path} after ${PATIENCE} ms`);
    await pause(20);
  }
}

/** Goes away and comes back; `meanwhile` something happens. Returns whether the page was kept as it was. */
async function goAndComeBack(page: Page, meanwhile: () => Promise<unknown>): Promise<boolean> {
  const path = await page.evaluate<[], () => string>(() => location.pathname);
  await page.evaluate('globalThis.marker = true');
  await page.evaluate(`void (location.href = '/plain.html#away')`).catch(() => undefined);
  await arrive(page, '/plain.html#away');
  await meanwhile();
  await page.evaluate('void history.back()').catch(() => undefined);
  await arrive(page, path);
  return (await page.evaluate('globalThis.marker === true')) === true;
}

describe('the page of a list', () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await openSite();
    site.bundles.set('built', builtFile());
    site.bundles.set(
      'keeps-its-channel',
      await changedBundle(
        [
          {
            file: 'store/create-store.ts',
            from: 'this.#stay.delivery.stop();\n    this.#others.close();\n    this.#listen();',
            to: 'this.#stay.delivery.stop();\n    this.#listen();',
          },
        ],
        'src/cdn.ts',
      ),
    );
    site.bundles.set(
      'leaks',
      await changedBundle(
        [
          {
            file: 'store/create-store.ts',
            from: 'this.#leavePage?.();\n    this.#leavePage = undefined;\n    if (!isNeeded) return;',
            to: 'this.#leavePage = undefined;\n    if (!isNeeded) return;',
          },
        ],
        'src/cdn.ts',
      ),
    );
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  async function open(player: string, tab: number, bundle: string, list: boolean): Promise<Page> {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(COUNT);
    await page.goto(addressOf(site.port, { player, tab, bundle, list, ...(list && { refresh: 30 }) }), {
      timeout: PATIENCE,
    });
    await until(page, `'chaos' in globalThis`);
    return page;
  }

  /** How often the page was kept, with another tab that reports while it is away. */
  async function keptTimes(player: string, bundle: string, times: number): Promise<number> {
    const page = await open(player, 1, bundle, true);
    const other = await open(player, 2, bundle, true);
    await until(page, `chaos.store.snapshot.library !== undefined`);
    let kept = 0;
    for (let time = 0; time < times; time++) {
      const isKept = await goAndComeBack(page, async () => {
        await other.evaluate('chaos.reportMany(1, 1)');
        await until(other, 'chaos.store.snapshot.pending === 0');
      });
      if (isKept) kept += 1;
      await until(page, `chaos?.store.snapshot.pending === 0`);
    }
    await Promise.all([page.close(), other.close()]);
    return kept;
  }

  it('can be kept for the way back by this browser at all, as any page', async () => {
    const page = await browser.newPage();
    await page.goto(`http://plain.localhost:${site.port}/plain.html`, { timeout: PATIENCE });
    let kept = 0;
    for (let time = 0; time < 3; time++) {
      await page.evaluate('globalThis.marker = true');
      await page.evaluate(`void (location.href = '/player.html?player=plain&tab=1')`).catch(() => undefined);
      await arrive(page, '/player.html');
      await page.evaluate('void history.back()').catch(() => undefined);
      await arrive(page, '/plain.html');
      if (await page.evaluate('globalThis.marker === true')) kept += 1;
    }
    expect(kept).toBe(3);
    await page.close();
  });

  it(`is kept for the way back every time, while another tab reports`, async () => {
    expect(await keptTimes('kept', 'built', TIMES)).toBe(TIMES);
  });

  it('is found to be thrown away where it keeps its channel', async () => {
    expect(await keptTimes('channel', 'keeps-its-channel', 2)).toBe(0);
  });

  /** What a page holds after so many cycles, and no more than is asked for, as soon as that is so. */
  async function heldAfter(page: Page, player: string, cycles: number, limit?: { atMost: number; within: number }) {
    const client = await page.createCDPSession();
    await client.send('Performance.enable');
    await page.evaluate(`(${CYCLE})(${cycles}, ${JSON.stringify(player)})`);
    const deadline = Date.now() + (limit?.within ?? 0);
    for (;;) {
      await client.send('HeapProfiler.collectGarbage');
      const { metrics } = await client.send('Performance.getMetrics');
      const listeners = metrics.find(({ name }) => name === 'JSEventListeners')?.value ?? Number.NaN;
      const locks = await page.evaluate(
        `navigator.locks.query().then(({ held, pending }) => held.length + pending.length)`,
      );
      const held = (await page.evaluate('({ ...held, timers: held.timers.size })')) as object;
      const result = { listeners, locks, ...held } as {
        listeners: number;
        locks: number;
        channels: number;
        timers: number;
        unload: string[];
      };
      const isQuiet = locks === 0 && result.timers === 0 && result.channels === 0;
      if ((isQuiet && listeners <= (limit?.atMost ?? 0)) || Date.now() >= deadline) return result;
      await pause(100);
    }
  }

  it(`holds nothing more after ${CYCLES} lists came and went, and has no unload handler`, async () => {
    const page = await open('cycles', 1, 'built', false);
    const before = await heldAfter(page, 'cycles', 100, { atMost: 0, within: 5000 });
    const after = await heldAfter(page, 'cycles', CYCLES, { atMost: before.listeners, within: PATIENCE });
    console.log(`before: ${JSON.stringify(before)}, after: ${JSON.stringify(after)}`);
    expect(after).toEqual({ ...before, listeners: after.listeners });
    expect(after).toMatchObject({ locks: 0, channels: 0, timers: 0, unload: [] });
    expect(after.listeners).toBeLessThanOrEqual(before.listeners);
    await page.close();
  });

  it('is found to hold more where a store does not stop to listen', async () => {
    const page = await open('leaks', 1, 'leaks', false);
    const before = await heldAfter(page, 'leaks', 20, { atMost: 0, within: 1000 });
    const after = await heldAfter(page, 'leaks', 100, { atMost: before.listeners, within: 1000 });
    expect(after.listeners).toBeGreaterThan(before.listeners);
    await page.close();
  });
});
