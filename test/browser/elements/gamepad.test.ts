import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../../src/define/achievement-gamepad.js';
import '../../../src/define/achievement-list.js';
import type { AchievementGamepad, GamepadEnvironment } from '../../../src/elements/achievement-gamepad.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import '../../../src/locales/de.js';
import { press } from '../../support/browser/keys.js';
import { violations } from '../../support/elements/axe.js';
import { sticksOut } from '../../support/elements/boxes.js';
import {
  achievement,
  achievements,
  cardOf,
  countRenders,
  part,
  parts,
  room,
  settled,
  show,
  speakEnglish,
  until,
  words,
} from '../../support/elements/fixtures.js';
import { fakeClock } from '../../support/fake-clock.js';

type Pad = ReturnType<GamepadEnvironment['getGamepads']>[number] & object;

const XBOX = 'Xbox 360 Controller (XInput STANDARD GAMEPAD)';
const PLAYSTATION = 'DualSense Wireless Controller (STANDARD GAMEPAD Vendor: 054c Product: 0ce6)';
const NINTENDO = 'Pro Controller (STANDARD GAMEPAD Vendor: 057e Product: 2009)';

/** Where the buttons are. */
const [A, B, X, LEFT_SHOULDER, RIGHT_SHOULDER, VIEW, UP, DOWN, LEFT, RIGHT] = [
  0, 1, 2, 4, 5, 8, 12, 13, 14, 15,
] as const;

/** Gamepads, frames, clock and visibility under the test's control, which counts what is asked. */
function fakeWorld() {
  const clock = fakeClock();
  const frames = new Map<number, () => void>();
  const held: { buttons: number[]; axes: number[] } = { buttons: [], axes: [0, 0] };
  const count = { frames: 0, looks: 0 };
  const state = { isThere: false, isVisible: true, isForbidden: false, id: XBOX, mapping: 'standard' };
  const pad = (): Pad => ({
    id: state.id,
    index: 1,
    connected: true,
    mapping: state.mapping,
    axes: [...held.axes],
    buttons: Array.from({ length: 17 }, (_, button) => ({ pressed: held.buttons.includes(button) })),
  });
  const environment: GamepadEnvironment = {
    clock,
    isVisible: () => state.isVisible,
    getGamepads() {
      count.looks += 1;
      if (state.isForbidden) throw new DOMException('Not allowed', 'SecurityError');
      return state.isThere ? [null, pad()] : [null, null];
    },
    requestFrame(callback) {
      count.frames += 1;
      frames.set(count.frames, callback);
      return count.frames;
    },
    cancelFrame: (handle) => void frames.delete(handle),
  };
  return {
    clock,
    count,
    environment,
    state,
    held,
    /** Frames that were asked for and not yet drawn. */
    waiting: () => frames.size,
    /** Draws frames for so many milliseconds, at least one. */
    async draw(milliseconds = 16) {
      for (let time = 0; time < milliseconds; time += 16) {
        await clock.advance(16);
        const due = [...frames.values()];
        frames.clear();
        for (const callback of due) callback();
      }
    },
    connect(isThere = true) {
      state.isThere = isThere;
      window.dispatchEvent(new Event(isThere ? 'gamepadconnected' : 'gamepaddisconnected'));
    },
    see(isVisible: boolean) {
      state.isVisible = isVisible;
      document.dispatchEvent(new Event('visibilitychange'));
    },
    /** Presses a button and lets it go. */
    async tap(...buttons: number[]) {
      for (const button of buttons) {
        held.buttons = [button];
        await this.draw();
        held.buttons = [];
        await this.draw();
      }
    },
  };
}

async function playing(properties: Partial<AchievementGamepad> = {}, parent?: Element) {
  const fake = fakeWorld();
  const gamepad = await show('achievement-gamepad', { environment: fake.environment, ...properties }, parent);
  fake.connect();
  await fake.draw();
  return { fake, gamepad };
}

const focusedIn = (list: AchievementList) => {
  const card = list.shadowRoot?.activeElement as ReturnType<typeof cardOf> | null;
  return `${card?.achievement?.id} ${card?.shadowRoot?.activeElement?.getAttribute('part')}`;
};
const arrives = (list: AchievementList, place: string) =>
  until(() => focusedIn(list) === place, `${place} has the focus`).catch(() => {
    throw new Error(`${focusedIn(list)} has the focus, not ${place}`);
  });

