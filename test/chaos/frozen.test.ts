import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, drain, launch, until } from '../support/chaos/browsers.js';
import { type Change, builtFile, changedBundle } from '../support/chaos/bundles.js';
import { isLong, randomFor, seed } from '../support/chaos/random.js';
import { type Player, type Site, PATIENCE, openSite } from '../support/chaos/site.js';
import { FLAWLESS, verdictOn } from '../support/chaos/verdict.js';

/** How long a tab waits for the lock of another one, in milliseconds. */
const BOUND = 10_000;

/** For a machine that others use too, in milliseconds. */
const MARGIN = 5000;

/** A tab that is frozen and is not told, as by a system that stops the process: the hardest case. */
const DEAF: Change = {
  file: 'store/browser-environment.ts',
  from: `document.addEventListener('freeze', become(true), { signal });`,
  to: '',
};

const ENDLESS: Change = { file: 'store/delivery.ts', from: 'const PATIENCE = 10_000;', to: 'const PATIENCE = 1e9;' };

interface Outcome {
  readonly player: Player;
  /** Until the report of the other tab had its effect, in milliseconds; `undefined` where it had none while it could. */
  readonly waited: number | undefined;
}

/**
 * One tab is frozen while its push hangs at the service, and another one reports; then the service answers the frozen
 * tab, which thaws.
 * @param when the service hangs
 */
async function freezeSender(
  browser: Browser,
  site: Site,
  name: string,
  bundle: string,
  when: 'beforeEffect' | 'beforeAnswer',
): Promise<Outcome> {
  const player = site.player(name);
  const open = async (tab: number) => {
    const page = await browser.newPage();
    await page.goto(addressOf(site.port, { player: name, tab, bundle }), { timeout: PATIENCE });
    await until(page, `'chaos' in globalThis`);
    return page;
  };
  const [holder, other] = [await open(1), await open(2)];
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let isFirst = true;
  player[when] = async ({ tab }) => {
    if (tab !== 1 || !isFirst) return;
    isFirst = false;
    await released;
  };

  const kind = when === 'beforeEffect' ? 'push-arrived' : 'push-applied';
  const hanging = site.moment('the push hangs', (moment) => moment.player === name && moment.kind === kind);
  await holder.evaluate('void chaos.reportMany(3, 3)');
  await hanging;
  const client = await holder.createCDPSession();
  await client.send('Page.setWebLifecycleState', { state: 'frozen' });

  const start = Date.now();
  const arrived = site
    .moment(
      'the report of the other tab',
      ({ kind: what, player: whose }) =>
        what === 'push-applied' && whose === name && player.effects.some(({ value }) => value === 2001),
      BOUND + MARGIN,
    )
    .then(
      () => Date.now() - start,
      () => undefined,
    );
  await other.evaluate('void chaos.reportMany(1, 1)');
  const waited = await arrived;

  release();
  await client.send('Page.setWebLifecycleState', { state: 'active' });
  // What comes after the thaw goes its way as well.
  await holder.evaluate('void chaos.reportMany(2, 1)');
  const pages = [holder, other];
  for (const page of pages) {
    await until(
      page,
      `chaos.rowsOnDevice().then((rows) => (rows + chaos.store.snapshot.pending === 0 && !chaos.store.snapshot.problem) || { rows, ...chaos.store.snapshot })`,
    );
  }
  await drain(browser, addressOf(site.port, { player: name, tab: 3, bundle }));
  await Promise.all(pages.map((page) => page.close()));
  return { player, waited };
}

describe(`a tab that is frozen while it sends (SEED=${seed})`, () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await openSite();
    site.bundles.set('built', builtFile());
    site.bundles.set('deaf', await changedBundle([DEAF]));
    site.bundles.set('endless', await changedBundle([DEAF, ENDLESS]));
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  /** As many as there are, some at a time. */
  async function runs(bundle: string, count: number): Promise<Outcome[]> {
    const random = randomFor(`frozen ${bundle}`);
    const outcomes: Outcome[] = [];
    while (outcomes.length < count) {
      const names = Array.from(
        { length: Math.min(isLong ? 5 : 2, count - outcomes.length) },
        (_, index) => `${bundle}-${outcomes.length + index}`,
      );
      outcomes.push(
        ...(await Promise.all(
          names.map((name, index) => {
            const when = random.chance(0.5) === (index % 2 === 0) ? 'beforeEffect' : 'beforeAnswer';
            return freezeSender(browser, site, name, bundle, when);
          }),
        )),
      );
    }
    return outcomes;
  }

  it.concurrent.each([
    ['is told of it, and lets go', 'built'],
    ['is not told of it, and keeps the lock', 'deaf'],
  ])(
    'does not keep the reports of others back, and changes nothing after it thaws, where it %s',
    async (_how, bundle) => {
      const outcomes = await runs(bundle, isLong ? 50 : 2);
      console.log(`${bundle}: ${outcomes.map(({ waited }) => waited).join(', ')} ms`);
      for (const { player, waited } of outcomes) {
        expect(waited, `SEED=${seed} ${player.name}`).toBeLessThan(BOUND + MARGIN);
        const { acknowledged, ...wrong } = verdictOn(player);
        expect({ acknowledged, ...wrong }).toEqual({ acknowledged: 6, ...FLAWLESS });
      }
    },
  );

  it.concurrent('is found to keep them back where others wait for its lock without end', async () => {
    const [outcome] = await runs('endless', 1);
    expect(outcome?.waited).toBeUndefined();
  });
});
