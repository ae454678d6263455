import { expect, nextFrame } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import '../../../src/define/achievement-toasts.js';
import type { AchievementToasts, ToastPosition } from '../../../src/elements/achievement-toasts.js';
import type { Achievement, ProgressChange } from '../../../src/model/index.js';
import type { StoreListener } from '../../../src/store/store.js';
import { press } from '../../support/browser/keys.js';
import { emulateFeatures } from '../../support/browser/media.js';
import { violations } from '../../support/elements/axe.js';
import {
  NOW,
  SECOND,
  achievement,
  achievements,
  click,
  consoleOf,
  eventsAt,
  fakeStore,
  part,
  partWords,
  parts,
  progress,
  room,
  settled,
  show,
  speakEnglish,
  words,
  world,
} from '../../support/elements/fixtures.js';

before(speakEnglish);

/** Toasts of a store that says what the test wants it to. */
async function stage(library: readonly Achievement[], properties: Partial<AchievementToasts> = {}, parent?: Element) {
  const { clock, held } = world();
  const store = fakeStore(library);
  const listeners = new Set<StoreListener>();
  store.subscribe = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const toasts = await show('achievement-toasts', { store, clock, stagger: 0, ...properties }, parent);
  /** Gives the achievements of these ids other members, and tells of it as a store does. */
  async function change(ids: readonly string[], members: Partial<Achievement>, missed = false) {
    const before = store.snapshot.library!.achievements;
    const after = before.map((each): Achievement => (ids.includes(each.id) ? { ...each, ...members } : each));
    store.snapshot = { ...store.snapshot, library: { achievements: after, fetchedAt: NOW } };
    const changed = after.filter((each, index) => each !== before[index]);
    const isUnlock = ({ id, state }: Achievement) =>
      state === 'unlocked' && before.find((each) => each.id === id)?.state !== 'unlocked';
    const progressed = changed
      .filter(({ state }) => state !== 'unlocked')
      .map((each): ProgressChange => ({ achievement: each, previous: before.find(({ id }) => id === each.id)! }));
    for (const listener of [...listeners]) {
      listener(store.snapshot, { unlocked: changed.filter(isUnlock), progressed, missed });
    }
    await settled(toasts);
  }
  return {
    toasts,
    store,
    clock,
    held,
    change,
    /** Another page has shown these. */
    async shownElsewhere(...keys: string[]) {
      const changes = { unlocked: [], progressed: [], missed: false, shownElsewhere: keys };
      for (const listener of [...listeners]) listener(store.snapshot, changes);
      await settled(toasts);
    },
    listeners,
    unlock: (...ids: string[]) => change(ids, { state: 'unlocked', unlockedAt: NOW }),
    async advance(milliseconds: number) {
      await clock.advance(milliseconds);
      await settled(toasts);
    },
  };
}

const namesIn = (toasts: AchievementToasts) => partWords(toasts, 'name');
const region = (toasts: AchievementToasts) => toasts.renderRoot.querySelector('[role="status"]')!;
const rarity = (percent: number, category?: string): Partial<Achievement> => ({
  rarity: category ? { percent, category } : { percent },
});

