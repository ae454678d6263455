import { expect } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import '../../../src/define/achievement-tracker.js';
import type { AchievementTracker } from '../../../src/elements/achievement-tracker.js';
import type { AchievementPinEvent } from '../../../src/elements/events.js';
import '../../../src/locales/ar.js';
import type { Achievement } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import { press } from '../../support/browser/keys.js';
import { emulateFeatures } from '../../support/browser/media.js';
import { violations } from '../../support/elements/axe.js';
import { elementsIn, sticksOut } from '../../support/elements/boxes.js';
import {
  DAY,
  HOUR,
  MINUTE,
  NOW,
  achievement,
  click,
  consoleOf,
  countRenders,
  eventsAt,
  fakeStore,
  part,
  partWords,
  parts,
  progress,
  room,
  scripted,
  settled,
  show,
  speakEnglish,
  until,
  words,
  world,
} from '../../support/elements/fixtures.js';
import { LeakWatch } from '../../support/elements/leaks.js';

const near = (id: string, members: Partial<Achievement> = {}) => achievement(id, { ...progress(8, 10), ...members });
const ending = (id: string, left = 3 * HOUR) => achievement(id, { window: { endsAt: NOW + left } });
const unlocked = (id: string, age = MINUTE, members: Partial<Achievement> = {}) =>
  achievement(id, { ...progress(10, 10), state: 'unlocked', unlockedAt: NOW - age, ...members });

const LIBRARY = [achievement('plain'), unlocked('done'), ending('ending'), near('near'), achievement('pin')];
const pins = (...ids: string[]) => ({ pinned: new Set(ids.map((id) => `test:${id}`)) });

const tracked = (properties: Partial<AchievementTracker> = {}, parent?: Element) =>
  show('achievement-tracker', { clock: world().clock, ...properties }, parent);
const withStore = (library = LIBRARY, ...pinned: string[]) => fakeStore(library, pins(...pinned));

/** The lines that stay. */
const linesOf = (tracker: AchievementTracker) => parts(tracker, 'line').filter((line) => !line.inert);
const namesOf = (tracker: AchievementTracker) =>
  linesOf(tracker).map((line) => words(line.querySelector('[part~="name"]')).replace('Name of ', ''));
const lineOf = (tracker: AchievementTracker, id: string) => {
  const found = parts(tracker, 'line').find((line) => words(line).includes(`Name of ${id}`));
  if (!found) throw new Error(`There is no line of ${id}`);
  return found;
};
const sentenceOf = (line: Element) => words(line.querySelector('.spoken'));
const movesIn = (tracker: AchievementTracker) =>
  [tracker.renderRoot, ...elementsIn(tracker.renderRoot)].flatMap((each) =>
    each instanceof Element ? each.getAnimations().map(({ id }) => id) : [],
  );
/** Lets everything that moves arrive. */
async function arrived(tracker: AchievementTracker): Promise<void> {
  for (const each of elementsIn(tracker.renderRoot)) for (const animation of each.getAnimations()) animation.finish();
  await until(() => !tracker.isUpdatePending && movesIn(tracker).length === 0);
  await settled(tracker);
}
const ratioOf = (line: Element) => {
  const [fill, track] = ['.fill', '.track'].map((name) => line.querySelector(name)!.getBoundingClientRect().width);
  return fill! / track!;
};

before(speakEnglish);
afterEach(() => emulateFeatures({}));