/** Something of the page that hears keys, between what is ours. */
async function pageButton(parent: Element) {
  const button = Object.assign(document.createElement('button'), { textContent: 'Page' });
  const keys: string[] = [];
  let clicks = 0;
  button.addEventListener('keydown', ({ key }) => keys.push(key));
  button.addEventListener('click', () => (clicks += 1));
  parent.append(button);
  return { button, heard: () => ({ keys, clicks }) };
}

/** What a region is to a gamepad: an element by its name, with things in it that take the focus. */
function standIn(parent: Element, tag: string, stops: readonly string[]) {
  const region: HTMLElement = document.createElement(tag);
  const keys: string[] = [];
  for (const textContent of stops) {
    const stop = Object.assign(document.createElement('button'), { textContent });
    stop.addEventListener('keydown', ({ key }) => keys.push(key));
    region.append(stop);
  }
  region.focus = () => region.querySelector('button')?.focus();
  parent.append(region);
  return { region, keys };
}

function toastsStandIn(parent: Element) {
  const { region, keys } = standIn(parent, 'achievement-toasts', ['A toast']);
  return { toast: region.querySelector('button')!, keys };
}

before(speakEnglish);
beforeEach(() => (document.activeElement as HTMLElement | null)?.blur());
afterEach(() => window.scrollTo(0, 0));

describe('gamepads are looked at', () => {
  it('only while one is connected: never before, and never after', async () => {
    const fake = fakeWorld();
    await show('achievement-gamepad', { environment: fake.environment });
    const { looks } = fake.count;
    await fake.draw(500);
    expect([fake.count.frames, fake.count.looks - looks, fake.waiting()]).to.deep.equal([0, 0, 0]);
    fake.connect();
    await fake.draw(160);
    expect(fake.count.frames).to.equal(11);
    fake.connect(false);
    const { frames } = fake.count;
    await fake.draw(500);
    expect([fake.count.frames - frames, fake.waiting()]).to.deep.equal([0, 0]);
  });

  it('only while the page is visible, and what was held in between is no press', async () => {
    const list = await show('achievement-list', { achievements: achievements(3) });
    const { fake } = await playing();
    await fake.tap(DOWN);
    await arrives(list, '0 card');
    fake.see(false);
    expect(fake.waiting()).to.equal(0);
    const { frames, looks } = fake.count;
    await fake.draw(500);
    expect([fake.count.frames, fake.count.looks]).to.deep.equal([frames, looks]);
    fake.held.buttons = [DOWN];
    fake.see(true);
    expect(fake.waiting()).to.equal(1);
    await fake.draw(1000);
    expect(focusedIn(list)).to.equal('0 card');
    fake.held.buttons = [];
    await fake.draw();
    await fake.tap(DOWN);
    await arrives(list, '1 card');
  });

  it('once a frame, however often it is told of them', async () => {
    const { fake } = await playing();
    for (let time = 0; time < 5; time++) fake.connect();
    expect(fake.waiting()).to.equal(1);
    fake.see(true);
    expect(fake.waiting()).to.equal(1);
  });

  it('also where one was there first', async () => {
    const fake = fakeWorld();
    fake.state.isThere = true;
    await show('achievement-gamepad', { environment: fake.environment });
    expect(fake.waiting()).to.equal(1);
  });

  it('not while it is disabled, and not after it has left', async () => {
    const { fake, gamepad } = await playing({ legend: 'always' });
    gamepad.disabled = true;
    await settled(gamepad);
    expect([fake.waiting(), part(gamepad, 'legend')]).to.deep.equal([0, null]);
    gamepad.disabled = false;
    await settled(gamepad);
    expect(fake.waiting()).to.equal(1);
    const parent = gamepad.parentElement!;
    gamepad.remove();
    expect(fake.waiting()).to.equal(0);
    fake.connect();
    fake.see(true);
    expect(fake.waiting()).to.equal(0);
    parent.append(gamepad);
    expect(fake.waiting()).to.equal(1);
  });

  it('by one of several, and by the next one when that is disabled or gone', async () => {
    const list = await show('achievement-list', { achievements: achievements(9) });
    const { fake, gamepad } = await playing();
    const second = await show('achievement-gamepad', { environment: fake.environment });
    expect(fake.waiting()).to.equal(1);
    await fake.tap(DOWN);
    await arrives(list, '0 card');
    await fake.tap(DOWN);
    await arrives(list, '1 card');
    gamepad.disabled = true;
    await settled(gamepad);
    await fake.tap(DOWN);
    await arrives(list, '2 card');
    await settled(second);
    expect([part(gamepad, 'legend'), part(second, 'legend') !== null]).to.deep.equal([null, true]);
    gamepad.disabled = false;
    await settled(gamepad);
    await settled(second);
    expect([fake.waiting(), part(second, 'legend')]).to.deep.equal([1, null]);
    gamepad.remove();
    expect(fake.waiting()).to.equal(1);
    second.remove();
    expect(fake.waiting()).to.equal(0);
  });

  it('not where the page may not', async () => {
    const fake = fakeWorld();
    fake.state.isForbidden = true;
    const gamepad = await show('achievement-gamepad', { environment: fake.environment, legend: 'always' });
    fake.connect();
    expect(fake.waiting()).to.equal(0);
    expect(part(gamepad, 'legend')).to.not.equal(null);
  });

  it('without rendering anything while nothing is pressed', async () => {
    const { fake, gamepad } = await playing();
    const renders = countRenders(gamepad);
    await fake.draw(2000);
    expect(renders.count).to.equal(0);
  });
});