/** Whether the page can be seen, until the test ends. */
function setVisible(isVisible: boolean): void {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => (isVisible ? 'visible' : 'hidden'),
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

afterEach(() => {
  Reflect.deleteProperty(document, 'visibilityState');
});

describe('a notice of an unlock', () => {
  it('says what, how rare and what for, in the page’s language', async () => {
    const { toasts, unlock } = await stage([
      achievement('0', { name: 'Dragonslayer', ...rarity(1.8, 'Rare'), rewards: [{ kind: 'points', value: 80 }] }),
      achievement('1'),
    ]);
    await unlock('0');
    expect(partWords(toasts, 'label')).to.deep.equal(['Achievement unlocked · 1.8% · Rare']);
    expect(namesIn(toasts)).to.deep.equal(['Dragonslayer']);
    expect(partWords(toasts, 'reward')).to.deep.equal(['80 points']);
    expect(part(toasts, 'rare') === part(toasts, 'toast')).to.equal(true);
    expect(part(toasts, 'toast')!.ariaLabel ?? part(toasts, 'toast')!.getAttribute('aria-label')).to.equal(
      'Achievement unlocked · 1.8% · Rare: Dragonslayer, 80 points',
    );
  });

  it('is one of its own for a challenge, and for the last one of all', async () => {
    const { toasts, unlock } = await stage([
      achievement('0', { name: 'Comet Week', type: 'challenge' }),
      achievement('1', { state: 'unlocked' }),
    ]);
    await unlock('0');
    expect(parts(toasts, 'toast').map((toast) => toast.part.item(1))).to.deep.equal(['complete', 'challenge']);
    expect(partWords(toasts, 'label')).to.deep.equal(['All 2 unlocked', 'Challenge completed']);
  });

  it('goes after its time, and nothing of it stays', async () => {
    const { toasts, unlock, advance, held } = await stage(achievements(3));
    await unlock('0');
    await advance(5900);
    expect(namesIn(toasts)).to.have.length(1);
    await advance(400);
    expect(toasts.renderRoot.querySelector('.stack')).to.equal(null);
    expect(held()).to.deep.equal({ timers: 0, listeners: 0 });
  });

  it('is none of what is there when it begins, and none of what happened before where nobody asks', async () => {
    const { toasts, change } = await stage(achievements(3, { state: 'unlocked' }));
    expect(namesIn(toasts)).to.deep.equal([]);
    const later = await stage(achievements(3));
    await later.change(['0'], { state: 'unlocked' }, true);
    expect(namesIn(later.toasts)).to.deep.equal([]);
    await change([], {});
    expect(words(region(toasts))).to.equal('');
  });

  it('tells what happened since the last visit where it is asked for', async () => {
    const { toasts, change } = await stage(achievements(9), { missed: true });
    await change(['0', '1', '2', '3'], { state: 'unlocked' }, true);
    expect(partWords(toasts, 'label')).to.deep.equal(['Since your last visit']);
    expect(namesIn(toasts)).to.deep.equal(['4 unlocked']);
  });

  it('comes once, however often and whichever way it is told', async () => {
    const { toasts, unlock, change, advance } = await stage(achievements(3));
    await unlock('0');
    await advance(10 * SECOND);
    // Taken back, and there again: by the answer after a report, by a hint, by another tab.
    await change(['0'], { state: 'locked' });
    await unlock('0');
    expect(namesIn(toasts)).to.deep.equal([]);
    await unlock('1');
    expect(namesIn(toasts)).to.have.length(1);
  });

  it('comes in one page of several: a hidden one does not say again what was seen in another', async () => {
    const { toasts, unlock, shownElsewhere } = await stage(achievements(5));
    setVisible(false);
    // Whichever comes first here, the unlock or the word of the other page.
    await unlock('0', '1');
    await shownElsewhere('test:0', 'test:2', 'unknown');
    await unlock('2', '3');
    setVisible(true);
    await settled(toasts);
    expect(namesIn(toasts)).to.deep.equal(['Name of 1', 'Name of 3']);
    expect(words(region(toasts))).not.to.contain('Name of 0');
  });

  it('comes in each page that is seen', async () => {
    const { toasts, unlock, shownElsewhere } = await stage(achievements(3));
    await shownElsewhere('test:0');
    await unlock('0');
    await shownElsewhere('test:0');
    expect(namesIn(toasts)).to.have.length(1);
  });

  it('tells the other pages once it is seen, and nothing that a host made', async () => {
    const { toasts, store, unlock, change, advance } = await stage(achievements(9), { max: 1 });
    const told = () => store.calls.filter(([what]) => what === 'markShown').map(([, keys]) => keys);
    await change(['5'], progress(5, 10));
    toasts.show(achievement('7', { state: 'unlocked' }));
    setVisible(false);
    await unlock('0', '1');
    expect(told()).to.deep.equal([]);
    setVisible(true);
    for (let turn = 0; turn < 40; turn++) await advance(SECOND);
    expect(told()).to.deep.equal([['test:0'], ['test:1']]);
  });

  it('shows an unsaved one with its mark, takes the mark away in place, and goes quietly where it was refused', async () => {
    const { toasts, change } = await stage(achievements(4));
    await change(['0'], { state: 'unlocked', pending: true });
    const toast = part(toasts, 'toast');
    expect(words(toast)).to.contain('Not saved yet');
    const announced = words(region(toasts));
    await change(['0'], { pending: undefined as never });
    expect(part(toasts, 'toast') === toast).to.equal(true);
    expect(words(toast)).not.to.contain('Not saved yet');
    await change(['0'], { state: 'locked' });
    expect(part(toasts, 'toast')).to.equal(null);
    expect(words(region(toasts))).to.equal(announced);
  });

  it('gives nothing of a secret away that is still one', async () => {
    const secret = { secret: true, name: 'The Door' };
    const { toasts, change, unlock } = await stage([
      achievement('0', { ...secret, ...progress(1, 10) }),
      achievement('1'),
    ]);
    await change(['0'], progress(9, 10));
    toasts.show(achievement('2', secret));
    await settled(toasts);
    expect(toasts.renderRoot.textContent).not.to.contain('Door');
    expect(part(toasts, 'toast')).to.equal(null);
    await unlock('0');
    expect(namesIn(toasts)).to.deep.equal(['The Door']);
  });

  it('shows hostile texts as texts, and loads no picture that is not allowed', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const { toasts, unlock } = await stage([
      achievement('0', { name, media: { icon: { url: 'javascript:alert(1)' } } }),
      achievement('1'),
    ]);
    await unlock('0');
    expect(namesIn(toasts)).to.deep.equal([name]);
    expect(toasts.renderRoot.querySelectorAll('img')).to.have.length(0);
  });

  it('raises an event with what it is about', async () => {
    const { toasts, unlock } = await stage(achievements(3));
    const events = eventsAt(toasts, ['achievement-toast']) as (Event & { kind: string; achievements: Achievement[] })[];
    await unlock('1');
    expect(events.map(({ kind, achievements: [first] }) => [kind, first?.id])).to.deep.equal([['unlock', '1']]);
  });
});

