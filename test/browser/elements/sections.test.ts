import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../src/index.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { AchievementPinEvent } from '../../../src/elements/events.js';
import { mask, type Achievement } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import {
  DAY,
  HOUR,
  NOW,
  achievement,
  achievements,
  cardOf,
  cardsOf,
  click,
  eventsAt,
  factsOf,
  fakeStore,
  idsOf,
  part,
  parts,
  progress,
  scripted,
  settled,
  show,
  speakEnglish,
  words,
  world,
  type World,
} from '../../support/elements/fixtures.js';

/** Each heading with what stands under it: "Nearly done 1: a,b". */
const groupsOf = (list: AchievementList) =>
  parts(list, 'group').map((group) => {
    const ids = [...group.querySelectorAll('achievement-card')].map((card) => card.achievement?.id);
    return `${words(group.querySelector('[role="heading"]'))}: ${ids.join()}`;
  });

const near = (id: string, members: Partial<Achievement> = {}) => achievement(id, { ...progress(8, 10), ...members });
const ending = (id: string, left: number) => achievement(id, { window: { endsAt: NOW + left } });
const unlocked = (id: string, age: number) => achievement(id, { state: 'unlocked', unlockedAt: NOW - age });
const pinned = (...ids: string[]) => new Set(ids.map((id) => `test:${id}`));

const LIBRARY = [
  achievement('plain'),
  unlocked('recent', HOUR),
  ending('ending', 9 * HOUR),
  near('near'),
  achievement('new'),
  achievement('pinned'),
];
const lastVisit = {
  at: NOW - DAY,
  known: new Set(LIBRARY.filter(({ id }) => id !== 'new').map(({ key }) => key)),
  unlocked: new Set(['test:recent']),
};

const storeOf = (library: readonly Achievement[] = LIBRARY) =>
  fakeStore(library, { pinned: pinned('pinned'), lastVisit });

const shown = (properties: Partial<AchievementList> = {}) =>
  show('achievement-list', { store: storeOf(), environment: world().environment, sections: 'all', ...properties });

before(speakEnglish);