describe('a gamepad travels through a list', () => {
  it('begins with the first press, whatever it is', async () => {
    const list = await show('achievement-list', { achievements: achievements(3) });
    const { fake } = await playing();
    await fake.tap(B);
    await arrives(list, '0 card');
  });

  it('from card to card, into one, through its buttons and out', async () => {
    const deepLink = 'https://game.example/';
    const list = await show('achievement-list', { achievements: achievements(12, { deepLink }) });
    const { fake } = await playing();
    const steps: readonly (readonly [number, string])[] = [
      [A, '0 card'],
      [DOWN, '1 card'],
      [DOWN, '2 card'],
      [UP, '1 card'],
      [RIGHT_SHOULDER, '6 card'],
      [LEFT_SHOULDER, '1 card'],
      [A, '1 action'],
      [RIGHT, '1 details-toggle'],
      [LEFT, '1 action'],
      [B, '1 card'],
      [RIGHT, '1 action'],
      [RIGHT, '1 details-toggle'],
    ];
    for (const [button, place] of steps) {
      await fake.tap(button);
      await arrives(list, place);
    }
    await fake.tap(A);
    await until(() => cardOf(list, '1').open, 'the details are open');
    await fake.tap(A);
    await until(() => !cardOf(list, '1').open, 'and closed');
  });

  it('goes on while a direction is held', async () => {
    const list = await show('achievement-list', { achievements: achievements(12) });
    const { fake } = await playing();
    await fake.tap(DOWN);
    await arrives(list, '0 card');
    fake.held.axes = [0, 0.9];
    await fake.draw(16);
    await arrives(list, '1 card');
    await fake.draw(400);
    await arrives(list, '2 card');
    await fake.draw(128);
    await arrives(list, '3 card');
    fake.held.axes = [0, 0.1];
    await fake.draw(1000);
    expect(focusedIn(list)).to.equal('3 card');
  });

  it('through ten thousand', async () => {
    const list = await show('achievement-list', { achievements: achievements(10_000) });
    const { fake } = await playing();
    await fake.tap(DOWN);
    await arrives(list, '0 card');
    for (const id of [5, 10, 15, 20, 25]) {
      await fake.tap(RIGHT_SHOULDER);
      await arrives(list, `${id} card`);
    }
  });

  it('of tiles, and of one that is written from right to left', async () => {
    const parent = await room({ dir: 'rtl' });
    parent.style.setProperty('inline-size', '700px');
    const list = await show('achievement-list', { achievements: achievements(6), layout: 'grid' }, parent);
    const { fake } = await playing();
    for (const [button, id] of [
      [A, 0],
      [LEFT, 1],
      [RIGHT, 0],
    ] as const) {
      await fake.tap(button);
      await arrives(list, `${id} card`);
    }
  });

  it('with a gamepad of no known mapping', async () => {
    const list = await show('achievement-list', { achievements: achievements(3) });
    const { fake } = await playing();
    fake.state.mapping = '';
    await fake.tap(A);
    await arrives(list, '0 card');
    fake.held.axes = [0, 1];
    await fake.draw();
    await arrives(list, '1 card');
  });

  it('with A where a Nintendo gamepad has it', async () => {
    const list = await show('achievement-list', { achievements: achievements(2) });
    const { fake } = await playing();
    fake.state.id = NINTENDO;
    await fake.tap(DOWN);
    await arrives(list, '0 card');
    await fake.tap(B);
    await arrives(list, '0 details-toggle');
    await fake.tap(A);
    await arrives(list, '0 card');
  });

  it('reveals a secret as any other way does', async () => {
    const list = await show('achievement-list', { achievements: [achievement('a', { secret: true })] });
    const { fake } = await playing();
    for (const [button, place] of [
      [A, 'a card'],
      [A, 'a reveal'],
    ] as const) {
      await fake.tap(button);
      await arrives(list, place);
    }
    await fake.tap(A);
    await until(() => !cardOf(list, 'a').masked);
  });

  it('shows where it is, also after the pointer was used', async () => {
    const list = await show('achievement-list', { achievements: achievements(3) });
    const { fake } = await playing();
    const { left, top } = cardOf(list, '0').getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(left + 20), Math.round(top + 20)] });
    await arrives(list, '0 card');
    await fake.tap(DOWN);
    await arrives(list, '1 card');
    await fake.draw();
    const outline = () => getComputedStyle(part(cardOf(list, '1'), 'card')!).outlineStyle;
    await until(() => outline() === 'solid', 'it has a ring');
    const { adoptedStyleSheets } = cardOf(list, '1').shadowRoot!;
    const count = adoptedStyleSheets.length;
    await press('Shift');
    await until(() => cardOf(list, '1').shadowRoot!.adoptedStyleSheets.length === count - 1, 'nothing of it is left');
  });
});

