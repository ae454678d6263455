import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { AchievementList } from '../../src/index.js';
import { launchChromium } from '../support/browser/chromium.js';
import { knownToService } from '../support/pages/game-service.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe('the game', () => {
  let browser: Browser;
  let context: BrowserContext;
  let room = 0;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    // Services of one's own: nobody else's nights count.
    room += 1;
  });
  afterEach(() => context.close());

  const open = async (path = 'game.html', origin = new URL(inject('demoUrl')).origin): Promise<Page> => {
    const url = new URL(path, origin);
    url.searchParams.set('room', `game-${room}`);
    const page = await context.newPage();
    await page.goto(url.href, { waitUntil: 'load' });
    await page.waitForFunction(
      () =>
        document.querySelector<AchievementList>('achievement-list')?.store?.snapshot.library?.achievements.length === 8,
    );
    return page;
  };

  const known = (id: string) => knownToService(`game-${room}`, id);

  /** What the list on a page shows. */
  const shown = (page: Page, id: string) =>
    page.evaluate((wanted) => {
      const { snapshot } = document.querySelector<AchievementList>('achievement-list')!.store!;
      const found = snapshot.library!.achievements.find((achievement) => achievement.id === wanted)!;
      return { state: found.state, current: found.progress?.current ?? 0, pending: snapshot.pending };
    }, id);

  const untilShown = (page: Page, id: string, current: number) =>
    page.waitForFunction(
      ([wanted, least]) => {
        const { snapshot } = document.querySelector<AchievementList>('achievement-list')!.store!;
        const found = snapshot.library!.achievements.find((achievement) => achievement.id === wanted)!;
        return (found.progress?.current ?? 0) >= least && snapshot.pending === 0;
      },
      [id, current] as const,
    );

  const caught = async (place: Page | Frame) => Number(await place.locator('.count').textContent());

  /** Flies over the field in lines, as who mows a lawn, until so many are caught. */
  const fly = async (page: Page, place: Page | Frame, least: number): Promise<number> => {
    const box = (await place.locator('canvas').boundingBox())!;
    for (let line = 0; (await caught(place)) < least; line++) {
      const y = box.y + box.height * (0.15 + 0.1 * (line % 7));
      const x = box.x + box.width * (line % 2 ? 0.06 : 0.94);
      await page.mouse.move(x, y, { steps: 20 });
      const at = await caught(place);
      // On to the next line as soon as something was caught, or the light has had its time to get there.
      await place.waitForFunction(
        ([before, until]) =>
          Number(document.querySelector('.count')?.textContent) > before || performance.now() > until,
        [at, (await place.evaluate(() => performance.now())) + 900] as const,
      );
    }
    return caught(place);
  };

  const pause = async (page: Page, place: Page | Frame): Promise<number> => {
    await place.locator('canvas').focus();
    await page.keyboard.press('p');
    await place.getByRole('button', { name: 'Go on' }).waitFor();
    return caught(place);
  };

  it('is played by keyboard alone, and what is caught goes through the service into the list', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Play' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('CANVAS');
    for (let turn = 0; (await caught(page)) < 2; turn++) {
      const [along, across] = [turn % 2 ? 'ArrowLeft' : 'ArrowRight', turn % 6 < 3 ? 'ArrowUp' : 'ArrowDown'];
      const before = await caught(page);
      await page.keyboard.down(along);
      if (turn % 3 === 0) await page.keyboard.press(across, { delay: 250 });
      const until = (await page.evaluate(() => performance.now())) + 1500;
      await page.waitForFunction(
        ([count, time]) => Number(document.querySelector('.count')?.textContent) > count || performance.now() > time,
        [before, until] as const,
      );
      await page.keyboard.up(along);
    }
    await page.keyboard.press('p');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Go on');
    const count = await caught(page);
    await untilShown(page, 'lamplighter', count);
    expect(await known('first-spark')).toMatchObject({ state: 'unlocked' });
    expect(await known('lamplighter')).toMatchObject({ current: count });
    expect(await shown(page, 'first-spark')).toMatchObject({ state: 'unlocked' });
    await page.keyboard.press('Enter');
    expect(await page.locator('#game').getAttribute('data-phase')).toBe('playing');
  });

  it('is played with a gamepad', async () => {
    const page = await open();
    await page.evaluate(() => {
      const buttons = Array.from({ length: 17 }, () => ({ pressed: false, touched: false, value: 0 }));
      const pad = { id: 'A pad', index: 0, connected: true, mapping: 'standard', axes: [0, 0, 0, 0], buttons };
      Object.assign(globalThis, { pad });
      navigator.getGamepads = () => [pad as unknown as Gamepad, null, null, null];
      dispatchEvent(new Event('gamepadconnected'));
    });
    const press = (button: number) =>
      page.evaluate(async (index) => {
        const { pad } = globalThis as unknown as { pad: { buttons: { pressed: boolean }[] } };
        const frames = async () => {
          for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
        };
        pad.buttons[index]!.pressed = true;
        await frames();
        pad.buttons[index]!.pressed = false;
        await frames();
      }, button);
    await press(0);
    expect(await page.locator('#game').getAttribute('data-phase')).toBe('playing');
    const stick = (x: number, y: number) =>
      page.evaluate(
        (axes) => void ((globalThis as unknown as { pad: { axes: number[] } }).pad.axes = axes),
        [x, y, 0, 0],
      );
    for (let turn = 0; (await caught(page)) < 2; turn++) {
      const before = await caught(page);
      await stick(turn % 2 ? -1 : 1, [0.4, -0.4, 0][turn % 3]!);
      const until = (await page.evaluate(() => performance.now())) + 1500;
      await page.waitForFunction(
        ([count, time]) => Number(document.querySelector('.count')?.textContent) > count || performance.now() > time,
        [before, until] as const,
      );
    }
    await press(9);
    expect(await page.locator('#game').getAttribute('data-phase')).toBe('paused');
    const count = await caught(page);
    await untilShown(page, 'lamplighter', count);
    expect(await known('lamplighter')).toMatchObject({ current: count });
  });

  it('goes on without a connection: what was caught is sent once it is back, each exactly once', async () => {
    const page = await open();
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Play' }).click();
    await fly(page, page, 3);
    const count = await pause(page, page);
    const offline = await shown(page, 'lamplighter');
    expect(offline.current).toBe(count);
    expect(offline.pending).toBeGreaterThanOrEqual(2 * count);
    expect(await known('lamplighter')).toMatchObject({ current: 0 });
    await context.setOffline(false);
    await untilShown(page, 'lamplighter', count);
    expect(await known('lamplighter')).toMatchObject({ current: count });
    expect(await known('first-spark')).toMatchObject({ state: 'unlocked' });
  });

  it('is played in two tabs at once, and both count', async () => {
    const [one, other] = [await open(), await open()];
    await other.getByRole('button', { name: 'Play' }).click();
    await fly(other, other, 2);
    const second = await pause(other, other);
    // Told by the service: nobody asked again in this tab.
    await untilShown(one, 'lamplighter', second);
    await one.bringToFront();
    await one.getByRole('button', { name: 'Play' }).click();
    await fly(one, one, 2);
    const first = await pause(one, one);
    await untilShown(other, 'lamplighter', first + second);
    await untilShown(one, 'lamplighter', first + second);
    expect(await known('lamplighter')).toMatchObject({ current: first + second });
  });

  it.each(['same', 'other'])('is played in a frame of the %s origin', async (which) => {
    const page = await open(`game-embed.html?origin=${which}`);
    await page
      .locator('#bridge', { hasText: 'Nobody' })
      .or(page.locator('#bridge', { hasText: 'hello' }))
      .waitFor();
    const frame = page.frame({ url: /game-frame\.html/ }) ?? (await page.waitForEvent('framenavigated'));
    const [inside, around] = [new URL(frame.url()).origin, new URL(page.url()).origin];
    expect(inside === around).toBe(which === 'same');
    await frame.getByRole('button', { name: 'Play' }).click();
    await fly(page, frame, 2);
    const count = await pause(page, frame);
    await untilShown(page, 'lamplighter', count);
    expect(await known('lamplighter')).toMatchObject({ current: count });
    expect(await page.locator('#bridge').textContent()).toBe(`Connected to ${inside}.`);
  });

  it('asks for no frame until somebody plays, and pauses when it is hidden', async () => {
    const counting = () => {
      const count = { frames: 0 };
      Object.assign(globalThis, { count });
      const ask = requestAnimationFrame;
      globalThis.requestAnimationFrame = (callback) => {
        count.frames += 1;
        return ask(callback);
      };
    };
    const frames = (page: Page) =>
      page.evaluate(() => (globalThis as unknown as { count: { frames: number } }).count.frames);
    /** A second of the browser's own frames, in which nothing of the page has to ask for one. */
    const someFrames = (page: Page) =>
      page.locator('h1').evaluate(async (heading) => {
        await heading.animate([{ opacity: 1 }, { opacity: 1 }], { duration: 1000 }).finished;
      });
    const page = await open();
    await page.evaluate(counting);
    // What came with the first data is over then.
    await someFrames(page);
    const before = await frames(page);
    await someFrames(page);
    expect(await frames(page)).toBe(before);
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForFunction(() => (globalThis as unknown as { count: { frames: number } }).count.frames > 10);
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    expect(await page.locator('#game').getAttribute('data-phase')).toBe('paused');
    const paused = await frames(page);
    await someFrames(page);
    expect(await frames(page)).toBe(paused);
  });

  it.each(['game.html', 'game-embed.html'])('%s has no accessibility violations', async (name) => {
    const page = await open(name);
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