describe('the sections of a list', () => {
  it('say what matters now, in their order, with everything else below', async () => {
    const list = await shown();
    expect(groupsOf(list)).to.deep.equal([
      'Pinned 1: pinned',
      'Since your last visit 1: new',
      'Nearly done 1: near',
      'Ending soon 1: ending',
      'Recently unlocked 1: recent',
      'Everything else 1: plain',
    ]);
    expect(parts(list, 'list').map((each) => each.getAttribute('aria-label'))).to.deep.equal([
      'Pinned',
      'Since your last visit',
      'Nearly done',
      'Ending soon',
      'Recently unlocked',
      'Everything else',
    ]);
  });

  it('have their reason on each card', async () => {
    const list = await shown();
    expect(part(cardOf(list, 'pinned'), 'pin')?.getAttribute('aria-pressed')).to.equal('true');
    expect(factsOf(cardOf(list, 'new'))).to.include('New');
    expect(factsOf(cardOf(list, 'near'))).to.include('2 left');
    expect(factsOf(cardOf(list, 'ending'))).to.include('Ends in 9 hours');
    expect(factsOf(cardOf(list, 'recent'))).to.deep.equal(['Unlocked January 20, 2026']);
    expect(factsOf(cardOf(list, 'plain'))).to.deep.equal(['Locked']);
  });

  it('are those that the words name, in the order in which they always stand', async () => {
    const list = await shown({ sections: 'running-out pinned' });
    expect(groupsOf(list)).to.deep.equal([
      'Pinned 1: pinned',
      'Ending soon 1: ending',
      'Everything else 4: plain,recent,near,new',
    ]);
    expect(factsOf(cardOf(list, 'new')), 'without its section it is not called new').to.not.include('New');
  });

  it('are none without the attribute, and a word that names none is told', async () => {
    const list = await shown({ sections: '' });
    expect(groupsOf(list)).to.deep.equal([': plain,recent,ending,near,new,pinned']);
    const said: unknown[] = [];
    const { warn } = console;
    console.warn = (...parts_: unknown[]) => said.push(parts_.join(' '));
    try {
      list.sections = 'pinned weather';
      await settled(list);
    } finally {
      console.warn = warn;
    }
    expect(said).to.deep.equal(['<achievement-list sections>: “weather” is not known and was left out.']);
    expect(groupsOf(list)[0]).to.equal('Pinned 1: pinned');
  });

  it('are not shown where they are empty, and nothing is called "everything else" then', async () => {
    const list = await shown({ store: fakeStore([achievement('a'), achievement('b')]) });
    expect(groupsOf(list)).to.deep.equal([': a,b']);
    expect(part(list, 'list')?.getAttribute('aria-label')).to.equal('Achievements');
  });

  it('hold each achievement once, in the first that takes it', async () => {
    const all = near('all', { window: { endsAt: NOW + HOUR } });
    const list = await shown({ store: fakeStore([all], { pinned: pinned('all'), lastVisit }) });
    expect(groupsOf(list)).to.deep.equal(['Pinned 1: all']);
    list.sections = 'since-last-visit nearly-done running-out';
    await settled(list);
    expect(groupsOf(list)).to.deep.equal(['Since your last visit 1: all']);
    list.sections = 'nearly-done running-out';
    await settled(list);
    expect(groupsOf(list)).to.deep.equal(['Nearly done 1: all']);
  });

  it('show the most pressing six first, and lose none of the others', async () => {
    const library = Array.from({ length: 9 }, (_, index) => ending(String(index), (9 - index) * HOUR));
    const list = await shown({ store: fakeStore(library) });
    expect(groupsOf(list)).to.deep.equal(['Ending soon 6: 8,7,6,5,4,3', 'Everything else 3: 0,1,2']);
  });

  it('stand above groups with headings of their own', async () => {
    const list = await shown({ sections: 'pinned', groupBy: 'state' });
    expect(groupsOf(list)).to.deep.equal([
      'Pinned 1: pinned',
      'Locked 0 of 3: plain,ending,new',
      'Unlocked 1 of 1: recent',
      'In progress 0 of 1: near',
    ]);
  });

  it('step aside while somebody searches', async () => {
    const list = await shown({ query: 'plain' });
    expect(groupsOf(list)).to.deep.equal([': plain']);
    list.query = '';
    await settled(list);
    expect(groupsOf(list)).to.have.length(6);
  });

  it('collapse by their heading and by their key', async () => {
    const list = await shown({ collapsed: ['nearly-done'] });
    expect(groupsOf(list)[2]).to.equal('Nearly done 1: ');
    click(parts(list, 'group')[0]!.querySelector('.fold'));
    await settled(list);
    expect(list.collapsed).to.deep.equal(['nearly-done', 'pinned']);
    expect(groupsOf(list)[0]).to.equal('Pinned 1: ');
    click(parts(list, 'group').at(-1)!.querySelector('.fold'));
    await settled(list);
    expect(groupsOf(list).at(-1)).to.equal('Everything else 1: ');
  });

  it('are there for an array too, where what is remembered plays no part', async () => {
    const list = await shown({ achievements: LIBRARY });
    expect(groupsOf(list)).to.deep.equal([
      'Nearly done 1: near',
      'Ending soon 1: ending',
      'Recently unlocked 1: recent',
      'Everything else 3: plain,new,pinned',
    ]);
  });

  it('follow an achievement that moves on, with the card that it has', async () => {
    const store = storeOf();
    const list = await shown({ store });
    const card = cardOf(list, 'plain');
    const moved = LIBRARY.map((each) => (each.id === 'plain' ? near('plain') : each));
    store.tell({ library: { achievements: moved, fetchedAt: NOW } });
    await settled(list);
    expect(groupsOf(list)[2]).to.equal('Nearly done 2: plain,near');
    expect(groupsOf(list)).to.have.length(5);
    expect(cardOf(list, 'plain')).to.equal(card);
  });
});

describe('time alone', () => {
  const advanced = async ({ clock }: World, list: AchievementList, milliseconds: number) => {
    await clock.advance(milliseconds);
    await settled(list);
    return groupsOf(list);
  };

  it('moves an achievement into a section and out of it', async () => {
    const here = world();
    const achievements_ = [achievement('plain'), ending('later', 3 * DAY)];
    const { environment } = here;
    const list = await show('achievement-list', { achievements: achievements_, environment, sections: 'all' });
    expect(groupsOf(list)).to.deep.equal([': plain,later']);
    expect(await advanced(here, list, DAY - 1)).to.deep.equal([': plain,later']);
    expect(await advanced(here, list, 1)).to.deep.equal(['Ending soon 1: later', 'Everything else 1: plain']);
    expect(await advanced(here, list, 2 * DAY)).to.deep.equal([': plain,later']);
    expect(cardOf(list, 'later').state).to.equal('expired');
  });

  it('makes an unlock old after a week', async () => {
    const here = world();
    const list = await show('achievement-list', {
      store: fakeStore([unlocked('done', 6 * DAY), achievement('plain')]),
      environment: here.environment,
      sections: 'recently-unlocked',
    });
    expect(groupsOf(list)[0]).to.equal('Recently unlocked 1: done');
    expect(await advanced(here, list, DAY)).to.deep.equal([': done,plain']);
  });

  it('moves an achievement whose end came with an update that moved nothing', async () => {
    const here = world();
    const plain = achievement('plain');
    const begun = achievement('period', progress(1, 10));
    const { environment } = here;
    const list = await show('achievement-list', { achievements: [plain, begun], environment, sections: 'all' });
    list.achievements = [plain, { ...begun, resetsAt: NOW + 5 * DAY }];
    await settled(list);
    expect(groupsOf(list)).to.deep.equal([': plain,period']);
    expect(await advanced(here, list, 3 * DAY)).to.deep.equal(['Ending soon 1: period', 'Everything else 1: plain']);
  });
});