describe('a tracker', () => {
  it('shows what is pinned, nearly done, running out and just unlocked, in this order', async () => {
    const tracker = await tracked({ store: withStore(LIBRARY, 'pin') });
    expect(namesOf(tracker)).to.deep.equal(['pin', 'near', 'ending', 'done']);
    expect(partWords(tracker, 'label')).to.deep.equal([
      'Description of pin',
      '2 left',
      'Description of ending',
      'Unlocked',
    ]);
    expect(partWords(tracker, 'time')).to.deep.equal([
      new Intl.RelativeTimeFormat('en', { style: 'narrow' }).format(3, 'hour'),
    ]);
    expect(ratioOf(lineOf(tracker, 'near'))).to.be.closeTo(0.8, 0.01);
  });

  it('has at most four lines, or as many as it is told', async () => {
    const library = Array.from({ length: 9 }, (_, index) => near(String(index)));
    const tracker = await tracked({ achievements: library });
    for (const [limit, count] of [
      [4, 4],
      [2, 2],
      [0, 4],
      [Number.NaN, 4],
      [1.9, 1],
    ] as const) {
      tracker.limit = limit;
      await settled(tracker);
      expect(linesOf(tracker), String(limit)).to.have.length(count);
    }
  });

  it('shows what its words name, in their order, and tells once of a word that means nothing', async () => {
    const tracker = await tracked({ store: withStore(LIBRARY, 'pin'), show: 'unlocked pinned' });
    expect(namesOf(tracker)).to.deep.equal(['done', 'pin']);
    const said = await consoleOf(async () => {
      tracker.show = 'weather, nearly-done';
      await settled(tracker);
      tracker.limit = 3;
      await settled(tracker);
    });
    expect(said).to.deep.equal(['<achievement-tracker show>: “weather” is not known and was left out.']);
    expect(namesOf(tracker)).to.deep.equal(['near']);
    tracker.removeAttribute('show');
    tracker.setAttribute('show', 'pinned');
    tracker.removeAttribute('show');
    await settled(tracker);
    expect(namesOf(tracker)).to.deep.equal(['pin', 'near', 'ending']);
  });

  it('paints nothing and takes no room where there is nothing to show', async () => {
    const tracker = await tracked();
    for (const achievements of [undefined, [], [achievement('plain')]]) {
      Object.assign(tracker, { achievements });
      await settled(tracker);
      expect(tracker.renderRoot.children).to.have.length(0);
      expect(tracker.getBoundingClientRect().height).to.equal(0);
    }
  });

  it('takes an array with pins of its own', async () => {
    const tracker = await tracked({ achievements: LIBRARY, pinned: ['plain'], show: 'pinned' });
    expect(namesOf(tracker)).to.deep.equal(['plain']);
    expect(tracker.pinned).to.deep.equal(['plain']);
  });

  it('derives the states of an array, at the moment at which they change', async () => {
    const { clock } = world();
    const opening = achievement('opening', { state: 'scheduled', window: { startsAt: NOW + HOUR } });
    const tracker = await tracked({ achievements: [opening, ending('ending')], pinned: ['opening'], clock });
    expect(lineOf(tracker, 'opening').className).to.include('scheduled');
    await clock.advance(HOUR);
    await settled(tracker);
    expect(lineOf(tracker, 'opening').className).to.include('locked');
    await clock.advance(2 * HOUR);
    await settled(tracker);
    expect(namesOf(tracker)).to.deep.equal(['opening']);
  });

  it('says how long there is time, and says it anew', async () => {
    const { clock } = world();
    const tracker = await tracked({ achievements: [ending('ending', 2 * HOUR)], clock });
    const narrow = new Intl.RelativeTimeFormat('en', { style: 'narrow' });
    expect(partWords(tracker, 'time')).to.deep.equal([narrow.format(2, 'hour')]);
    await clock.advance(MINUTE);
    await settled(tracker);
    expect(partWords(tracker, 'time')).to.deep.equal([narrow.format(1, 'hour')]);
  });

  it('shows a letter where a picture is missing, refused or broken', async () => {
    const icons = [undefined, 'javascript:alert(1)', 'data:image/svg+xml,<svg/>', '/no/such/picture.png'];
    const achievements = icons.map((url, index) => near(String(index), url ? { media: { icon: { url } } } : {}));
    const tracker = await tracked({ achievements });
    await until(() => tracker.renderRoot.querySelectorAll('.placeholder').length === 4);
    expect(tracker.renderRoot.querySelector('img')).to.equal(null);
  });

  it('shows hostile texts as texts', async () => {
    const name = '<img src=x onerror="window.hacked = 1"> ${1 + 1}';
    const tracker = await tracked({ achievements: [achievement('bad', { name, description: name })], pinned: ['bad'] });
    expect(partWords(tracker, 'name')).to.deep.equal([name]);
    expect(partWords(tracker, 'label')).to.deep.equal([name]);
    expect(tracker.renderRoot.querySelector('img')).to.equal(null);
  });

  it('says by its badge and its words what is not saved yet', async () => {
    const achievements = [unlocked('done', MINUTE, { pending: true }), near('near', { pending: true })];
    const tracker = await tracked({ achievements });
    expect(partWords(tracker, 'label')).to.deep.equal(['2 left', 'Not saved yet']);
    for (const id of ['done', 'near']) {
      expect(lineOf(tracker, id).querySelector('.badge'), id).to.not.equal(null);
      expect(sentenceOf(lineOf(tracker, id)), id).to.include('Not saved yet');
    }
  });
});