describe('several at once', () => {
  const library = () =>
    [40, 3, 60, 9, 20].map((percent, index) => achievement(String(index), rarity(percent))).concat(achievement('last'));

  it('are all seen: the rarest first, so many at a time, then the others', async () => {
    const { toasts, unlock, advance } = await stage(library());
    await unlock('0', '1', '2', '3', '4');
    const seen = () => parts(toasts, 'toast').map(({ dataset }) => dataset['id']!.at(-1));
    expect(seen()).to.deep.equal(['1', '3', '4']);
    expect(partWords(toasts, 'more')).to.deep.equal(['+2 more']);
    await advance(6 * SECOND);
    await advance(200);
    expect(seen()).to.deep.equal(['0', '2']);
    expect(part(toasts, 'more')).to.equal(null);
  });

  it('enter one after the other', async () => {
    const { toasts, unlock, advance } = await stage(library(), { stagger: 150 });
    await unlock('0', '1');
    expect(namesIn(toasts)).to.have.length(1);
    await advance(149);
    expect(namesIn(toasts)).to.have.length(1);
    await advance(1);
    expect(namesIn(toasts)).to.have.length(2);
  });

  it('enter an empty stack at once, however short ago it emptied', async () => {
    const { toasts, unlock } = await stage(library(), { stagger: 150 });
    await unlock('0');
    toasts.dismissAll();
    await unlock('1');
    expect(namesIn(toasts)).to.have.length(1);
  });

  it('become one where they are too many', async () => {
    const { toasts, unlock } = await stage(achievements(41), { max: 2 });
    await unlock(...Array.from({ length: 40 }, (_, index) => String(index)));
    expect(namesIn(toasts)).to.deep.equal(['40 unlocked']);
  });

  it('are announced in one sentence, each once', async () => {
    const named = library().map((each, index): Achievement => ({ ...each, name: `Name${index}` }));
    const { toasts, unlock, advance } = await stage(named);
    const said: string[] = [];
    const watch = new MutationObserver(() => said.push(words(region(toasts))));
    watch.observe(region(toasts), { childList: true });
    await unlock('0', '1', '2', '3', '4');
    await nextFrame();
    expect(said).to.have.length(1);
    for (let turn = 0; turn < 20; turn++) await advance(SECOND);
    await nextFrame();
    watch.disconnect();
    for (const name of ['Name0', 'Name1', 'Name2', 'Name3', 'Name4']) {
      expect(said.join(' ').split(name), name).to.have.length(2);
    }
    expect(region(toasts).getAttribute('aria-live')).to.equal('polite');
    expect(
      toasts.renderRoot.querySelectorAll('.stack [aria-live], .stack [role="status"], .stack [role="alert"]'),
    ).to.have.length(0);
  });

  it('would be heard twice where the toasts were live too', async () => {
    const { toasts, unlock } = await stage(library());
    await unlock('0');
    part(toasts, 'toast')!.setAttribute('aria-live', 'polite');
    expect(toasts.renderRoot.querySelectorAll('.stack [aria-live]')).to.have.length(1);
  });
});