describe('from region to region', () => {
  it('goes the button left of the middle: lists, toasts, and trackers that have something to press', async () => {
    const parent = await room();
    const list = await show('achievement-list', { achievements: achievements(3) }, parent);
    standIn(parent, 'achievement-tracker', ['Not reached: it has no controls']);
    const { region: tracker } = standIn(parent, 'achievement-tracker', ['Unpin']);
    tracker.setAttribute('controls', '');
    standIn(parent, 'achievement-tracker', []).region.setAttribute('controls', '');
    const { toast } = toastsStandIn(parent);
    const { fake } = await playing();
    await fake.tap(VIEW);
    await arrives(list, '0 card');
    await fake.tap(DOWN);
    await arrives(list, '1 card');
    await fake.tap(VIEW);
    expect(document.activeElement).to.equal(tracker.firstElementChild);
    await fake.tap(VIEW);
    expect(document.activeElement).to.equal(toast);
    await fake.tap(VIEW);
    await arrives(list, '1 card');
  });

  it('presses what is focused there, and sends keys to it', async () => {
    const parent = await room();
    const { keys, region } = standIn(parent, 'achievement-tracker', ['Unpin', 'Unpin']);
    region.setAttribute('controls', '');
    let clicks = 0;
    region.addEventListener('click', () => (clicks += 1));
    const { fake } = await playing();
    await fake.tap(B);
    expect([document.activeElement, clicks]).to.deep.equal([region.firstElementChild, 0]);
    await fake.tap(A, DOWN, X);
    expect(clicks).to.equal(1);
    expect(keys).to.deep.equal(['ArrowDown']);
  });

  it('dismisses a toast, and nothing else', async () => {
    const parent = await room();
    const list = await show('achievement-list', { achievements: achievements(2) }, parent);
    const { keys, toast } = toastsStandIn(parent);
    const inList: string[] = [];
    list.addEventListener('keydown', ({ key }) => inList.push(key));
    const { fake } = await playing();
    toast.focus();
    await fake.tap(X, B);
    expect(keys).to.deep.equal(['Delete', 'Escape']);
    await fake.tap(VIEW);
    await arrives(list, '0 card');
    await fake.tap(X);
    expect(inList).to.deep.equal([]);
  });

  it('finds those in the shadow roots of the page, and none that is not seen', async () => {
    const parent = await room();
    const hidden = await show('achievement-list', { achievements: achievements(1) }, parent);
    hidden.hidden = true;
    const host = document.createElement('div');
    parent.append(host);
    const root = host.attachShadow({ mode: 'open' });
    const inner = root.appendChild(document.createElement('div'));
    const list = await show('achievement-list', { achievements: achievements(2) }, inner);
    const { fake } = await playing();
    await fake.tap(VIEW);
    await arrives(list, '0 card');
    await fake.tap(DOWN);
    await arrives(list, '1 card');
  });

  describe('and through a toolbar', () => {
    const wordsOfFocus = (list: AchievementList) => {
      const active = list.shadowRoot!.activeElement!;
      return active.matches('input, select') ? active.localName : words(active) || active.getAttribute('aria-label');
    };

    async function list(properties: Partial<AchievementList> = {}, parent?: Element) {
      const all = [...achievements(2), achievement('done', { state: 'unlocked' })];
      const shown = await show('achievement-list', { achievements: all, controls: true, ...properties }, parent);
      const { fake } = await playing();
      /** What has the focus after each of these. */
      async function walk(...buttons: number[]) {
        const places: (string | null)[] = [];
        for (const button of buttons) {
          await fake.tap(button);
          await settled(shown);
          places.push(wordsOfFocus(shown));
        }
        return places;
      }
      await fake.tap(VIEW);
      await arrives(shown, '0 card');
      return { fake, list: shown, walk };
    }

    it('up from the first cards, along, up to the search, and down again', async () => {
      const { list: shown, walk } = await list();
      expect(await walk(UP, RIGHT, LEFT, LEFT, UP, UP, DOWN)).to.deep.equal([
        'All 3',
        'Unlocked 1',
        'All 3',
        'All 3',
        'input',
        'input',
        'All 3',
      ]);
      await walk(DOWN);
      await arrives(shown, '0 card');
    });

    it('as it is seen where it is written from right to left', async () => {
      const { walk } = await list({}, await room({ dir: 'rtl' }));
      expect(await walk(UP, LEFT, RIGHT)).to.deep.equal(['All 3', 'Unlocked 1', 'All 3']);
    });

    it('whose filters and menus it presses', async () => {
      const { list: shown, walk } = await list();
      expect(await walk(UP, RIGHT, A)).to.deep.equal(['All 3', 'Unlocked 1', 'Unlocked 1']);
      expect(shown.filter).to.equal('unlocked');
      expect(await walk(RIGHT, RIGHT, A)).to.deep.equal(['Locked 2', 'Sort by', 'Sort by']);
      expect(await walk(LEFT, LEFT, LEFT, DOWN)).to.deep.equal(['Locked 2', 'Unlocked 1', 'All 3', 'select']);
      const [menu] = shown.shadowRoot!.querySelectorAll('select');
      const [, first, second] = [...menu!.options].map(({ value }) => value);
      await walk(A);
      expect(shown.sort).to.contain(first);
      await walk(A);
      expect(shown.sort).to.contain(second);
      for (let turn = 2; turn < menu!.length; turn++) await walk(A);
      expect(shown.sort, 'after the last one comes the first').to.equal('');
    });

    it('and back at once', async () => {
      const { list: shown, walk } = await list();
      for (const button of [B, VIEW]) {
        expect(await walk(UP)).to.deep.equal(['All 3']);
        await walk(button);
        await arrives(shown, '0 card');
      }
    });

    it('only with a press of its own: held, the stick stops at the first card', async () => {
      const { fake, list: shown } = await list();
      await fake.tap(DOWN, DOWN);
      await arrives(shown, 'done card');
      fake.held.buttons = [UP];
      await fake.draw(2000);
      await arrives(shown, '0 card');
    });

    it('not from the first card of a later group', async () => {
      const groups = ['A', 'A', 'B'].map((category, index) => achievement(String(index), { category }));
      const { fake, list: shown, walk } = await list({ achievements: groups, groupBy: 'category' });
      await fake.tap(DOWN, DOWN);
      await arrives(shown, '2 card');
      await fake.tap(UP);
      await arrives(shown, '1 card');
      fake.held.buttons = [UP];
      await fake.draw(2000);
      await arrives(shown, '0 card');
      fake.held.buttons = [];
      await fake.draw();
      // Its heading first, which can be folded.
      await walk(UP);
      expect(shown.shadowRoot!.activeElement!.className).to.equal('fold');
      await walk(DOWN);
      await arrives(shown, '0 card');
    });

    it('from any of the first line, and from no other', async () => {
      const { fake, list: shown, walk } = await list({ layout: 'grid' });
      await fake.tap(RIGHT);
      await arrives(shown, '1 card');
      await walk(UP);
      expect(shown.shadowRoot!.activeElement!.localName).to.equal('button');
      shown.layout = 'list';
      await walk(DOWN);
      await arrives(shown, '1 card');
      await fake.tap(UP);
      await arrives(shown, '0 card');
    });
  });

  it('opens groups of which only the headings are shown, and leads down into them', async () => {
    const all = achievements(4, { category: 'A' });
    const list = await show('achievement-list', {
      achievements: [...all, achievement('z', { category: 'B' })],
      groupBy: 'category',
      collapsed: ['A', 'B'],
    });
    const { fake } = await playing();
    await fake.tap(A);
    expect(list.shadowRoot!.activeElement?.className).to.equal('fold');
    await fake.tap(A);
    await until(() => list.collapsed.join() === 'B');
    await settled(list);
    await fake.tap(DOWN);
    await arrives(list, '0 card');
  });

  it('does nothing where there is nothing', async () => {
    const { fake } = await playing();
    await fake.tap(A, VIEW, DOWN, X);
    expect(document.activeElement).to.equal(document.body);
  });
});