describe('where the achievements of a tracker come from', () => {
  const around = async () => {
    const parent = await room();
    const source = Object.assign(document.createElement('achievement-source'), { store: withStore() });
    parent.append(source);
    return { parent, source };
  };

  it('is the source around it', async () => {
    const { source } = await around();
    const tracker = await tracked({}, source);
    expect(namesOf(tracker)).to.deep.equal(['near', 'ending', 'done']);
    expect(tracker.store).to.equal(source.store);
  });

  it('is the store it is given, before all others', async () => {
    const { source } = await around();
    const tracker = await tracked({ store: withStore([near('own')]), for: 'elsewhere' }, source);
    expect(namesOf(tracker)).to.deep.equal(['own']);
  });

  for (const tag of ['achievement-list', 'achievement-source'] as const) {
    it(`is what its id names: ${tag}, which may come later and get another store`, async () => {
      const parent = await room();
      const { environment, clock } = world();
      const tracker = await tracked({ for: 'here' }, parent);
      expect(tracker.store).to.equal(undefined);
      const backend = scripted([near('first')]);
      const target = Object.assign(document.createElement(tag), { id: 'here', backend, environment });
      parent.append(target);
      await until(() => namesOf(tracker).join() === 'first');
      target.backend = scripted([near('second')], { scope: 'another' });
      await until(() => namesOf(tracker).join() === 'second');
      expect(tracker.store).to.equal(target.store);
      tracker.for = '';
      await settled(tracker);
      expect(namesOf(tracker)).to.deep.equal([]);
      await clock.advance(0);
    });
  }

  it('is followed while it is in the document only', async () => {
    const store = withStore();
    const tracker = await tracked({ store });
    const parent = tracker.parentElement!;
    const renders = countRenders(tracker);
    tracker.remove();
    await Promise.resolve();
    store.tell({ library: { achievements: [near('later')], fetchedAt: NOW } });
    await settled(tracker);
    expect(renders.count).to.equal(0);
    parent.append(tracker);
    await settled(tracker);
    expect(namesOf(tracker)).to.deep.equal(['later']);
  });

  it('leaves nothing of a player who signed out, not even for the time of a fade', async () => {
    const store = withStore();
    const tracker = await tracked({ store });
    const { library: _library, ...rest } = store.snapshot;
    store.snapshot = rest;
    store.tell({});
    await settled(tracker);
    expect(tracker.renderRoot.children).to.have.length(0);
    const other = withStore([near('other')]);
    tracker.store = other;
    await settled(tracker);
    expect(parts(tracker, 'line')).to.have.length(1);
  });
});

