import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Connection, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, drain, launch } from '../support/chaos/browsers.js';
import { builtFile, changedBundle } from '../support/chaos/bundles.js';
import { type Random, isLong, randomFor, seed } from '../support/chaos/random.js';
import { type Faults, type Moment, type Player, type Site, PATIENCE, openSite } from '../support/chaos/site.js';
import { FLAWLESS, verdictOn } from '../support/chaos/verdict.js';

/** How a page ends. */
type End = 'closed' | 'crashed' | 'killed';

const connections = new WeakMap<Browser, Connection>();

/** More than a page makes before its end, in most cases. */
const REPORTS = 12;

/** One outbox, and one page after the other. */
interface Lane {
  readonly site: Site;
  readonly player: Player;
  readonly random: Random;
  readonly bundle: string;
  tabs: number;
  /** Ends that came while a push was under way. */
  duringPush: number;
  /** Ends that came while something acknowledged had not arrived. */
  beforeArrival: number;
}

/** A service on a bad day. */
function badDay(random: Random): Faults {
  return {
    delay: () => (random.chance(0.6) ? random.between(1, 60) : 0),
    refuses: () => random.chance(0.1),
    losesAnswer: () => random.chance(0.15),
  };
}

function laneOf(site: Site, name: string, bundle: string): Lane {
  const player = site.player(name);
  const random = randomFor(name);
  player.faults = badDay(random);
  return { site, player, random, bundle, tabs: 0, duringPush: 0, beforeArrival: 0 };
}

/** A moment at which the page ends: one that the server sees, or a little later. */
async function deadly({ site, player, random }: Lane, tab: number): Promise<void> {
  const kind = random.oneOf<Moment['kind']>([
    'acknowledged',
    'acknowledged',
    'push-arrived',
    'push-applied',
    'push-answered',
  ]);
  let left = random.between(1, kind === 'acknowledged' ? REPORTS : 3);
  await site.moment(`${player.name}: ${left} × ${kind} of tab ${tab}`, (moment) => {
    if (moment.player !== player.name || moment.tab !== tab) return false;
    // After its last report nothing more may come for a while.
    return moment.kind === 'told' && moment.facts?.['made'] ? true : moment.kind === kind && --left === 0;
  });
  if (random.chance(0.5)) await pause(random.between(1, 10));
}

function note(lane: Lane, tab: number): void {
  const { receipts, effects, underWay } = lane.player;
  const arrived = new Set(effects.map(({ id }) => id));
  if (underWay > 0) lane.duringPush += 1;
  if (receipts.some((receipt) => receipt.tab === tab && !arrived.has(receipt.id))) lane.beforeArrival += 1;
}

/** To the browser itself: a page of its own would cost more than the one that is opened and closed. */
async function connectionOf(browser: Browser): Promise<Connection> {
  const known = connections.get(browser);
  if (known) return known;
  const [blank] = await browser.pages();
  const connection = (await (blank ?? (await browser.newPage())).createCDPSession()).connection();
  if (!connection) throw new Error('The browser has no connection');
  connections.set(browser, connection);
  return connection;
}