describe('what is new since the last visit', () => {
  it('is what was unlocked and what was added between two visits, and nothing at the first', async () => {
    const here = world();
    const visit = async (library: readonly Achievement[]) => {
      const store = createStore({ backend: scripted(library), player: 'ada', environment: here.environment });
      await store.refresh();
      const { environment } = here;
      const list = await show('achievement-list', { store, environment, sections: 'since-last-visit' });
      const groups = groupsOf(list);
      const facts = Object.fromEntries(cardsOf(list).map((card) => [card.achievement?.id, factsOf(card)]));
      list.remove();
      await store.choose('nobody', undefined);
      store.dispose();
      return { groups, facts };
    };
    const before = [achievement('a'), achievement('b'), unlocked('c', DAY)];
    expect((await visit(before)).groups).to.deep.equal([': a,b,c']);
    await here.clock.advance(HOUR);
    const after = [achievement('a', { state: 'unlocked' }), achievement('b'), unlocked('c', DAY), achievement('d')];
    const second = await visit(after);
    expect(second.groups).to.deep.equal(['Since your last visit 2: a,d', 'Everything else 2: b,c']);
    expect(second.facts).to.deep.include({ a: ['Unlocked'], d: ['New', 'Locked'] });
    // The same visit goes on, as after a reload.
    expect((await visit(after)).groups[0]).to.equal('Since your last visit 2: a,d');
    await here.clock.advance(HOUR);
    expect((await visit(after)).groups).to.deep.equal([': a,b,c,d']);
  });
});