describe('what was just unlocked', () => {
  /** A tracker of a real store, and what its service says next. */
  async function playing(first: readonly Achievement[], properties: Partial<AchievementTracker> = {}) {
    const { clock, environment } = world();
    const backend = scripted(first);
    const store = createStore({ backend, environment });
    const tracker = await tracked({ store, clock, ...properties });
    await until(() => store.snapshot.library && store.snapshot.activity === 'idle');
    await settled(tracker);
    const next = async (achievements: readonly Achievement[]) => {
      backend.answer = achievements;
      await store.refresh();
      await settled(tracker);
    };
    return { clock, store, tracker, next };
  }

  it('is shown for ten minutes, whatever date the service gives, and leaves by itself', async () => {
    const { clock, next, store, tracker } = await playing([near('a'), unlocked('old', DAY)]);
    expect(namesOf(tracker)).to.deep.equal(['a']);
    await next([unlocked('a', 30 * DAY), unlocked('old', DAY)]);
    expect(namesOf(tracker)).to.deep.equal(['a']);
    expect(partWords(tracker, 'label')).to.deep.equal(['Unlocked']);
    await clock.advance(10 * MINUTE - 1);
    await settled(tracker);
    expect(namesOf(tracker)).to.deep.equal(['a']);
    await clock.advance(1);
    await settled(tracker);
    expect(namesOf(tracker)).to.deep.equal([]);
    store.dispose();
  });

  it('keeps its place and its line among the pinned ones', async () => {
    const { next, store, tracker } = await playing([near('a'), near('b'), near('c')]);
    await Promise.all(['a', 'b', 'c'].map((id) => store.pin(`test:${id}`)));
    await settled(tracker);
    const lines = linesOf(tracker);
    await next([near('a'), unlocked('b', DAY), near('c')]);
    expect(namesOf(tracker)).to.deep.equal(['a', 'b', 'c']);
    expect(linesOf(tracker)).to.deep.equal(lines);
    store.dispose();
  });

  it('is none of the first data, and nothing that is taken back', async () => {
    const { next, store, tracker } = await playing([unlocked('old', DAY), achievement('a')]);
    expect(namesOf(tracker)).to.deep.equal([]);
    await next([unlocked('old', DAY), unlocked('a', DAY)]);
    expect(namesOf(tracker)).to.deep.equal(['a']);
    await next([unlocked('old', DAY), achievement('a')]);
    expect(namesOf(tracker)).to.deep.equal([]);
    store.dispose();
  });

  it('is seen in arrays too', async () => {
    const tracker = await tracked({ achievements: [achievement('a'), unlocked('old', DAY)] });
    expect(namesOf(tracker)).to.deep.equal([]);
    tracker.achievements = [unlocked('a', DAY), unlocked('old', DAY)];
    await settled(tracker);
    expect(namesOf(tracker)).to.deep.equal(['a']);
  });

  it('is gold where it is rare', async () => {
    const rarity = { percent: 1.8, category: 'Rare' };
    const tracker = await tracked({ achievements: [unlocked('rare', MINUTE, { rarity }), unlocked('common')] });
    const isGold = (id: string) => getComputedStyle(lineOf(tracker, id)).backgroundImage.includes('gradient');
    expect([isGold('rare'), isGold('common')]).to.deep.equal([true, false]);
    expect(sentenceOf(lineOf(tracker, 'rare'))).to.include('1.8% of players have it, Rare');
  });
});

describe('secrets', () => {
  const CANARY = 'canary-of-the-tracker';
  const secret = (members: Partial<Achievement> = {}) =>
    near('secret', {
      name: CANARY,
      description: CANARY,
      secret: true,
      window: { endsAt: NOW + HOUR },
      media: { icon: { url: `/${CANARY}.png` } },
      ...members,
    });

  it('that are masked are nowhere, pinned or not', async () => {
    const watch = new LeakWatch();
    const tracker = await tracked({ store: withStore([secret(), near('near')], 'secret', 'near'), controls: true });
    expect(namesOf(tracker)).to.deep.equal(['near']);
    expect(watch.find(CANARY)).to.deep.equal([]);
    watch.stop();
  });

  it('show their name once they are unlocked, and go at once where they are masked again', async () => {
    const tracker = await tracked({ achievements: [secret(), near('near')] });
    tracker.achievements = [secret({ state: 'unlocked' }), near('near')];
    await settled(tracker);
    expect(partWords(tracker, 'name')).to.deep.equal(['Name of near', CANARY]);
    const watch = new LeakWatch();
    expect(watch.find(CANARY), 'the watch sees what is there').to.not.deep.equal([]);
    tracker.achievements = [secret(), near('near')];
    await settled(tracker);
    expect(watch.find(CANARY).filter(({ place }) => place !== 'request')).to.deep.equal([]);
    watch.stop();
  });
});