describe('a notice of progress', () => {
  const library = () => [achievement('0', progress(4, 10)), achievement('1')];
  const steps: [title: string, milestones: string, steps: readonly number[], told: number][] = [
    ['crossing one', '50 90', [5], 1],
    ['crossing several at once', '50 90', [9], 1],
    ['between two', '50 90', [5, 6, 7], 1],
    ['down and up again', '50 90', [5, 4, 5, 4, 6], 1],
    ['each of them', '50 90', [5, 9], 2],
    ['none', 'none', [5, 9], 0],
    ['nonsense', 'often, please', [5, 9], 0],
  ];
  for (const [title, milestones, values, told] of steps) {
    it(`comes at milestones only: ${title}`, async () => {
      const { toasts, change } = await stage(library(), { milestones });
      const events = eventsAt(toasts, ['achievement-toast']);
      for (const value of values) await change(['0'], progress(value, 10));
      expect(events).to.have.length(told);
    });
  }

  it('moves its bar in place while it is there', async () => {
    const { toasts, change } = await stage(library());
    await change(['0'], progress(5, 10));
    const toast = part(toasts, 'toast');
    await change(['0'], progress(6, 10));
    expect(parts(toasts, 'toast').map((each) => each === toast)).to.deep.equal([true]);
    expect((part(toasts, 'bar') as HTMLProgressElement).value).to.equal(0.6);
    expect(part(toasts, 'bar')!.getAttribute('aria-valuetext')).to.equal('6 of 10');
  });

  it('becomes the notice of its unlock in the same place', async () => {
    const { toasts, change, unlock } = await stage(library());
    await change(['0'], progress(9, 10));
    await unlock('0');
    expect(partWords(toasts, 'label')).to.deep.equal(['Achievement unlocked']);
  });

  it('is not told of what is muted, by attribute or method', async () => {
    const { toasts, change } = await stage(library(), { muted: 'other 0' });
    await change(['0'], progress(5, 10));
    expect(part(toasts, 'toast')).to.equal(null);
    const later = await stage(library());
    later.toasts.mute('0');
    await later.change(['0'], progress(5, 10));
    later.toasts.unmute('0');
    await later.change(['0'], progress(9, 10));
    expect(parts(later.toasts, 'toast')).to.have.length(1);
  });
});