/** Crashes the renderer of a page, and resolves when it has. */
async function crash(page: Page): Promise<void> {
  const client = await page.createCDPSession();
  const crashed = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The page did not crash')), PATIENCE);
    page.once('error', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  // It has no answer: nobody is left to give one.
  client.send('Page.crash').catch(() => undefined);
  await crashed;
}

async function kill(browser: Browser): Promise<void> {
  const child = browser.process();
  if (!child) throw new Error('The browser has no process');
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}

/** One page, from its address to its end. Gives the browser for the next one. */
async function liveAndEnd(lane: Lane, browser: Browser, end: End, relaunch: () => Promise<Browser>): Promise<Browser> {
  const { site, player, random, bundle } = lane;
  const tab = ++lane.tabs;
  const burst = random.between(1, 4);
  const address = addressOf(site.port, { player: player.name, tab, bundle, reports: REPORTS, burst });
  const moment = deadly(lane, tab);
  // Where something else fails first, nobody waits for it any more.
  moment.catch(() => undefined);
  if (end === 'closed') {
    const connection = await connectionOf(browser);
    const { targetId } = await connection.send('Target.createTarget', { url: address });
    await moment;
    note(lane, tab);
    // No handler of the page is asked.
    await connection.send('Target.closeTarget', { targetId });
    return browser;
  }
  const page = await browser.newPage();
  page.goto(address).catch(() => undefined);
  await moment;
  note(lane, tab);
  if (end === 'killed') {
    await kill(browser);
    return relaunch();
  }
  await crash(page);
  await page.close();
  return browser;
}

interface Outcome {
  readonly lanes: readonly Lane[];
  readonly ends: number;
}

/** Several outboxes at once, each with one page after the other; then what is left is sent on a good day. */
async function endPages(site: Site, end: End, ends: number, bundle: string, lanesWanted: number): Promise<Outcome> {
  const lanes = Array.from({ length: lanesWanted }, (_, index) => laneOf(site, `${bundle}-${end}-${index}`, bundle));
  let left = ends;
  let shared: Browser | undefined;
  const work = async (lane: Lane) => {
    const profile = end === 'killed' ? await mkdtemp(join(tmpdir(), 'chaos-')) : undefined;
    const start = () => launch(profile === undefined ? {} : { profile });
    let browser = shared ?? (await start());
    try {
      while (left-- > 0) browser = await liveAndEnd(lane, browser, end, start);
      lane.player.faults = undefined;
      const { name } = lane.player;
      await drain(browser, addressOf(site.port, { player: name, tab: ++lane.tabs, bundle }));
    } finally {
      if (browser !== shared) await browser.close();
      if (profile !== undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  if (end !== 'killed') shared = await launch();
  try {
    await Promise.all(lanes.map(work));
  } finally {
    await shared?.close();
  }
  return { lanes, ends };
}

/** What was wrong, over all lanes, in one object that a test can compare. */
function sum({ lanes, ends }: Outcome) {
  const verdicts = lanes.map(({ player }) => verdictOn(player));
  const all = (member: 'lost' | 'doubled' | 'reordered') => verdicts.flatMap((verdict) => verdict[member]);
  const count = (member: 'duringPush' | 'beforeArrival') => lanes.reduce((total, lane) => total + lane[member], 0);
  const acknowledged = verdicts.reduce((total, verdict) => total + verdict.acknowledged, 0);
  const facts = { ends, acknowledged, duringPush: count('duringPush'), beforeArrival: count('beforeArrival') };
  console.log(`seed ${seed}: ${JSON.stringify(facts)}`);
  return { ...facts, lost: all('lost'), doubled: all('doubled'), reordered: all('reordered') };
}

describe(`reports of pages that end without warning (SEED=${seed})`, () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite();
    site.bundles.set('built', builtFile());
    const [losing, doubling] = await Promise.all([
      // The order of the best-known queues: out of the queue, then to the service.
      changedBundle([
        {
          file: 'store/outbox.ts',
          from: 'return { ...record, queued: [...taken, ...without(record.queued, ids)] };',
          to: 'return { ...record, queued: without(record.queued, ids) };',
        },
        { file: 'store/outbox.ts', from: 'return settled + fromMemory.length;', to: 'return answers.length;' },
      ]),
      // A new id with every try.
      changedBundle([
        {
          file: 'store/outbox.ts',
          from: 'const note = (row: QueuedReport) => ({ ...row,',
          to: 'const note = (row: QueuedReport) => ({ ...row, id: createId(),',
        },
      ]),
    ]);
    site.bundles.set('losing', losing);
    site.bundles.set('doubling', doubling);
  });
  afterAll(() => site.close());

  it.each([
    ['closed', 200, 1000, 3],
    ['crashed', 50, 200, 3],
    ['killed', 20, 50, 2],
  ] as const)(
    'are neither lost nor doubled nor reordered where pages are %s (%i times)',
    async (end, few, many, lanes) => {
      const { acknowledged, duringPush, beforeArrival, ...wrong } = sum(
        await endPages(site, end, isLong ? many : few, 'built', lanes),
      );
      expect(wrong, `SEED=${seed}`).toEqual({ ends: isLong ? many : few, ...FLAWLESS });
      // Otherwise nothing was tried.
      expect(acknowledged).toBeGreaterThan(few);
      expect(duringPush).toBeGreaterThan(0);
      expect(beforeArrival).toBeGreaterThan(0);
    },
  );

  it('are found lost where they leave the outbox before they are sent', async () => {
    const { lost } = sum(await endPages(site, 'closed', 20, 'losing', 2));
    expect(lost.length).toBeGreaterThan(0);
  });

  it('are found doubled where each try has an id of its own', async () => {
    const { doubled } = sum(await endPages(site, 'closed', 20, 'doubling', 2));
    expect(doubled.length).toBeGreaterThan(0);
  });
});