describe('nothing flickers', () => {
  const three = (...done: number[]) =>
    done.map((current, index) => achievement('abc'.charAt(index), progress(current, 100)));
  const pinnedFirst = { pinned: ['none'], show: 'nearly-done' } as const;

  it('a line keeps its element, its bar and its picture when the order changes', async () => {
    const tracker = await tracked({ achievements: three(90, 85, 81), ...pinnedFirst });
    expect(namesOf(tracker)).to.deep.equal(['a', 'b', 'c']);
    const [a, b, c] = linesOf(tracker);
    const bar = c!.querySelector('.fill');
    tracker.achievements = three(90, 85, 95);
    await settled(tracker);
    expect(namesOf(tracker)).to.deep.equal(['c', 'a', 'b']);
    expect(linesOf(tracker)).to.deep.equal([c, a, b]);
    expect(c!.querySelector('.fill')).to.equal(bar);
  });

  it('bars and lines move from where they are seen, and end where they belong', async () => {
    const tracker = await tracked({ achievements: three(90, 85, 81), ...pinnedFirst });
    await arrived(tracker);
    const c = lineOf(tracker, 'c');
    const before = c.getBoundingClientRect().top;
    tracker.achievements = three(90, 85, 95);
    await settled(tracker);
    for (const animation of [c, c.querySelector('.fill')!].flatMap((each) => each.getAnimations())) animation.pause();
    for (const animation of [c, c.querySelector('.fill')!].flatMap((each) => each.getAnimations()))
      animation.currentTime = 0;
    expect(c.getBoundingClientRect().top, 'the line begins where it was').to.be.closeTo(before, 1);
    expect(ratioOf(c), 'the bar begins where it was').to.be.closeTo(0.81, 0.01);
    await arrived(tracker);
    expect(c.getBoundingClientRect().top).to.be.lessThan(before - 50);
    expect(ratioOf(c)).to.be.closeTo(0.95, 0.01);
  });

  it('a line that leaves stays where it was, fades once, and is gone; nobody hears it', async () => {
    const tracker = await tracked({ achievements: [near('a'), near('b')] });
    await arrived(tracker);
    const a = lineOf(tracker, 'a');
    const { top } = a.getBoundingClientRect();
    tracker.achievements = [achievement('a'), near('b')];
    await settled(tracker);
    expect([a.isConnected, a.inert, a.getAttribute('aria-hidden')]).to.deep.equal([true, true, 'true']);
    expect(a.getBoundingClientRect().top).to.be.closeTo(top, 1);
    const [fade] = a.getAnimations();
    tracker.limit = 3;
    await settled(tracker);
    expect(a.getAnimations(), 'another update does not begin it anew').to.deep.equal([fade]);
    await arrived(tracker);
    expect(a.isConnected).to.equal(false);
    expect(namesOf(tracker)).to.deep.equal(['b']);
  });

  it('a line that comes back while it leaves stays', async () => {
    const tracker = await tracked({ achievements: [near('a'), near('b')] });
    const a = lineOf(tracker, 'a');
    tracker.achievements = [achievement('a'), near('b')];
    await settled(tracker);
    tracker.achievements = [near('a'), near('b')];
    await settled(tracker);
    await arrived(tracker);
    expect(lineOf(tracker, 'a')).to.equal(a);
    expect([a.inert, getComputedStyle(a).opacity]).to.deep.equal([false, '1']);
  });

  it('the height never jumps: not when lines come or go, and not when one takes the place of another', async () => {
    const tracker = await tracked({ achievements: [near('a'), near('b')] });
    await arrived(tracker);
    const list = () => part(tracker, 'tracker')!;
    const heightAtOnce = () => {
      for (const animation of list().getAnimations()) {
        animation.pause();
        animation.currentTime = 0;
      }
      return list().getBoundingClientRect().height;
    };
    const steps: readonly (readonly Achievement[])[] = [
      [near('a'), near('b'), near('c')],
      [near('b'), near('c'), near('d')].map((each) => (each.id === 'b' ? achievement('b') : each)),
      [achievement('c'), near('d')],
      [achievement('d')],
    ];
    for (const achievements of steps) {
      const before = list().getBoundingClientRect().height;
      tracker.achievements = achievements;
      await settled(tracker);
      expect(heightAtOnce(), achievements.map(({ id }) => id).join()).to.be.closeTo(before, 1);
      await arrived(tracker);
    }
    expect(tracker.renderRoot.children, 'and in the end nothing is left').to.have.length(0);
  });

  it('control: without the animation of the height it would jump', async () => {
    const tracker = await tracked({ achievements: [near('a')] });
    await arrived(tracker);
    const list = part(tracker, 'tracker')!;
    const before = list.getBoundingClientRect().height;
    list.animate = () => new Animation();
    tracker.achievements = [near('a'), near('b')];
    await settled(tracker);
    expect(list.getBoundingClientRect().height).to.be.greaterThan(before + 40);
  });

  it('a thousand changes in one go are one render, and end at the last value', async () => {
    const store = withStore(three(0, 0, 0));
    const tracker = await tracked({ store, limit: 3, show: 'nearly-done' });
    const renders = countRenders(tracker);
    for (let current = 1; current <= 1000; current++) {
      store.tell({ library: { achievements: [near('a', progress(8000 + current, 10_000))], fetchedAt: NOW } });
    }
    await settled(tracker);
    expect(renders.count).to.equal(1);
    await arrived(tracker);
    expect(partWords(tracker, 'label')).to.deep.equal(['1,000 left']);
    expect(ratioOf(lineOf(tracker, 'a'))).to.be.closeTo(0.9, 0.01);
  });

  it('nothing moves where people want less motion: what leaves is gone at once', async () => {
    if (!(await emulateFeatures({ 'prefers-reduced-motion': 'reduce' }))) return;
    const tracker = await tracked({ achievements: three(90, 85, 81), ...pinnedFirst });
    tracker.achievements = [...three(90, 10, 95), unlocked('d')];
    await settled(tracker);
    expect(namesOf(tracker)).to.deep.equal(['c', 'a']);
    expect(parts(tracker, 'line')).to.have.length(2);
    expect(movesIn(tracker)).to.deep.equal([]);
    expect(ratioOf(lineOf(tracker, 'c'))).to.be.closeTo(0.95, 0.01);
  });

  it('control: elsewhere the same moves', async () => {
    const tracker = await tracked({ achievements: three(90, 85, 81), ...pinnedFirst });
    tracker.achievements = three(90, 10, 95);
    await settled(tracker);
    expect(movesIn(tracker)).to.include.members(['move', 'bar', 'leave']);
  });
});