describe('time stands still', () => {
  it('while the pointer is on one', async () => {
    const { toasts, unlock, advance } = await stage(achievements(3));
    await unlock('0');
    const stack = toasts.renderRoot.querySelector('.stack')!;
    stack.dispatchEvent(new PointerEvent('pointerenter'));
    await advance(60 * SECOND);
    expect(namesIn(toasts)).to.have.length(1);
    stack.dispatchEvent(new PointerEvent('pointerleave'));
    await advance(7 * SECOND);
    expect(namesIn(toasts)).to.deep.equal([]);
  });

  it('while one has the focus', async () => {
    const { toasts, unlock, advance } = await stage(achievements(3));
    await unlock('0');
    toasts.focus();
    await advance(60 * SECOND);
    expect(namesIn(toasts)).to.have.length(1);
  });

  it('while nobody sees the page, and what comes then is shown when it is seen', async () => {
    const { toasts, unlock, advance } = await stage(achievements(3));
    await unlock('0');
    setVisible(false);
    await unlock('1');
    await advance(60 * SECOND);
    setVisible(true);
    await settled(toasts);
    expect(namesIn(toasts)).to.have.length(2);
    await advance(7 * SECOND);
    expect(namesIn(toasts)).to.deep.equal([]);
  });
});

describe('by keyboard', () => {
  it('the arrows go from one to the next as they are seen, and Escape takes one away', async () => {
    const { toasts, unlock, advance } = await stage(achievements(5), { position: 'top-end' });
    const button = Object.assign(document.createElement('button'), { textContent: 'Play' });
    (await room()).append(button);
    await unlock('0', '1', '2');
    button.focus();
    toasts.focus();
    const focused = () => (toasts.shadowRoot!.activeElement as HTMLElement | null)?.dataset['id']?.at(-1);
    expect(focused()).to.equal('0');
    await press('ArrowDown');
    expect(focused()).to.equal('1');
    await press('ArrowUp');
    await press('Escape');
    await settled(toasts);
    expect(focused()).to.equal('1');
    await press('Delete');
    await press('Escape');
    await advance(SECOND);
    expect(namesIn(toasts)).to.deep.equal([]);
    expect(document.activeElement === button).to.equal(true);
  });

  it('go the other way where the stack grows upwards', async () => {
    const { toasts, unlock } = await stage(achievements(5), { position: 'bottom-end' });
    await unlock('0', '1');
    toasts.focus();
    await press('ArrowUp');
    expect((toasts.shadowRoot!.activeElement as HTMLElement).dataset['id']!.at(-1)).to.equal('1');
  });

  it('the button takes one away too', async () => {
    const { toasts, unlock, advance } = await stage(achievements(3));
    await unlock('0');
    const [button] = parts(toasts, 'dismiss');
    expect(button!.getAttribute('aria-label')).to.match(/^Dismiss ./);
    click(button);
    await advance(200);
    expect(namesIn(toasts)).to.deep.equal([]);
  });
});

