// Where everything is measured: one server, and one Chromium with a profile on disk.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBrowsers, isRoot } from '../scripts/browsers.mjs';

/**
 * @typedef {object} World
 * @property {import('playwright-core').BrowserContext} context
 * @property {string} origin
 * @property {Map<string, readonly [type: string, body: string | Buffer]>} files what the server has, by path
 * @property {{ data: boolean }} network while `data` is false, the connection is cut when data are asked for
 * @property {() => Promise<void>} close
 */

/**
 * The scripts of the pages, which come from the disk as they are.
 * @param {string} path
 * @returns {readonly [type: string, body: string | Buffer] | undefined}
 */
function scriptOf(path) {
  const [, name] = /^\/in-page\/([a-z-]+\.mjs)$/.exec(path) ?? [];
  return name ? ['text/javascript', readFileSync(new URL(`./in-page/${name}`, import.meta.url))] : undefined;
}

/** An isolated page has a clock of 5 microseconds instead of 100. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** @returns {Promise<World>} */
export async function openWorld() {
  const { chromium: program } = ensureBrowsers(['chromium']);
  /** @type {World['files']} */
  const files = new Map();
  const network = { data: true };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const file = files.get(path) ?? scriptOf(path);
    if (path.endsWith('.json') && !network.data) {
      request.socket.destroy();
      return;
    }
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const [type, body] = file;
    const isPage = type === 'text/html' || type === 'application/json';
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': isPage ? 'no-store' : 'max-age=3600',
      ...(path.startsWith('/in-page/') ? ISOLATED : {}),
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const profile = mkdtempSync(join(tmpdir(), 'achievement-elements-bench-'));
  // However this ends, an interrupt included.
  process.once('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }));
  const closeServer = () => {
    server.closeAllConnections();
    server.close();
  };
  try {
    // A profile on disk, as visitors have it: a private window keeps no compiled scripts.
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: /** @type {string} */ (program),
      viewport: { width: 1000, height: 1400 },
      args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-background-networking', '--disable-component-update'],
    });
    const close = async () => {
      await context.close();
      closeServer();
    };
    return { context, origin: `http://127.0.0.1:${address.port}`, files, network, close };
  } catch (error) {
    closeServer();
    throw error;
  }
}

/** One page with its `subject`, and what the browser's own instruments say of it. */
export class Stage {
  /** @type {import('playwright-core').Page} */
  page;
  /** @type {import('playwright-core').CDPSession} */
  #session;

  /**
   * @param {import('playwright-core').Page} page
   * @param {import('playwright-core').CDPSession} session
   */
  constructor(page, session) {
    this.page = page;
    this.#session = session;
  }

  /**
   * @param {World} world
   * @param {string} path
   */
  static async open({ context, origin }, path) {
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`${path}: ${error.message}`));
    const session = await context.newCDPSession(page);
    await page.goto(`${origin}${path}`);
    await page.waitForFunction(() => 'subject' in window);
    return new Stage(page, session);
  }

  /** In front, where frames come at their full rate, and without the garbage of what was before. */
  async prepare() {
    await this.page.bringToFront();
    await this.#session.send('HeapProfiler.collectGarbage');
  }

  /**
   * Shows so many achievements; how long that takes, in milliseconds. They were made before, and what that left behind
   * is gone.
   * @param {number} count
   * @param {string} [layout]
   */
  async show(count, layout) {
    await this.page.evaluate((wanted) => window.subject.make(wanted), count);
    await this.prepare();
    return this.page.evaluate((wanted) => window.subject.show(wanted), layout);
  }

  /**
   * How long scripts run while `action` does, in milliseconds. `ScriptDuration` of the browser's metrics leaves out
   * what runs as a microtask, which with Lit is everything, so this adds up the browser's trace.
   * @param {() => Promise<void>} action
   */
  async scriptTime(action) {
    const events = await this.#trace(['devtools.timeline', 'v8.execute', 'v8'], action);
    return outermostTime(events.filter(({ name, dur }) => SCRIPT_EVENTS.has(name) && dur !== undefined)) / 1000;
  }

  /**
   * The longest that a task of the page's own thread runs while `action` does, in milliseconds.
   * @param {() => Promise<void>} action which paints
   */
  async longestTask(action) {
    const events = await this.#trace(['devtools.timeline', 'disabled-by-default-devtools.timeline'], action);
    const frames = new Set(events.filter(({ name }) => name === 'FireAnimationFrame').map(({ tid }) => tid));
    const tasks = events.filter(({ name, tid }) => name === 'RunTask' && frames.has(tid));
    return tasks.reduce((longest, { dur = 0, tdur = dur }) => Math.max(longest, tdur), 0) / 1000;
  }

  /**
   * @param {string[]} includedCategories
   * @param {() => Promise<void>} action
   */
  async #trace(includedCategories, action) {
    /** @type {TraceEvent[]} */
    const events = [];
    const session = this.#session;
    const collect = (/** @type {{ value: object[] }} */ { value }) => {
      for (const event of value) events.push(/** @type {TraceEvent} */ (event));
    };
    session.on('Tracing.dataCollected', collect);
    try {
      await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
      await action();
      const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
      await session.send('Tracing.end');
      await complete;
    } finally {
      session.off('Tracing.dataCollected', collect);
    }
    return events;
  }

  async close() {
    await this.page.close();
  }
}

/**
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {number} ts when it began, in microseconds
 * @property {number} [dur] how long it took, in microseconds
 * @property {number} [tdur] how long of that its thread ran: not what other programs took from it meanwhile
 * @property {number} pid
 * @property {number} tid
 */

const SCRIPT_EVENTS = new Set(['v8.callFunction', 'FunctionCall', 'RunMicrotasks', 'EvaluateScript']);

/**
 * The sum of what is not inside another one.
 * @param {TraceEvent[]} events
 */
function outermostTime(events) {
  /** @type {Map<string, number>} */
  const ends = new Map();
  let sum = 0;
  for (const { ts, dur = 0, tdur = dur, pid, tid } of events.sort((left, right) => left.ts - right.ts)) {
    const thread = `${pid} ${tid}`;
    if (ts < (ends.get(thread) ?? 0)) continue;
    sum += tdur;
    ends.set(thread, ts + dur);
  }
  return sum;
}