describe('an idle tracker', () => {
  it('has no timer under a minute, asks for no frame and renders nothing', async () => {
    const { clock } = world();
    const delays: number[] = [];
    const watched = {
      ...clock,
      setTimeout: (callback: () => void, milliseconds: number) => {
        delays.push(milliseconds);
        return clock.setTimeout(callback, milliseconds);
      },
    };
    const tracker = await tracked({ store: withStore(LIBRARY, 'pin'), clock: watched });
    await arrived(tracker);
    const { requestAnimationFrame } = window;
    let frames = 0;
    window.requestAnimationFrame = (callback) => {
      frames += 1;
      return requestAnimationFrame(callback);
    };
    const renders = countRenders(tracker);
    await clock.advance(MINUTE - 1);
    window.requestAnimationFrame = requestAnimationFrame;
    expect({ renders: renders.count, frames }).to.deep.equal({ renders: 0, frames: 0 });
    expect(Math.min(...delays)).to.be.at.least(MINUTE);
  });

  it('holds nothing after it has left', async () => {
    const { clock, held } = world();
    const tracker = await tracked({ achievements: LIBRARY, clock });
    expect(held().timers).to.equal(1);
    tracker.remove();
    await settled(tracker);
    expect(held()).to.deep.equal({ timers: 0, listeners: 0 });
  });
});