describe('the element', () => {
  it('keeps what it shows when it is moved, at once or later', async () => {
    const { toasts, unlock, advance } = await stage(achievements(6));
    await unlock('0', '1', '2', '3');
    const elsewhere = await room();
    elsewhere.append(toasts);
    await settled(toasts);
    expect(namesIn(toasts)).to.have.length(3);
    toasts.remove();
    await advance(60 * SECOND);
    elsewhere.append(toasts);
    await settled(toasts);
    expect(namesIn(toasts)).to.have.length(3);
    await advance(7 * SECOND);
    expect(namesIn(toasts)).to.have.length(1);
  });

  it('holds nothing once it is gone, and nothing while it is idle', async () => {
    const { toasts, unlock, held, listeners } = await stage(achievements(6));
    expect(held().timers).to.equal(0);
    expect((toasts.renderRoot as ShadowRoot).children).to.have.length(1);
    await unlock('0');
    expect(held().timers).to.equal(1);
    toasts.remove();
    await nextFrame();
    expect([held().timers, listeners.size]).to.deep.equal([0, 0]);
  });

  it('begins anew with another store', async () => {
    const { toasts, unlock } = await stage(achievements(3));
    await unlock('0');
    toasts.store = fakeStore(achievements(3));
    await settled(toasts);
    expect(namesIn(toasts)).to.deep.equal([]);
  });

  it('tells of the list that its `for` names', async () => {
    const parent = await room();
    const list = document.createElement('achievement-list');
    list.id = 'beside';
    const store = fakeStore(achievements(2));
    list.store = store;
    parent.append(list);
    const toasts = await show('achievement-toasts', { for: 'beside' }, parent);
    expect(toasts.store === store).to.equal(true);
  });

  const places: [ToastPosition, x: 'start' | 'middle' | 'end', y: 'start' | 'middle' | 'end'][] = [
    ['top-start', 'start', 'start'],
    ['top', 'middle', 'start'],
    ['top-end', 'end', 'start'],
    ['start', 'start', 'middle'],
    ['center', 'middle', 'middle'],
    ['end', 'end', 'middle'],
    ['bottom-start', 'start', 'end'],
    ['bottom', 'middle', 'end'],
    ['bottom-end', 'end', 'end'],
  ];
  for (const dir of ['ltr', 'rtl']) {
    for (const [position, x, y] of places) {
      it(`stands at ${position}, ${dir}, and only a notice takes the pointer`, async () => {
        const parent = await room({ dir });
        const { toasts, unlock } = await stage(achievements(3), { position, margin: 20 }, parent);
        await unlock('0');
        const box = part(toasts, 'toast')!.getBoundingClientRect();
        const near = (before: number, after: number) =>
          Math.abs(before - after) < 2 ? 'middle' : before < after ? 'start' : 'end';
        const [left, right] = [box.left, innerWidth - box.right];
        expect(near(left, right)).to.equal(dir === 'rtl' && x !== 'middle' ? (x === 'start' ? 'end' : 'start') : x);
        if (x !== 'middle') expect(Math.min(left, right)).to.be.closeTo(20, 1);
        const [top, bottom] = [box.top, innerHeight - box.bottom];
        if (y !== 'middle') expect(near(top, bottom)).to.equal(y);
        expect(getComputedStyle(toasts).pointerEvents).to.equal('none');
        expect(getComputedStyle(part(toasts, 'toast')!).pointerEvents).to.equal('auto');
      });
    }
  }

  it('is as large as it is told', async () => {
    const { toasts, unlock } = await stage(achievements(3), { scale: 1 });
    await unlock('0');
    const size = () => parseFloat(getComputedStyle(part(toasts, 'name')!).fontSize);
    const before = size();
    toasts.scale = 2;
    await settled(toasts);
    expect(size()).to.be.closeTo(before * 2, 0.1);
  });

  /** How far above its place an element begins to move there, in CSS pixels; nothing where it does not move. */
  const moves = (element: HTMLElement) =>
    element
      .getAnimations()
      .filter(({ id }) => id === 'move')
      .map(({ effect }) => {
        const [from] = (effect as KeyframeEffect).getKeyframes();
        return -new DOMMatrix(String(from!['transform'])).m42;
      });

  for (const [position, direction] of [
    ['top-end', -1],
    ['bottom-end', 1],
  ] as const) {
    it(`lets the others close up at the ${position} when one has gone`, async () => {
      const { toasts, unlock, advance } = await stage(achievements(5), { position });
      await unlock('0');
      await advance(3 * SECOND);
      await unlock('1', '2');
      await advance(3 * SECOND);
      const [gone, ...others] = parts(toasts, 'toast');
      for (const each of others) for (const animation of each.getAnimations()) animation.finish();
      expect(others.flatMap(moves), 'it is still fading').to.deep.equal([]);
      const height = gone!.offsetHeight;
      await advance(200);
      expect(gone!.isConnected).to.equal(false);
      for (const each of others) {
        const [distance] = moves(each);
        expect(distance! * direction).to.be.greaterThan(height);
      }
    });
  }

  it('shows everything at once where motion is to be reduced', async () => {
    if (!(await emulateFeatures({ 'prefers-reduced-motion': 'reduce' }))) return;
    try {
      const { toasts, unlock, advance } = await stage(achievements(4));
      await unlock('0');
      const style = getComputedStyle(part(toasts, 'toast')!);
      expect([style.animationName, style.opacity]).to.deep.equal(['none', '1']);
      await unlock('1');
      await advance(3 * SECOND);
      await unlock('2');
      const [first, , last] = parts(toasts, 'toast');
      await advance(3 * SECOND + 200);
      expect(first!.isConnected).to.equal(false);
      expect(moves(last!)).to.deep.equal([]);
    } finally {
      await emulateFeatures({});
    }
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`has nothing that keeps anybody out, ${theme}`, async () => {
      const { toasts, unlock, change } = await stage(
        [
          achievement('0', { ...rarity(2, 'Rare'), rewards: [{ kind: 'points', value: 5 }] }),
          achievement('1', { type: 'challenge', state: 'in-progress' }),
          achievement('2', progress(4, 10)),
          achievement('3'),
        ],
        { theme, max: 5 },
      );
      await change(['2'], progress(6, 10));
      await unlock('0', '1', '3');
      for (const animation of toasts.shadowRoot!.getAnimations()) animation.finish();
      expect(await violations(toasts)).to.deep.equal([]);
    });
  }
});