describe('what belongs to the page', () => {
  it('is left alone, and left with one button', async () => {
    const parent = await room();
    const list = await show('achievement-list', { achievements: achievements(2) }, parent);
    const { button, heard } = await pageButton(parent);
    const { fake } = await playing();
    button.focus();
    await fake.tap(A, B, X, UP, DOWN, LEFT, RIGHT, LEFT_SHOULDER, RIGHT_SHOULDER);
    expect(heard()).to.deep.equal({ keys: [], clicks: 0 });
    expect(document.activeElement).to.equal(button);
    await fake.tap(VIEW);
    await arrives(list, '0 card');
  });

  it('control: the same button in a list is pressed', async () => {
    const list = await show('achievement-list', { achievements: achievements(1) });
    const { button, heard } = await pageButton(list);
    button.slot = 'header';
    const { fake } = await playing();
    button.focus();
    await fake.tap(A, DOWN);
    expect(heard()).to.deep.equal({ keys: ['ArrowDown'], clicks: 1 });
  });
});

describe('the legend of a gamepad', () => {
  const entriesOf = (gamepad: AchievementGamepad) =>
    parts(gamepad, 'entry').map((entry) => words(entry.querySelector('.words')));
  const glyphsOf = (gamepad: AchievementGamepad) =>
    parts(gamepad, 'entry').map((entry) => {
      const glyphs = entry.querySelector('.glyphs')!;
      return words(glyphs) || [...glyphs.querySelectorAll('path')].map((path) => path.getAttribute('d')).join();
    });

  it('is there while a gamepad was used last, and goes with the next key or click', async () => {
    await show('achievement-list', { achievements: achievements(2) });
    const { fake, gamepad } = await playing();
    expect(gamepad.renderRoot.children).to.have.length(0);
    await fake.tap(DOWN);
    await settled(gamepad);
    expect(entriesOf(gamepad)).to.deep.equal(['Move', 'Select', 'Back', 'Page']);
    const renders = countRenders(gamepad);
    await fake.tap(DOWN, A, B);
    await settled(gamepad);
    expect(part(gamepad, 'legend')).to.not.equal(null);
    expect(renders.count, 'its own keys are nothing else that is used').to.equal(0);
    await press('Shift');
    await until(() => gamepad.renderRoot.children.length === 0);
    await fake.tap(DOWN);
    await settled(gamepad);
    expect(part(gamepad, 'legend')).to.not.equal(null);
    fake.connect(false);
    await settled(gamepad);
    expect(gamepad.renderRoot.children).to.have.length(0);
  });

  it('is always or never there where that is asked for', async () => {
    const { fake, gamepad } = await playing({ legend: 'never' });
    await fake.tap(DOWN);
    await settled(gamepad);
    expect(gamepad.renderRoot.children).to.have.length(0);
    fake.connect(false);
    gamepad.legend = 'always';
    await settled(gamepad);
    expect(entriesOf(gamepad), 'there is nowhere to go').to.deep.equal(['Move', 'Select', 'Back']);
  });

  it('says what can be done where the focus is', async () => {
    const parent = await room();
    const list = await show('achievement-list', { achievements: achievements(2) }, parent);
    const { toast } = toastsStandIn(parent);
    const { button } = await pageButton(parent);
    const { fake, gamepad } = await playing();
    const after = async (move: () => unknown) => {
      await move();
      await fake.draw();
      await settled(gamepad);
      return entriesOf(gamepad);
    };
    expect(await after(() => fake.tap(VIEW))).to.deep.equal(['Move', 'Select', 'Back', 'Page', 'Next area']);
    await arrives(list, '0 card');
    expect(await after(() => toast.focus())).to.deep.equal(['Move', 'Select', 'Back', 'Dismiss', 'Next area']);
    expect(await after(() => button.focus())).to.deep.equal(['Next area']);
  });

  it('says that there are toasts to go to once there are', async () => {
    const parent = await room();
    const list = await show('achievement-list', { achievements: achievements(2) }, parent);
    const { region } = standIn(parent, 'achievement-toasts', []);
    const { fake, gamepad } = await playing();
    await fake.tap(VIEW);
    await arrives(list, '0 card');
    await fake.draw();
    await settled(gamepad);
    expect(entriesOf(gamepad)).to.deep.equal(['Move', 'Select', 'Back', 'Page']);
    region.dispatchEvent(new Event('achievement-toast', { bubbles: true, composed: true }));
    region.append(document.createElement('button'));
    await fake.draw();
    await settled(gamepad);
    expect(entriesOf(gamepad)).to.deep.equal(['Move', 'Select', 'Back', 'Page', 'Next area']);
  });

  it('grows with the text around it', async () => {
    const parent = await room();
    const { gamepad } = await playing({ legend: 'always' }, parent);
    const height = () => parts(gamepad, 'entry')[1]!.querySelector('.key, .drawn')!.getBoundingClientRect().height;
    const before = height();
    parent.style.setProperty('font-size', '200%');
    expect(height() / before).to.be.closeTo(2, 0.1);
  });

  const VIEW_OF_PLAYSTATION = 'M8 7h8a5 5 0 0 1 0 10H8a5 5 0 0 1 0-10z';
  for (const [id, select, page] of [
    [XBOX, 'A', 'LBRB'],
    [PLAYSTATION, 'M7 7l10 10M17 7L7 17', 'L1R1'],
    [NINTENDO, 'A', 'LR'],
    ['USB Gamepad', undefined, 'LR'],
  ] as const) {
    it(`has the glyphs of ${id}`, async () => {
      const parent = await room();
      await show('achievement-list', { achievements: achievements(2) }, parent);
      toastsStandIn(parent);
      const { fake, gamepad } = await playing();
      fake.state.id = id;
      await fake.tap(VIEW);
      await settled(gamepad);
      const glyphs = glyphsOf(gamepad);
      expect(new Set(glyphs), 'each has its own').to.have.property('size', 5);
      expect(glyphs[3]).to.equal(page);
      if (select) expect(glyphs[1]!.replace(/,$/, '')).to.equal(select);
      if (id === PLAYSTATION) expect(glyphs[4]).to.include(VIEW_OF_PLAYSTATION);
    });
  }

  it('speaks the language around it, and is nothing for who cannot see it', async () => {
    const parent = await room({ lang: 'de' });
    const { gamepad } = await playing({ legend: 'always' }, parent);
    expect(entriesOf(gamepad)).to.deep.equal(['Bewegen', 'Auswählen', 'Zurück', 'Nächster Bereich']);
    expect(part(gamepad, 'legend')!.getAttribute('aria-hidden')).to.equal('true');
    expect(gamepad.shadowRoot!.querySelectorAll('[tabindex], button, a')).to.have.length(0);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`can be read, and fits into a narrow place: ${theme}`, async () => {
      const parent = await room();
      parent.style.setProperty('inline-size', '200px');
      parent.style.setProperty('background', theme === 'dark' ? '#0d1017' : '#f5f6f9');
      const { gamepad } = await playing({ legend: 'always', theme }, parent);
      expect(sticksOut(gamepad)).to.deep.equal([]);
      // To be looked at as if it were read.
      part(gamepad, 'legend')!.removeAttribute('aria-hidden');
      expect(await violations(gamepad)).to.deep.equal([]);
    });
  }

  it('never takes the pointer', async () => {
    const { gamepad } = await playing({ legend: 'always' });
    const { left, top } = part(gamepad, 'legend')!.getBoundingClientRect();
    expect(document.elementFromPoint(left + 8, top + 8)).to.not.equal(gamepad);
  });
});