describe('pinning', () => {
  const pinOf = (list: AchievementList, id: string) => part(cardOf(list, id), 'pin') as HTMLButtonElement;
  const pinsOf = (list: AchievementList) => {
    const events = eventsAt(list, ['achievement-pin']) as AchievementPinEvent[];
    return () => events.map((event) => [event.achievement.id, event.pinned]);
  };

  it('is offered with a toolbar or a section for it, and not without', async () => {
    const isOffered = async (properties: Partial<AchievementList>) => {
      const list = await show('achievement-list', { achievements: [achievement('a')], ...properties });
      return part(cardsOf(list)[0]!, 'pin') !== null;
    };
    expect(await isOffered({})).to.equal(false);
    expect(await isOffered({ sections: 'nearly-done' })).to.equal(false);
    expect(await isOffered({ sections: 'pinned' })).to.equal(true);
    expect(await isOffered({ sections: 'all' })).to.equal(true);
    expect(await isOffered({ controls: true })).to.equal(true);
  });

  it('works with the pointer: the card moves up and back, and the store keeps it', async () => {
    const store = storeOf();
    const list = await shown({ store });
    const pins = pinsOf(list);
    const card = cardOf(list, 'plain');
    click(pinOf(list, 'plain'));
    await settled(list);
    expect(groupsOf(list)[0]).to.equal('Pinned 2: plain,pinned');
    expect(cardOf(list, 'plain')).to.equal(card);
    expect(pinOf(list, 'plain').getAttribute('aria-pressed')).to.equal('true');
    click(pinOf(list, 'plain'));
    await settled(list);
    expect(groupsOf(list).at(-1)).to.equal('Everything else 1: plain');
    expect(pinOf(list, 'plain').getAttribute('aria-pressed')).to.equal('false');
    expect(store.calls).to.deep.equal([
      ['pin', 'test:plain', true],
      ['pin', 'test:plain', false],
    ]);
    expect(pins()).to.deep.equal([
      ['plain', true],
      ['plain', false],
    ]);
  });

  for (const key of ['Enter', ' ']) {
    it(`works with the keyboard, and the focus goes with the card: "${key}"`, async () => {
      const list = await shown();
      const button = pinOf(list, 'plain');
      expect(button.getAttribute('aria-label')).to.equal('Pin Name of plain');
      button.focus();
      for (const group of ['Pinned 2: plain,pinned', 'Pinned 1: pinned']) {
        await sendKeys({ press: key });
        await settled(list);
        expect(groupsOf(list)[0]).to.equal(group);
        expect(cardOf(list, 'plain').shadowRoot?.activeElement).to.equal(button);
      }
    });
  }

  it('works as a method, which does nothing for what is not there or is so already', async () => {
    const list = await shown();
    const pins = pinsOf(list);
    list.pin('near');
    list.pin('near');
    list.pin('nowhere');
    list.pin('new', false);
    await settled(list);
    expect(groupsOf(list)[0]).to.equal('Pinned 2: near,pinned');
    list.pin('near', false);
    await settled(list);
    expect(groupsOf(list)[0]).to.equal('Pinned 1: pinned');
    expect(pins()).to.deep.equal([
      ['near', true],
      ['near', false],
    ]);
  });

  it('works as a property, in the order of the list, which raises nothing', async () => {
    const list = await shown();
    const pins = pinsOf(list);
    expect(list.pinned).to.deep.equal(['pinned']);
    list.pinned = ['near', 'plain', 'nowhere'];
    await settled(list);
    expect(list.pinned).to.deep.equal(['plain', 'near']);
    expect(groupsOf(list)[0]).to.equal('Pinned 2: plain,near');
    list.pinned = [];
    await settled(list);
    expect(groupsOf(list)[0]).to.equal('Since your last visit 1: new');
    expect(pins()).to.deep.equal([]);
  });

  const three = achievements(3);
  for (const [how, make] of Object.entries({
    'before its achievements': () => ({ pinned: ['1'], achievements: three }),
    'after its achievements': () => ({ achievements: three, pinned: ['1'] }),
    'before its store': () => ({ pinned: ['1'], store: fakeStore(three) }),
    'before a service has answered': () => ({
      pinned: ['1'],
      backend: scripted(three),
      environment: world().environment,
    }),
  })) {
    it(`works as a property that is set ${how}`, async () => {
      const list = await show('achievement-list', { sections: 'pinned', ...make() });
      for (let turn = 0; turn < 50 && cardsOf(list).length === 0; turn++) await settled(list);
      expect(list.pinned).to.deep.equal(['1']);
      expect(groupsOf(list)).to.deep.equal(['Pinned 1: 1', 'Everything else 2: 0,2']);
    });
  }

  it('is told of while the property waits for achievements', async () => {
    const list = await show('achievement-list', { sections: 'pinned' });
    list.pinned = ['1'];
    expect(list.pinned).to.deep.equal(['1']);
    list.achievements = [];
    await settled(list);
    list.achievements = three;
    await settled(list);
    expect(groupsOf(list)[0]).to.equal('Pinned 1: 1');
  });

  it('works as a method before anything was rendered', async () => {
    const list = Object.assign(document.createElement('achievement-list'), { achievements: three, sections: 'pinned' });
    list.pin('2');
    const parent = await show('achievement-source');
    parent.append(list);
    await settled(list);
    expect(groupsOf(list)[0]).to.equal('Pinned 1: 2');
  });

  it('tells of a secret only what is not secret, until it is revealed', async () => {
    const secret = achievement('secret', { secret: true });
    const list = await shown({ store: fakeStore([secret, achievement('a')]) });
    const events = eventsAt(list, ['achievement-pin']) as AchievementPinEvent[];
    expect(pinOf(list, 'secret').getAttribute('aria-label')).to.equal('Pin Secret achievement');
    click(pinOf(list, 'secret'));
    await settled(list);
    expect(groupsOf(list)[0]).to.equal('Pinned 1: secret');
    expect(cardOf(list, 'secret').masked).to.equal(true);
    expect(events[0]?.achievement).to.deep.equal(mask(secret));
    cardOf(list, 'secret').reveal();
    await settled(list);
    list.pin('secret', false);
    expect(events[1]?.achievement).to.deep.equal(secret);
    expect([events[0]?.bubbles, events[0]?.composed, events[0]?.cancelable]).to.deep.equal([true, true, false]);
  });

  it('outlives a visit, for this player only', async () => {
    const { environment } = world();
    const visit = async (player: string, act: (list: AchievementList) => void = () => undefined) => {
      const store = createStore({ backend: scripted(LIBRARY), player, environment });
      await store.refresh();
      const list = await show('achievement-list', { store, environment, sections: 'pinned' });
      const groups = groupsOf(list);
      act(list);
      list.remove();
      await store.choose('nobody', undefined);
      store.dispose();
      return groups;
    };
    await visit('ada', (list) => click(pinOf(list, 'new')));
    expect((await visit('ada'))[0]).to.equal('Pinned 1: new');
    expect(await visit('bob')).to.have.length(1);
  });

  it('is forgotten with the array of another player', async () => {
    const list = await show('achievement-list', { achievements: three, player: 'ada', sections: 'pinned' });
    list.pin('1');
    await settled(list);
    expect(idsOf(list)[0]).to.equal('1');
    list.player = 'bob';
    await settled(list);
    expect(list.pinned).to.deep.equal([]);
  });
});