describe('the controls of a tracker', () => {
  const focused = (tracker: AchievementTracker) =>
    words((tracker.shadowRoot?.activeElement as HTMLElement | null)?.closest('li')?.querySelector('[part~="name"]'));

  it('are none: it takes neither the pointer nor the focus', async () => {
    const parent = await room();
    const tracker = await tracked({ store: withStore(LIBRARY, 'pin') }, parent);
    expect(parts(tracker, 'unpin')).to.have.length(0);
    const { left, top } = lineOf(tracker, 'near').getBoundingClientRect();
    expect(document.elementFromPoint(left + 5, top + 5)).to.not.equal(tracker);
    tracker.focus();
    expect(document.activeElement).to.not.equal(tracker);
  });

  it('take a pin away, and tell it', async () => {
    const store = withStore(LIBRARY, 'pin', 'plain');
    const tracker = await tracked({ store, controls: true });
    const events = eventsAt(tracker, ['achievement-pin']) as AchievementPinEvent[];
    expect(parts(tracker, 'unpin').map((button) => button.getAttribute('aria-label'))).to.deep.equal([
      'Unpin Name of plain',
      'Unpin Name of pin',
    ]);
    const { left, top } = parts(tracker, 'unpin')[1]!.getBoundingClientRect();
    expect(document.elementFromPoint(left + 5, top + 5)).to.equal(tracker);
    click(parts(tracker, 'unpin')[1]);
    await settled(tracker);
    expect(store.calls).to.deep.equal([['pin', 'test:pin', false]]);
    expect(events.map((event) => [event.achievement.id, event.pinned])).to.deep.equal([['pin', false]]);
    expect(namesOf(tracker)).to.deep.equal(['plain', 'near', 'ending', 'done']);
  });

  it('work by keyboard alone, and the focus is never lost', async () => {
    const parent = await room();
    const before = Object.assign(document.createElement('button'), { textContent: 'Before' });
    parent.append(before);
    const achievements = [achievement('a'), achievement('b'), achievement('c')];
    const tracker = await tracked({ achievements, pinned: ['a', 'b', 'c'], controls: true }, parent);
    before.focus();
    await press('Tab');
    await until(() => focused(tracker) === 'Name of a');
    for (const [key, id] of [
      ['ArrowDown', 'b'],
      ['End', 'c'],
      ['ArrowDown', 'c'],
      ['ArrowUp', 'b'],
      ['Home', 'a'],
    ] as const) {
      await press(key);
      await until(() => focused(tracker) === `Name of ${id}`, `${key} leads to ${id}`);
    }
    const { outlineStyle } = getComputedStyle(tracker.shadowRoot!.activeElement!);
    expect(outlineStyle).to.not.equal('none');
    await press('Enter');
    await until(() => focused(tracker) === 'Name of b', 'the next one');
    await press('ArrowDown');
    await until(() => focused(tracker) === 'Name of c');
    await press('Enter');
    await until(() => focused(tracker) === 'Name of b', 'the last one is gone: the one before');
    await press('Enter');
    await until(() => document.activeElement === before, 'nothing is left: back');
  });

  it('are only on lines that are shown for their pin', async () => {
    const tracker = await tracked({ achievements: [near('near')], pinned: ['near'], controls: true });
    expect(parts(tracker, 'unpin')).to.have.length(1);
    tracker.show = 'nearly-done pinned';
    await settled(tracker);
    expect(parts(tracker, 'unpin')).to.have.length(0);
  });

  it('are large enough', async () => {
    const tracker = await tracked({ achievements: LIBRARY, pinned: ['pin'], controls: true });
    const { width, height } = part(tracker, 'unpin')!.getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(24);
  });
});

