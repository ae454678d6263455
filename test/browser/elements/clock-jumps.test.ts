import { expect } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { Achievement } from '../../../src/model/index.js';
import {
  DAY,
  HOUR,
  MINUTE,
  NOW,
  achievement,
  cardsOf,
  partWords,
  progress,
  scripted,
  settled,
  show,
  speakEnglish,
  until,
  world,
} from '../../support/elements/fixtures.js';

before(speakEnglish);

const ends = (distance: number): Achievement =>
  achievement('ends', { ...progress(1, 2), window: { startsAt: NOW - DAY, endsAt: NOW + distance } });

/** A list that says when something ends, and a clock that jumps without any timer noticing, as over a sleep. */
async function stage(distance: number, from: 'an array' | 'a store' = 'an array') {
  const { environment, clock, held, page } = world();
  let offset = 0;
  const jumpy = { ...environment.clock!, now: () => clock.now() + offset };
  const given = from === 'an array' ? { achievements: [ends(distance)] } : { backend: scripted([ends(distance)]) };
  const list = await show('achievement-list', { ...given, environment: { ...environment, clock: jumpy } });
  await until(() => cardsOf(list).length === 1);
  const says = async () => {
    await settled(list);
    return partWords(cardsOf(list)[0]!, 'time')[0];
  };
  return { list, clock, held, page, says, jump: (milliseconds: number) => (offset += milliseconds) };
}

const EVENTS: Readonly<Record<string, () => unknown>> = {
  'is shown': () => document.dispatchEvent(new Event('visibilitychange')),
  'is resumed': () => document.dispatchEvent(new Event('resume')),
  'has the focus': () => window.dispatchEvent(new Event('focus')),
  'comes back from where it was put away': () => window.dispatchEvent(new Event('pageshow')),
  'is online': () => window.dispatchEvent(new Event('online')),
};

/** The page's and the window's listeners that `work` adds and does not remove. */
async function listenersLeft(work: () => Promise<unknown>): Promise<string[]> {
  const kept: string[] = [];
  const originals = [document, window].map((target) => {
    const { addEventListener, removeEventListener } = target;
    target.addEventListener = (...given: [string, EventListener]) => {
      if (given[0] in { visibilitychange: 1, resume: 1, focus: 1, pageshow: 1, online: 1 }) kept.push(given[0]);
      addEventListener.apply(target, given);
    };
    target.removeEventListener = (...given: [string, EventListener]) => {
      if (kept.includes(given[0])) kept.splice(kept.indexOf(given[0]), 1);
      removeEventListener.apply(target, given);
    };
    return target;
  });
  try {
    await work();
  } finally {
    for (const target of originals) {
      Reflect.deleteProperty(target, 'addEventListener');
      Reflect.deleteProperty(target, 'removeEventListener');
    }
  }
  return kept;
}

describe('after eight hours of sleep', () => {
  for (const [what, tell] of Object.entries(EVENTS)) {
    it(`what is said of time is right as soon as the page ${what}`, async () => {
      const { says, jump } = await stage(10 * HOUR + MINUTE);
      expect(await says()).to.equal('Ends in 10 hours');
      jump(8 * HOUR);
      expect(await says(), 'control').to.equal('Ends in 10 hours');
      tell();
      expect(await says()).to.equal('Ends in 2 hours');
    });
  }

  it('it is right within five minutes without any event', async () => {
    const { says, jump, clock } = await stage(10 * HOUR + 30 * MINUTE);
    jump(8 * HOUR);
    await clock.advance(5 * MINUTE);
    expect(await says()).to.equal('Ends in 2 hours');
  });

  for (const from of ['an array', 'a store'] as const) {
    it(`what has ended meanwhile is ended within five minutes: from ${from}`, async () => {
      const { list, jump, clock } = await stage(4 * HOUR, from);
      jump(8 * HOUR);
      await clock.advance(5 * MINUTE);
      await settled(list);
      expect(cardsOf(list)[0]!.state).to.equal('expired');
    });
  }
});

describe('after a clock was set back', () => {
  it('what is said of time is right within five minutes', async () => {
    const { says, jump, clock } = await stage(2 * HOUR + 30 * MINUTE);
    expect(await says()).to.equal('Ends in 2 hours');
    jump(-8 * HOUR);
    await clock.advance(5 * MINUTE);
    expect(await says()).to.equal('Ends in 10 hours');
  });

  it('what had ended by it is open again once the page is looked at', async () => {
    const { list, jump, clock, page } = await stage(HOUR, 'a store');
    const stateOf = (each: AchievementList) => cardsOf(each)[0]!.state;
    jump(8 * HOUR);
    await clock.advance(5 * MINUTE);
    await settled(list);
    expect(stateOf(list)).to.equal('expired');
    jump(-8 * HOUR);
    page.change();
    await settled(list);
    expect(stateOf(list)).to.equal('in-progress');
  });
});

describe('a page that says nothing of time', () => {
  it('listens to nothing and has no timer, also where it did before', async () => {
    const left = await listenersLeft(async () => {
      const { list, held } = await stage(HOUR);
      expect(held().timers).to.equal(1);
      list.achievements = [achievement('timeless')];
      await settled(list);
      expect(held().timers).to.equal(0);
    });
    expect(left).to.deep.equal([]);
  });
});