describe('sounds', () => {
  const { AudioContext } = globalThis;
  let contexts: { closed: boolean }[] = [];

  before(() => {
    contexts = [];
    globalThis.AudioContext = class extends AudioContext {
      closed = false;
      constructor() {
        super();
        contexts.push(this);
      }
      override close() {
        this.closed = true;
        return super.close();
      }
    };
  });
  after(() => {
    globalThis.AudioContext = AudioContext;
  });

  it('are none where nobody asks for them', async () => {
    const { unlock } = await stage(achievements(3));
    await unlock('0');
    expect(contexts).to.have.length(0);
  });

  it('are one for what comes together, and nothing is left open', async () => {
    const { unlock, advance } = await stage(achievements(8), { sound: 'on' });
    await unlock('0', '1', '2', '3', '4');
    expect(contexts).to.have.length(1);
    await advance(20 * SECOND);
    expect(contexts).to.have.length(1);
    expect(contexts[0]!.closed).to.equal(true);
  });

  it('are files of the host where the address is allowed', async () => {
    const { Audio } = globalThis;
    const played: string[] = [];
    globalThis.Audio = class {
      volume = 1;
      constructor(url: string) {
        played.push(url);
      }
      play = () => Promise.reject(new DOMException('Not yet', 'NotAllowedError'));
    } as unknown as typeof Audio;
    try {
      const sounds = { unlock: '/sounds/unlock.ogg', rare: 'javascript:alert(1)' };
      const { unlock, change } = await stage(
        [achievement('0'), achievement('1', rarity(1, 'Rare')), achievement('2')],
        {
          sound: 'on',
          sounds,
        },
      );
      await unlock('0');
      const lines = await consoleOf(() => change(['1'], { state: 'unlocked' }));
      expect(played).to.deep.equal([`${location.origin}/sounds/unlock.ogg`]);
      expect(lines.join()).to.contain('the sound for rare is no https: address');
    } finally {
      globalThis.Audio = Audio;
    }
  });
});
