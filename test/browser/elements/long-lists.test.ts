import { expect, nextFrame } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import {
  achievement,
  achievements,
  cardOf,
  cardsOf,
  countRenders,
  idsOf,
  part,
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
import {
  elementsIn,
  faultsOf,
  idsSeen,
  library,
  scrollToEnd,
  seen,
  still,
  type Span,
} from '../../support/elements/long-lists.js';

before(speakEnglish);
afterEach(() => window.scrollTo(0, 0));

const MANY = library(10_000);
const LAYOUTS = ['list', 'grid', 'compact'] as const;

const topOf = (list: AchievementList, id: string) => cardOf(list, id).getBoundingClientRect().top;
const itemOf = (list: AchievementList, id: string) => cardOf(list, id).closest('li')!;
/** How often a list renders from now on; looking at what is new is no rendering. */
function rendersOf(list: AchievementList): { readonly count: number } {
  const counter = { count: 0 };
  list.addController({ hostUpdated: () => void (counter.count += 1) });
  return counter;
}

const halfway = () => window.scrollTo(0, document.documentElement.scrollHeight / 2);

/** A list that is shown, and does not move any more. */
async function showStill(properties: Partial<AchievementList>, parent?: Element): Promise<AchievementList> {
  const list = await show('achievement-list', properties, parent);
  await still(list);
  return list;
}

/** That what is seen moves just as far as the page is scrolled. */
async function scrollsTruly(list: AchievementList, scroll: (distance: number) => void, view?: Span): Promise<void> {
  for (const distance of [300, 150, -400]) {
    const cards = seen(list, view);
    // One that stays in sight.
    const card = cards.at(distance > 0 ? -1 : 0)!;
    const before = card.getBoundingClientRect().top;
    scroll(distance);
    await still(list, view);
    expect(card.getBoundingClientRect().top, `after ${distance} pixels`).to.be.closeTo(before - distance, 2);
  }
}

describe('how much of a list is in the document', () => {
  it('is all of it up to 200, without numbers that the browser knows by itself', async () => {
    const list = await show('achievement-list', { achievements: achievements(200) });
    expect(cardsOf(list)).to.have.length(200);
    expect(list.renderRoot.querySelectorAll('[aria-setsize], [aria-posinset], [data-index]')).to.have.length(0);
    expect(list.renderRoot.querySelector<HTMLElement>('.groups')!.style.length).to.equal(0);
  });

  it('is a part of 201', async () => {
    const list = await showStill({ achievements: achievements(201) });
    expect(cardsOf(list).length).to.be.within(4, 30);
  });

  it('counts what is shown and not what there is', async () => {
    const list = await show('achievement-list', { achievements: MANY, query: 'Name of 123' });
    expect(cardsOf(list).length).to.be.within(20, 60);
    expect(list.renderRoot.querySelectorAll('[aria-setsize]')).to.have.length(0);
  });

  for (const layout of LAYOUTS) {
    it(`is at most 2,500 elements of 10,000 achievements, wherever it is scrolled: ${layout}`, async () => {
      const list = await showStill({ achievements: MANY, layout, controls: true, summary: true });
      const fits = (where: string) => expect(elementsIn(list.renderRoot), where).to.be.within(20, 2500);
      fits('at the top');
      expect(idsSeen(list)[0]).to.equal('0');
      halfway();
      await still(list);
      fits('in the middle');
      expect(Number(idsSeen(list)[0])).to.be.within(2000, 8000);
      await scrollToEnd(list);
      await still(list);
      fits('at the end');
      expect(idsSeen(list).at(-1)).to.equal('9999');
      window.scrollTo(0, 0);
      await still(list);
      expect(idsSeen(list)[0]).to.equal('0');
    });
  }

  it('would be seen if it were all: 200 have more elements than that', async () => {
    const list = await show('achievement-list', { achievements: library(200) });
    expect(elementsIn(list.renderRoot)).to.be.greaterThan(2500);
  });

  it('is told by numbers in a long list', async () => {
    const list = await showStill({ achievements: MANY });
    halfway();
    await still(list);
    for (const card of seen(list)) {
      const item = card.closest('li')!;
      expect(item.getAttribute('aria-setsize')).to.equal('10000');
      expect(item.getAttribute('aria-posinset')).to.equal(String(Number(card.achievement!.id) + 1));
    }
  });
});

describe('a long list that is scrolled', () => {
  for (const layout of LAYOUTS) {
    it(`moves as far as the page, without gaps and overlaps: ${layout}`, async () => {
      const list = await showStill({ achievements: MANY, layout });
      halfway();
      await still(list);
      await scrollsTruly(list, (distance) => window.scrollBy(0, distance));
      const ids = idsSeen(list).map(Number);
      expect(ids).to.deep.equal(ids.map((_, index) => ids[0]! + index));
    });
  }

  it('would be caught with a gap, with rows on each other, and with nothing', async () => {
    const list = await showStill({ achievements: MANY });
    const item = itemOf(list, '1');
    item.style.marginBlockStart = '40px';
    expect(faultsOf(list)).to.have.length(1);
    item.style.marginBlockStart = '-40px';
    expect(faultsOf(list)).to.have.length(1);
    item.style.marginBlockStart = '';
    expect(faultsOf(list)).to.have.length(0);
    for (const each of list.renderRoot.querySelectorAll('li')) each.style.display = 'none';
    expect(faultsOf(list)).to.have.length(2);
  });

  it('throws nothing, and changes nothing while the browser tells sizes', async () => {
    const errors: string[] = [];
    const note = (event: ErrorEvent | PromiseRejectionEvent) =>
      errors.push('message' in event ? event.message : String(event.reason));
    addEventListener('error', note);
    addEventListener('unhandledrejection', note);
    for (const layout of LAYOUTS) {
      const list = await showStill({ achievements: MANY, layout, density: 'compact' });
      for (const step of [700, 5000, 100_000, -300]) {
        window.scrollBy(0, step);
        await still(list);
      }
      list.remove();
    }
    removeEventListener('error', note);
    removeEventListener('unhandledrejection', note);
    expect(errors).to.deep.equal([]);
  });

  /** A box that scrolls, and what it shows. */
  async function scrollingBox(): Promise<{ box: HTMLElement; view: () => Span }> {
    const parent = await room();
    const above = Object.assign(document.createElement('div'), { textContent: 'Above the box' });
    above.style.height = '150px';
    const box = document.createElement('div');
    Object.assign(box.style, { height: '400px', overflow: 'auto', border: '3px solid' });
    parent.append(above, box);
    const view = () => {
      const { top } = box.getBoundingClientRect();
      return { top: top + box.clientTop, bottom: top + box.clientTop + box.clientHeight };
    };
    return { box, view };
  }

  for (const where of ['around it', 'in a shadow root around it'] as const) {
    it(`does so in a box ${where}`, async () => {
      const { box, view } = await scrollingBox();
      const list = Object.assign(document.createElement('achievement-list'), { achievements: MANY });
      const heading = Object.assign(document.createElement('h2'), { textContent: 'In the box' });
      if (where === 'around it') box.append(heading, list);
      else {
        const host = document.createElement('div');
        const inner = document.createElement('section');
        inner.append(document.createElement('slot'));
        host.attachShadow({ mode: 'open' }).append(inner);
        host.append(heading, list);
        box.append(host);
      }
      await settled(list);
      await still(list, view());
      expect(elementsIn(list.renderRoot)).to.be.lessThan(2500);
      box.scrollTop = box.scrollHeight / 2;
      await still(list, view());
      expect(Number(idsSeen(list, view())[0])).to.be.within(2000, 8000);
      await scrollsTruly(list, (distance) => box.scrollBy(0, distance), view());
      await scrollToEnd(list, box);
      await still(list, view());
      expect(idsSeen(list, view()).at(-1)).to.equal('9999');
      expect(window.scrollY).to.equal(0);
    });
  }

  it('does so in a box within another element’s shadow root', async () => {
    const host = await room();
    const box = document.createElement('div');
    Object.assign(box.style, { height: '400px', overflow: 'auto' });
    host.attachShadow({ mode: 'open' }).append(box);
    box.append(document.createElement('slot'));
    const list = await show('achievement-list', { achievements: MANY }, host);
    const view = { top: box.getBoundingClientRect().top, bottom: box.getBoundingClientRect().bottom };
    await still(list, view);
    box.scrollTop = box.scrollHeight / 2;
    await still(list, view);
    await scrollsTruly(list, (distance) => box.scrollBy(0, distance), view);
  });

  it('follows the page where a box around only hides what is beside it', async () => {
    const parent = await room();
    parent.style.overflowX = 'hidden';
    const list = await showStill({ achievements: MANY }, parent);
    expect(cardsOf(list).length).to.be.lessThan(40);
    halfway();
    await still(list);
    await scrollsTruly(list, (distance) => window.scrollBy(0, distance));
  });

  it('leaves a box where it is scrolled when the list gets long in it', async () => {
    const { box, view } = await scrollingBox();
    const list = await show('achievement-list', { achievements: MANY.slice(0, 200) }, box);
    box.scrollTop = 5000;
    list.achievements = MANY;
    await settled(list);
    await still(list, view());
    expect(box.scrollTop).to.be.closeTo(5000, 1500);
    expect(Number(idsSeen(list, view())[0])).to.be.greaterThan(20);
  });
});

describe('a long list in a page that changes', () => {
  it('is right after what is above it grew and shrank', async () => {
    const parent = await room();
    const above = document.createElement('div');
    above.style.height = '3000px';
    parent.append(above);
    const list = await show('achievement-list', { achievements: MANY }, parent);
    above.style.height = '10px';
    await until(() => idsSeen(list).length > 3);
    await still(list);
    expect(idsSeen(list)[0]).to.equal('0');
    window.scrollTo(0, 20_000);
    await still(list);
    above.style.height = '5000px';
    await still(list);
    await scrollsTruly(list, (distance) => window.scrollBy(0, distance));
  });

  it('counts its columns again in another width', async () => {
    const parent = await room();
    parent.style.width = '640px';
    const list = await showStill({ achievements: MANY, layout: 'grid' }, parent);
    const columns = () =>
      seen(list).filter((card) => card.getBoundingClientRect().top === topOf(list, idsSeen(list)[0]!)).length;
    expect(columns()).to.equal(3);
    halfway();
    await still(list);
    for (const [width, count] of [
      ['430px', 2],
      ['740px', 3],
      ['180px', 1],
      ['640px', 3],
    ] as const) {
      parent.style.width = width;
      await until(() => columns() === count, `${count} columns in ${width}`);
      await still(list);
      // Each row begins with the achievement that it would begin with if it were all there.
      expect(Number(idsSeen(list)[0]) % count).to.equal(0);
      await scrollsTruly(list, (distance) => window.scrollBy(0, distance));
    }
  });

  it('makes room for details that are opened', async () => {
    const list = await showStill({ achievements: MANY });
    halfway();
    await still(list);
    const [first, opened, next] = idsSeen(list) as [string, string, string];
    const [topBefore, nextBefore] = [topOf(list, opened), topOf(list, next)];
    part(cardOf(list, opened), 'details-toggle')!.click();
    await settled(list);
    await still(list);
    expect(topOf(list, opened)).to.be.closeTo(topBefore, 1);
    expect(topOf(list, next)).to.be.greaterThan(nextBefore + 30);
    // Also one whose top is out of sight grows downwards.
    const firstBefore = topOf(list, first);
    expect(firstBefore).to.be.lessThan(0.5);
    part(cardOf(list, first), 'details-toggle')!.click();
    await settled(list);
    await still(list);
    expect(topOf(list, first)).to.be.closeTo(firstBefore, 1);
  });

  it('remembers what was open where it is scrolled away and back', async () => {
    const list = await showStill({ achievements: MANY });
    part(cardOf(list, '1'), 'details-toggle')!.click();
    await still(list);
    const card = cardOf(list, '1');
    halfway();
    await still(list);
    expect(card.isConnected).to.equal(false);
    window.scrollTo(0, 0);
    await still(list);
    expect(cardOf(list, '1').open).to.equal(true);
  });

  it('is right after it was not shown, also where it was not shown at first', async () => {
    for (const isHiddenFirst of [false, true]) {
      const parent = await room({ hidden: isHiddenFirst });
      const box = document.createElement('div');
      Object.assign(box.style, { height: '400px', overflow: 'auto' });
      parent.append(box);
      const list = await show('achievement-list', { achievements: MANY, layout: 'grid' }, box);
      const view = () => box.getBoundingClientRect();
      if (!isHiddenFirst) {
        await still(list, view());
        parent.hidden = true;
        await nextFrame();
        await nextFrame();
      }
      parent.hidden = false;
      await until(() => seen(list, view()).length > 3);
      await still(list, view());
      expect(idsSeen(list, view())[0]).to.equal('0');
      box.scrollTop = 30_000;
      await still(list, view());
      await scrollsTruly(list, (distance) => box.scrollBy(0, distance), view());
      expect(box.scrollTop).to.be.closeTo(30_050, 3000);
      list.remove();
    }
  });

  it('is right after it was moved in the document', async () => {
    const list = await showStill({ achievements: MANY });
    const parent = await room();
    const above = document.createElement('div');
    above.style.height = '200px';
    parent.append(above, list);
    await still(list);
    halfway();
    await still(list);
    await scrollsTruly(list, (distance) => window.scrollBy(0, distance));
  });

  it('is right from right to left', async () => {
    const parent = await room({ dir: 'rtl' });
    const list = await showStill({ achievements: MANY, layout: 'grid' }, parent);
    halfway();
    await still(list);
    const [first, second] = seen(list).map((card) => card.getBoundingClientRect());
    expect(first!.left).to.be.greaterThan(second!.left);
    await scrollsTruly(list, (distance) => window.scrollBy(0, distance));
  });
});

describe('a long list that is arranged', () => {
  const CATEGORIES = ['Story', 'Combat', 'Exploration'];
  const grouped = library(900, (index) => ({ category: CATEGORIES[index % 3]! }));
  const headingsOf = (list: AchievementList) =>
    [...list.renderRoot.querySelectorAll('[role="heading"]')].map((heading) => words(heading));

  for (const layout of LAYOUTS) {
    it(`has headings where they belong: ${layout}`, async () => {
      const list = await showStill({ achievements: grouped, groupBy: 'category', layout });
      const met = new Set(headingsOf(list));
      const ids = new Set(idsSeen(list));
      const page = document.documentElement;
      while (page.scrollTop + page.clientHeight < page.scrollHeight - 2) {
        window.scrollBy(0, 450);
        await still(list);
        for (const heading of headingsOf(list)) met.add(heading);
        for (const id of idsSeen(list)) ids.add(id);
        if (ids.size > 40) break;
      }
      list.collapsed = ['Story', 'Combat', 'Exploration'].filter((name) => ![...met][0]!.includes(name));
      await settled(list);
      await scrollToEnd(list);
      await still(list);
      const headings = headingsOf(list);
      expect(headings.slice(-2).map((each) => each.includes('300'))).to.deep.equal([true, true]);
      expect(part(list, 'group')).to.not.equal(null);
    });
  }

  it('numbers the achievements of each group', async () => {
    const list = await showStill({ achievements: grouped, groupBy: 'category' });
    const first = seen(list)[0]!.closest('li')!;
    expect(first.getAttribute('aria-setsize')).to.equal('300');
    expect(first.getAttribute('aria-posinset')).to.equal('1');
    await scrollToEnd(list);
    await still(list);
    const last = seen(list).at(-1)!.closest('li')!;
    expect(last.getAttribute('aria-setsize')).to.equal('300');
    expect(last.getAttribute('aria-posinset')).to.equal('300');
  });

  it('has only the headings of collapsed groups, and all the columns of the others', async () => {
    const list = await showStill({ achievements: grouped, groupBy: 'category', layout: 'grid', collapsed: [] });
    const names = parts(list, 'group').map((group) => group.querySelector('bdi')!.textContent);
    list.collapsed = [names[0]!];
    await settled(list);
    await still(list);
    const cards = seen(list);
    const { top } = cards[0]!.getBoundingClientRect();
    expect(cards.filter((card) => Math.abs(card.getBoundingClientRect().top - top) < 1)).to.have.length(3);
    expect(parts(list, 'group')[0]!.querySelectorAll('achievement-card')).to.have.length(0);
    expect(list.renderRoot.querySelector('.fold')!.getAttribute('aria-expanded')).to.equal('false');
    list.collapsed = [];
    await settled(list);
    await still(list);
    expect(parts(list, 'group')[0]!.querySelectorAll('achievement-card').length).to.be.greaterThan(2);
  });

  it('has sections above the rest, and nothing twice', async () => {
    const list = await showStill({ achievements: MANY, sections: 'pinned' });
    list.pinned = ['5000', '7000'];
    await settled(list);
    await still(list);
    expect(idsSeen(list).slice(0, 4)).to.deep.equal(['5000', '7000', '0', '1']);
    expect(headingsOf(list)).to.have.length(2);
    expect(itemOf(list, '5000').getAttribute('aria-setsize')).to.equal('2');
    expect(itemOf(list, '0').getAttribute('aria-setsize')).to.equal('9998');
  });

  it('is right after it was filtered, sorted and searched far down', async () => {
    const list = await showStill({ achievements: MANY });
    for (const [change, first] of [
      [{ query: 'Name of 9995' }, '9995'],
      [{ query: '' }, '0'],
      [{ sort: '-name' }, '9999'],
      [{ sort: '', filter: 'in-progress' }, '5'],
      [{ filter: '' }, '0'],
    ] as const) {
      Object.assign(list, change);
      await settled(list);
      window.scrollTo(0, 0);
      await still(list);
      expect(idsSeen(list)[0], JSON.stringify(change)).to.equal(first);
      window.scrollTo(0, 400_000);
      await still(list);
    }
    list.query = 'Name of 777';
    await settled(list);
    expect(idsOf(list)).to.have.length(19);
    expect(list.renderRoot.querySelectorAll('[aria-setsize], [data-index]')).to.have.length(0);
    expect(seen(list).length).to.be.greaterThan(0);
  });

  it('becomes short and long again', async () => {
    const list = await showStill({ achievements: MANY });
    for (let turn = 0; turn < 2; turn++) {
      list.achievements = MANY.slice(0, 150);
      await settled(list);
      expect(cardsOf(list)).to.have.length(150);
      list.achievements = MANY;
      await settled(list);
      await still(list);
      expect(cardsOf(list).length).to.be.lessThan(40);
    }
    halfway();
    await still(list);
    await scrollsTruly(list, (distance) => window.scrollBy(0, distance));
  });

  it('is scrolled by the page while sizes are told, and stays there', async () => {
    const list = await showStill({ achievements: MANY });
    halfway();
    await still(list);
    list.sort = '-name';
    await settled(list);
    // Between what a browser tells of scrolling and what it tells of sizes.
    await nextFrame();
    window.scrollTo(0, 0);
    await still(list);
    expect(window.scrollY).to.equal(0);
  });

  it('takes another layout in the middle', async () => {
    const list = await showStill({ achievements: MANY });
    halfway();
    await still(list);
    for (const layout of ['grid', 'compact', 'list'] as const) {
      list.layout = layout;
      await settled(list);
      await still(list);
      await scrollsTruly(list, (distance) => window.scrollBy(0, distance));
    }
  });
});

describe('the focus in a long list', () => {
  it('stays in a card that is scrolled away, which comes back', async () => {
    for (const layout of LAYOUTS) {
      const list = await showStill({ achievements: MANY, layout, groupBy: 'state' });
      const card = seen(list)[1]!;
      const button = part(card, 'details-toggle')!;
      button.focus({ preventScroll: true });
      const hasFocus = () => list.shadowRoot?.activeElement === card && card.shadowRoot?.activeElement === button;
      halfway();
      await still(list);
      expect(hasFocus(), 'far away').to.equal(true);
      expect(seen(list)).to.not.include(card);
      expect(card.closest('.group')!.querySelector('.group-heading'), 'no heading without its cards').to.equal(null);
      window.scrollTo(0, 0);
      await still(list);
      expect(hasFocus(), 'back again').to.equal(true);
      expect(seen(list)[1]).to.equal(card);
      list.remove();
    }
  });

  it('stays in the page’s own notes', async () => {
    const list = await showStill({ achievements: MANY });
    const input = Object.assign(document.createElement('input'), { slot: 'notes-1' });
    list.append(input);
    part(cardOf(list, '1'), 'details-toggle')!.click();
    await still(list);
    input.focus();
    halfway();
    await still(list);
    expect(document.activeElement).to.equal(input);
    window.scrollTo(0, 0);
    await still(list);
    expect(document.activeElement).to.equal(input);
  });

  it('keeps no card that is not in the list any more', async () => {
    const list = await showStill({ achievements: MANY });
    cardOf(list, '1').focus();
    halfway();
    await still(list);
    list.query = 'Name of 9';
    await settled(list);
    await still(list);
    expect(idsOf(list)).to.not.include('1');
    expect(list.renderRoot.querySelectorAll('.parked')).to.have.length(0);
  });
});

describe('one of ten thousand that changes', () => {
  const moved = (id: number) => MANY.map((each, index) => (index === id ? { ...each, ...progress(3, 7) } : each));
  // Ten is in progress by one.
  const base = MANY.map((each, index) => (index === 2 ? { ...each, ...progress(1, 7) } : each));

  for (const [how, view] of [
    ['as it is', {}],
    ['sorted', { sort: 'name' }],
    ['in groups', { groupBy: 'state' }],
    ['with sections', { sections: 'all' }],
  ] as const) {
    it(`renders one card: ${how}`, async () => {
      const list = await showStill({ achievements: base, ...view, query: how === 'sorted' ? 'Name' : '' });
      const shown = seen(list).find((card) => card.state === 'in-progress') ?? seen(list)[2]!;
      const { id } = shown.achievement!;
      const state = shown.achievement!.state;
      const counters = cardsOf(list).map((card) => [card, countRenders(card)] as const);
      list.achievements = base.map((each) => (each.id === id ? { ...each, description: 'Another text' } : each));
      await settled(list);
      await still(list);
      expect(state).to.equal(shown.state);
      expect(words(part(shown, 'description'))).to.equal('Another text');
      expect(counters.filter(([, { count }]) => count > 0).map(([card]) => card)).to.deep.equal([shown]);
      expect(shown.isConnected).to.equal(true);
    });
  }

  it('renders no list at all where its height stays', async () => {
    const list = await showStill({ achievements: base });
    const own = rendersOf(list);
    const counter = countRenders(cardOf(list, '2'));
    list.achievements = base.map((each, index) => (index === 2 ? { ...each, ...progress(2, 7) } : each));
    await settled(list);
    await still(list);
    expect(words(part(cardOf(list, '2'), 'progress-label'))).to.equal('2 of 7');
    expect([counter.count, own.count]).to.deep.equal([1, 0]);
  });

  it('renders none where it is not seen, and shows what is new when it is', async () => {
    const list = await showStill({ achievements: MANY });
    const counters = cardsOf(list).map((card) => countRenders(card));
    const own = rendersOf(list);
    list.achievements = MANY.map((each, index) => (index === 9999 ? { ...each, description: 'At the end' } : each));
    await settled(list);
    await still(list);
    expect(counters.every(({ count }) => count === 0)).to.equal(true);
    expect(own.count).to.equal(0);
    await scrollToEnd(list);
    await still(list);
    expect(words(part(cardOf(list, '9999'), 'description'))).to.equal('At the end');
  });

  it('gets another place where its place is another, and the others do not render', async () => {
    const list = await showStill({ achievements: base, sort: '-progress' });
    const first = idsSeen(list)[0];
    expect(first).to.not.equal('2');
    const counters = cardsOf(list).map((card) => [card.achievement!.id, countRenders(card)] as const);
    list.achievements = base.map((each, index) => (index === 2 ? { ...each, ...progress(69, 70) } : each));
    await settled(list);
    await still(list);
    expect(idsSeen(list)[0]).to.equal('2');
    // The first one of before is no tab stop any more.
    expect(counters.filter(([, { count }]) => count > 0).map(([id]) => id)).to.deep.equal([first]);
  });

  it('from a store renders one card', async () => {
    const backend = scripted(base);
    const list = await show('achievement-list', { backend, environment: world().environment });
    await until(() => cardsOf(list).length > 3);
    await settled(list);
    await still(list);
    const counters = cardsOf(list).map((card) => [card.achievement!.id, countRenders(card)] as const);
    backend.answer = moved(2);
    await list.store!.refresh();
    await settled(list);
    await still(list);
    expect(counters.filter(([, { count }]) => count > 0).map(([id]) => id)).to.deep.equal(['2']);
  });
});

describe('a long list that leaves the document', () => {
  /** What was asked of the browser and not given back. */
  function pageLedger() {
    const held = new Set<unknown>();
    const restore: (() => void)[] = [];
    const keep = <Target extends object, Name extends keyof Target>(
      target: Target,
      name: Name,
      wrap: (original: (...given: unknown[]) => unknown) => (this: unknown, ...given: unknown[]) => unknown,
    ) => {
      const original = target[name];
      target[name] = wrap(original as never) as Target[Name];
      restore.push(() => (target[name] = original));
    };
    for (const name of ['setTimeout', 'requestAnimationFrame'] as const) {
      keep(window, name, (original) => (callback, ...rest) => {
        const handle = original.call(
          window,
          (...given: unknown[]) => {
            held.delete(`${name} ${handle as number}`);
            (callback as (...given: unknown[]) => void)(...given);
          },
          ...rest,
        );
        held.add(`${name} ${handle as number}`);
        return handle;
      });
    }
    for (const [name, of] of [
      ['clearTimeout', 'setTimeout'],
      ['cancelAnimationFrame', 'requestAnimationFrame'],
    ] as const) {
      keep(window, name, (original) => (handle) => {
        held.delete(`${of} ${handle as number}`);
        return original.call(window, handle);
      });
    }
    keep(
      EventTarget.prototype,
      'addEventListener',
      (original) =>
        function (this: unknown, type, ...rest) {
          if (type === 'scroll' || type === 'scrollend' || type === 'resize') held.add(rest[0]);
          return original.call(this, type, ...rest);
        },
    );
    keep(
      EventTarget.prototype,
      'removeEventListener',
      (original) =>
        function (this: unknown, type, ...rest) {
          held.delete(rest[0]);
          return original.call(this, type, ...rest);
        },
    );
    const observed = new Map<unknown, Set<unknown>>();
    const told = (observer: unknown) => (observed.get(observer)?.size ? held.add(observer) : held.delete(observer));
    keep(
      ResizeObserver.prototype,
      'observe',
      (original) =>
        function (this: unknown, target, ...rest) {
          observed.set(this, (observed.get(this) ?? new Set()).add(target));
          told(this);
          return original.call(this, target, ...rest);
        },
    );
    keep(
      ResizeObserver.prototype,
      'unobserve',
      (original) =>
        function (this: unknown, target) {
          observed.get(this)?.delete(target);
          told(this);
          return original.call(this, target);
        },
    );
    keep(
      ResizeObserver.prototype,
      'disconnect',
      (original) =>
        function (this: unknown) {
          observed.delete(this);
          told(this);
          return original.call(this);
        },
    );
    return { held, stop: () => restore.reverse().forEach((each) => each()) };
  }

  for (const where of ['the window', 'a box'] as const) {
    it(`holds nothing: in ${where}, while it was scrolled`, async () => {
      const parent = await room();
      if (where === 'a box') Object.assign(parent.style, { height: '400px', overflow: 'auto' });
      const ledger = pageLedger();
      try {
        const list = await show('achievement-list', { achievements: MANY }, parent);
        expect(ledger.held.size).to.be.greaterThan(2);
        (where === 'a box' ? parent : window).scrollTo(0, 5000);
        await list.open('4000');
        (where === 'a box' ? parent : window).scrollTo(0, 90_000);
        list.remove();
        await list.updateComplete;
        expect([...ledger.held]).to.deep.equal([]);
      } finally {
        ledger.stop();
      }
    });
  }

  it('holds nothing where it became short before', async () => {
    const list = await showStill({ achievements: MANY });
    const own = rendersOf(list);
    list.achievements = [...MANY.slice(0, 100), achievement('last')];
    await settled(list);
    await until(() => cardsOf(list).length === 101);
    const before = own.count;
    window.scrollTo(0, 3000);
    await nextFrame();
    await nextFrame();
    expect(own.count, 'a short list has nothing to do when it is scrolled').to.equal(before);
  });
});