describe('a tracker for everybody', () => {
  it('is a list of one sentence per line, and no live region', async () => {
    const tracker = await tracked({ store: withStore(LIBRARY, 'pin') });
    const list = part(tracker, 'tracker')!;
    expect([list.getAttribute('role'), list.getAttribute('aria-label')]).to.deep.equal([
      'list',
      'Tracked achievements',
    ]);
    expect(linesOf(tracker).map(sentenceOf)).to.deep.equal([
      'Name of pin, Locked, Description of pin',
      'Name of near, In progress, 8 of 10, 2 left',
      'Name of ending, Locked, Ends in 3 hours, Description of ending',
      'Name of done, Unlocked January 20, 2026',
    ]);
    for (const line of linesOf(tracker)) {
      const heard = [...line.children].filter((child) => child.getAttribute('aria-hidden') !== 'true');
      expect(heard).to.have.length(1);
    }
    expect(elementsIn(tracker.renderRoot).filter((each) => each.matches('[aria-live], [role=status]'))).to.have.length(
      0,
    );
  });

  for (const theme of ['light', 'dark'] as const) {
    for (const dir of ['ltr', 'rtl'] as const) {
      it(`has nothing that axe calls wrong: ${theme}, ${dir}`, async () => {
        const parent = await room({ dir });
        parent.style.setProperty('background', theme === 'dark' ? '#0d1017' : '#f5f6f9');
        const rare = unlocked('rare', MINUTE, { rarity: { percent: 1, category: 'Rare' } });
        const achievements = [...LIBRARY, rare];
        const tracker = await tracked({ achievements, pinned: ['pin'], limit: 9, controls: true, theme }, parent);
        await arrived(tracker);
        expect(await violations(tracker)).to.deep.equal([]);
      });
    }
  }

  it('speaks the language around it, and stands the other way round where that is written so', async () => {
    const parent = await room({ lang: 'ar', dir: 'rtl' });
    const tracker = await tracked({ achievements: LIBRARY, pinned: ['pin'], controls: true }, parent);
    expect(part(tracker, 'tracker')!.getAttribute('aria-label')).to.equal('الإنجازات المتابَعة');
    const line = lineOf(tracker, 'near');
    const left = (selector: string) => line.querySelector(selector)!.getBoundingClientRect().left;
    expect(left('.picture')).to.be.greaterThan(left('.name'));
    const [fill, track] = ['.fill', '.track'].map((each) => line.querySelector(each)!.getBoundingClientRect());
    expect(fill!.right).to.be.closeTo(track!.right, 1);
    expect(sticksOut(tracker)).to.deep.equal([]);
  });

  for (const width of [160, 240, 700]) {
    it(`fits into ${width} pixels, with names of any length on one line`, async () => {
      const parent = await room();
      parent.style.setProperty('inline-size', `${width}px`);
      const name = 'The Unspeakably Long Way Around '.repeat(5);
      const achievements = [near('a', { name, window: { endsAt: NOW + HOUR } }), achievement('b', { name })];
      const tracker = await tracked({ achievements, pinned: ['b'], controls: true }, parent);
      expect(sticksOut(tracker)).to.deep.equal([]);
      for (const each of parts(tracker, 'name')) expect(each.getBoundingClientRect().height).to.be.lessThan(30);
    });
  }

  it('shows bars and badges where colours are the reader’s own', async () => {
    if (!(await emulateFeatures({ 'forced-colors': 'active' }))) return;
    const tracker = await tracked({ achievements: LIBRARY, pinned: ['pin'] });
    for (const each of tracker.renderRoot.querySelectorAll('.track, .badge')) {
      expect(parseFloat(getComputedStyle(each).borderTopWidth)).to.be.at.least(1);
    }
    const fill = getComputedStyle(tracker.renderRoot.querySelector('.fill')!);
    expect(fill.backgroundColor).to.not.equal(getComputedStyle(part(tracker, 'tracker')!).backgroundColor);
  });
});
