import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { enginesHere } from '../../scripts/browsers.mjs';
import { type DrivenPage, openPage, until } from '../support/pages/engines.js';
import { knownToService } from '../support/pages/game-service.js';

const SNAPSHOT = `document.querySelector('achievement-list')?.store?.snapshot`;
const CAUGHT = `Number(document.querySelector('.count').textContent)`;
const phaseIs = (phase: string) => `document.querySelector('#game').dataset.phase === '${phase}'`;

describe.each(enginesHere)('the game in %s', (engine) => {
  const room = `game-in-${engine}`;
  let page: DrivenPage;

  beforeAll(async () => {
    page = await openPage(engine);
  });
  afterAll(() => page.close());

  const known = (id: string) => knownToService(room, id);

  /** Across the field, a little up, back, and down again: milliseconds for each. */
  const WAYS = [
    ['ArrowRight', 1200],
    ['ArrowUp', 350],
    ['ArrowLeft', 1200],
    ['ArrowDown', 350],
  ] as const;

  /** Flies with the arrow keys until so many are caught. */
  async function fly(least: number): Promise<void> {
    for (let turn = 0; (await page.evaluate<number>(CAUGHT)) < least; turn++) {
      const [key, time] = WAYS[turn % WAYS.length]!;
      // On as soon as something was caught.
      await page.evaluate(`void (window.turn = { caught: ${CAUGHT}, until: performance.now() + ${time} })`);
      await page.hold(key, () => until(page, `${CAUGHT} > turn.caught || performance.now() > turn.until`));
    }
  }

  // Where every frame is drawn by the processor the light is slow.
  it('is played by keyboard without a service, and tells everything once it is back', async () => {
    const url = new URL('game.html', new URL(inject('demoUrl')).origin);
    url.searchParams.set('room', room);
    await page.goto(url.href);
    await until(page, `${SNAPSHOT}?.library?.achievements.length === 8`);
    await page.evaluate(`document.querySelector('#unplugged').click()`);
    await page.evaluate(`document.querySelector('#game .panel button').focus()`);
    await page.press('Enter');
    await until(page, phaseIs('playing'));
    await fly(1);
    await page.press('Escape');
    await until(page, phaseIs('paused'));
    const caught = await page.evaluate<number>(CAUGHT);
    const toasts = `document.querySelector('achievement-toasts').shadowRoot.textContent`;
    await until(page, `${toasts}.includes('First Spark')`);
    expect(await page.evaluate<number>(`${SNAPSHOT}.pending`)).toBeGreaterThan(0);
    await expect(known('lamplighter'), 'control: nobody reaches the service').rejects.toThrow();

    await page.evaluate(`document.querySelector('#unplugged').click()`);
    await page.evaluate(`void document.querySelector('achievement-list').store.refresh()`);
    await until(page, `${SNAPSHOT}.pending === 0`);
    expect((await known('lamplighter')).current).toBe(caught);
    expect((await known('first-spark')).state).toBe('unlocked');
    await until(
      page,
      `${SNAPSHOT}.library.achievements.find(({ id }) => id === 'lamplighter').progress.current === ${caught}`,
    );
  }, 120_000);
});
