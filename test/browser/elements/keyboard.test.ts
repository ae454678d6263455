import { expect } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import { press } from '../../support/browser/keys.js';
import {
  achievement,
  achievements,
  cardOf,
  cardsOf,
  part,
  parts,
  room,
  settled,
  show,
  speakEnglish,
  until,
} from '../../support/elements/fixtures.js';
import { seen, still } from '../../support/elements/long-lists.js';

before(speakEnglish);
afterEach(() => window.scrollTo(0, 0));

const linked = (count: number) => achievements(count, { deepLink: 'https://game.example/' });
const focusedCard = (list: AchievementList) => list.shadowRoot?.activeElement as AchievementCard | null;
const focusedId = (list: AchievementList) => focusedCard(list)?.achievement?.id;
/** The part of the focused card that has the focus: `card` where it is the card itself. */
const focusedPart = (list: AchievementList) => focusedCard(list)?.shadowRoot?.activeElement?.getAttribute('part');

async function arrives(list: AchievementList, id: string, name = 'card'): Promise<void> {
  await until(() => focusedId(list) === id && focusedPart(list) === name, `${name} of ${id} has the focus`).catch(
    () => {
      throw new Error(`${focusedPart(list)} of ${focusedId(list)} has the focus, not ${name} of ${id}`);
    },
  );
}

/** Presses keys one after the other, and looks where each leads. */
async function walk(list: AchievementList, steps: readonly (readonly [key: string, id: string, name?: string])[]) {
  for (const [key, id, name] of steps) {
    await press(key);
    await arrives(list, id, name);
  }
}

/** A list between two buttons. */
async function between(properties: Partial<AchievementList>, members: Partial<HTMLElement> = {}) {
  const parent = await room(members);
  const [before, after] = ['Before', 'After'].map((textContent) =>
    Object.assign(document.createElement('button'), { textContent }),
  ) as [HTMLButtonElement, HTMLButtonElement];
  parent.append(before);
  const list = await show('achievement-list', properties, parent);
  parent.append(after);
  return { list, before, after };
}

describe('a list is one stop for the Tab key', () => {
  for (const count of [5, 10_000]) {
    it(`of ${count}: in from both sides to the same card, and out again`, async () => {
      const { list, before, after } = await between({ achievements: linked(count) });
      before.focus();
      await press('Tab');
      await arrives(list, '0');
      await walk(list, [['ArrowDown', '1']]);
      await press('Tab');
      await until(() => document.activeElement === after, 'behind the list');
      await press('Shift', 'Tab');
      await arrives(list, '1');
      await until(() => seen(list).includes(cardOf(list, '1')), 'it is seen');
      await press('Shift', 'Tab');
      await until(() => document.activeElement === before, 'before the list');
    });
  }

  it('has only headings beside it, which fold their groups', async () => {
    const all = achievements(4).map((each, index) => ({ ...each, category: index < 2 ? 'A' : 'B' }));
    const { list, before, after } = await between({ achievements: all, groupBy: 'category' });
    before.focus();
    await press('Tab');
    await until(() => focusedCard(list)?.className === 'fold', 'the first heading');
    await press('Enter');
    await until(() => list.collapsed.length === 1);
    await settled(list);
    await press('Enter');
    await until(() => list.collapsed.length === 0);
    await settled(list);
    await press('Tab');
    await arrives(list, '0');
    await press('Tab');
    await until(() => focusedCard(list)?.className === 'fold', 'the second heading');
    await press('Tab');
    await until(() => document.activeElement === after, 'behind the list');
  });

  it('would be more: a card on its own has its buttons as stops', async () => {
    const parent = await room();
    const before = Object.assign(document.createElement('button'), { textContent: 'Before' });
    parent.append(before);
    const card = await show('achievement-card', { achievement: linked(1)[0]! }, parent);
    const focused = () => card.shadowRoot?.activeElement?.getAttribute('part');
    expect(part(card, 'card')!.hasAttribute('tabindex')).to.equal(false);
    before.focus();
    await press('Tab');
    await until(() => focused() === 'action');
    await press('Tab');
    await until(() => focused() === 'details-toggle');
    card.focus();
    expect(focused()).to.equal('action');
  });

  it('stays where the card is that had the focus, when others come and go', async () => {
    const list = await show('achievement-list', { achievements: achievements(5) });
    cardOf(list, '3').focus();
    list.achievements = [achievement('new'), ...achievements(5)];
    await settled(list);
    expect(
      cardsOf(list)
        .filter(({ tabStop }) => tabStop)
        .map((card) => card.achievement!.id),
    ).to.deep.equal(['3']);
    list.achievements = achievements(2);
    await settled(list);
    expect(
      cardsOf(list)
        .filter(({ tabStop }) => tabStop)
        .map((card) => card.achievement!.id),
    ).to.deep.equal(['0']);
  });

  it('shows where the focus is', async () => {
    const { list, before } = await between({ achievements: achievements(3) });
    before.focus();
    await press('Tab');
    await arrives(list, '0');
    const { outlineStyle, outlineWidth } = getComputedStyle(part(cardOf(list, '0'), 'card')!);
    expect(outlineStyle).to.not.equal('none');
    expect(parseFloat(outlineWidth)).to.be.at.least(2);
    const other = getComputedStyle(part(cardOf(list, '1'), 'card')!);
    expect(other.outlineStyle === 'none' || other.outlineWidth === '0px').to.equal(true);
  });
});

describe('keys move from card to card', () => {
  for (const layout of ['list', 'compact'] as const) {
    it(`in lines: ${layout}`, async () => {
      const list = await show('achievement-list', { achievements: achievements(12), layout });
      cardOf(list, '0').focus();
      await walk(list, [
        ['ArrowUp', '0'],
        ['ArrowDown', '1'],
        ['ArrowDown', '2'],
        ['ArrowUp', '1'],
        ['End', '11'],
        ['ArrowDown', '11'],
        ['PageUp', '6'],
        ['PageUp', '1'],
        ['PageUp', '0'],
        ['PageDown', '5'],
        ['Home', '0'],
      ]);
    });
  }

  /** Three in a row: A has five, B has two, C has four. */
  const ragged = [5, 2, 4].flatMap((count, group) =>
    Array.from({ length: count }, (_, index) => {
      const category = 'ABC'[group]!;
      return achievement(`${category}${index}`, { category, name: `${category}${index}` });
    }),
  );

  for (const dir of ['ltr', 'rtl'] as const) {
    it(`in lines and columns, also where lines are not full: grid, ${dir}`, async () => {
      const parent = await room({ dir });
      parent.style.width = '640px';
      const list = await show(
        'achievement-list',
        { achievements: ragged, layout: 'grid', groupBy: 'category', sort: 'name' },
        parent,
      );
      const [forward, back] = dir === 'ltr' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
      cardOf(list, 'A0').focus();
      await walk(list, [
        [forward, 'A1'],
        [forward, 'A2'],
        [forward, 'A3'],
        [back, 'A2'],
        ['ArrowDown', 'A4'],
        ['ArrowDown', 'B1'],
        ['ArrowDown', 'C1'],
        ['ArrowUp', 'B1'],
        [forward, 'C0'],
        [back, 'B1'],
        ['ArrowUp', 'A4'],
        ['ArrowUp', 'A1'],
        ['End', 'C3'],
        [forward, 'C3'],
        ['PageUp', 'A0'],
        [back, 'A0'],
        ['PageDown', 'C3'],
        ['Home', 'A0'],
      ]);
    });
  }

  it('passes over groups that are folded', async () => {
    const list = await show('achievement-list', { achievements: ragged, groupBy: 'category', collapsed: ['B'] });
    cardOf(list, 'A4').focus();
    await walk(list, [
      ['ArrowDown', 'C0'],
      ['ArrowUp', 'A4'],
    ]);
  });

  it('and those in notes and fields of the page do nothing', async () => {
    const list = await show('achievement-list', { achievements: achievements(3) });
    const input = Object.assign(document.createElement('input'), { slot: 'notes-1', value: 'text' });
    const own = Object.assign(document.createElement('achievement-card'), { achievement: achievement('own') });
    own.slot = 'notes-1';
    list.append(input, own);
    part(cardOf(list, '1'), 'details-toggle')!.click();
    await settled(list);
    const prevented: string[] = [];
    const note = (event: KeyboardEvent) => void (event.defaultPrevented && prevented.push(event.key));
    document.addEventListener('keydown', note);
    input.focus();
    for (const key of ['Home', 'ArrowDown', 'End', 'ArrowRight', 'Escape', 'PageDown', 'x', 'Enter']) await press(key);
    await until(() => input.value === 'textx');
    expect(document.activeElement).to.equal(input);
    own.focus();
    for (const key of ['ArrowDown', 'End', 'ArrowRight', 'ArrowLeft']) await press(key);
    expect(document.activeElement).to.equal(own);
    document.removeEventListener('keydown', note);
    expect(prevented).to.deep.equal([]);
  });

  it('and with another key held they do nothing', async () => {
    const list = await show('achievement-list', { achievements: achievements(5) });
    cardOf(list, '1').focus();
    const prevented: boolean[] = [];
    const note = (event: KeyboardEvent) => void (event.key === 'ArrowDown' && prevented.push(event.defaultPrevented));
    document.addEventListener('keydown', note);
    for (const held of ['Shift', 'Control', 'Alt']) await press(held, 'ArrowDown');
    await until(() => prevented.length === 3);
    expect(focusedId(list)).to.equal('1');
    await walk(list, [['ArrowDown', '2']]);
    document.removeEventListener('keydown', note);
    expect(prevented).to.deep.equal([false, false, false, true]);
  });
});

describe('keys move over the whole of a long list', () => {
  for (const layout of ['list', 'compact', 'grid'] as const) {
    it(`to its end and back, and on from there: ${layout}`, async () => {
      const list = await show('achievement-list', { achievements: achievements(10_000), layout });
      await still(list);
      cardOf(list, '0').focus();
      const columns =
        layout === 'grid'
          ? getComputedStyle(list.renderRoot.querySelector('ul')!).gridTemplateColumns.split(' ').length
          : 1;
      await walk(list, [
        ['End', '9999'],
        ['Home', '0'],
        ['PageDown', String(5 * columns)],
        ['PageDown', String(10 * columns)],
        ['PageDown', String(15 * columns)],
        ['PageUp', String(10 * columns)],
        ['ArrowDown', String(11 * columns)],
        ['End', '9999'],
      ]);
      // WebKit scrolls to what got the focus a little later.
      await until(() => {
        const { bottom, top } = focusedCard(list)!.getBoundingClientRect();
        return top > -1 && bottom < innerHeight + 1;
      }, 'it is seen');
      await still(list);
    });
  }

  it('also where the card with the focus was scrolled away', async () => {
    const list = await show('achievement-list', { achievements: achievements(10_000) });
    await still(list);
    cardOf(list, '2').focus();
    window.scrollTo(0, 300_000);
    await still(list);
    await walk(list, [['ArrowDown', '3']]);
    await until(() => cardOf(list, '3').getBoundingClientRect().top > -1);
  });

  it('at once, also in a page that scrolls smoothly', async () => {
    document.documentElement.style.scrollBehavior = 'smooth';
    try {
      const list = await show('achievement-list', { achievements: achievements(10_000) });
      await still(list);
      cardOf(list, '0').focus();
      await walk(list, [
        ['End', '9999'],
        ['Home', '0'],
      ]);
    } finally {
      document.documentElement.style.scrollBehavior = '';
    }
  });

  it('and the last of them counts', async () => {
    const list = await show('achievement-list', { achievements: achievements(10_000) });
    await still(list);
    cardOf(list, '0').focus();
    await press('End');
    await press('Home');
    await arrives(list, '0');
    await still(list);
    expect(focusedId(list)).to.equal('0');
  });

  it('also where it leads to where the focus still is', async () => {
    const list = await show('achievement-list', { achievements: achievements(10_000) });
    await still(list);
    const first = cardOf(list, '0');
    first.focus();
    // Both before anything has moved, as on a slow device.
    for (const key of ['End', 'Home']) {
      first.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    }
    await still(list);
    await still(list);
    expect(focusedId(list)).to.equal('0');
  });
});

describe('keys within a card', () => {
  const secret = (id: string) =>
    achievement(id, { secret: true, name: `Name of ${id}`, deepLink: 'https://game.example/' });
  const enter = async (list: AchievementList, id: string) => {
    cardOf(list, id).focus();
    await arrives(list, id);
  };

  it('go in, from button to button, and out', async () => {
    const list = await show('achievement-list', { achievements: linked(3), controls: true });
    await enter(list, '1');
    await walk(list, [
      ['Enter', '1', 'action'],
      ['ArrowRight', '1', 'pin'],
      ['ArrowRight', '1', 'details-toggle'],
      ['ArrowRight', '1', 'details-toggle'],
      ['ArrowLeft', '1', 'pin'],
      ['Escape', '1'],
      ['ArrowRight', '1', 'action'],
      ['ArrowLeft', '1'],
      ['ArrowRight', '1', 'action'],
      ['ArrowDown', '2'],
      ['Escape', '2'],
    ]);
  });

  it('go the other way from right to left', async () => {
    const parent = await room({ dir: 'rtl' });
    const list = await show('achievement-list', { achievements: linked(3) }, parent);
    await enter(list, '1');
    await walk(list, [
      ['ArrowLeft', '1', 'action'],
      ['ArrowLeft', '1', 'details-toggle'],
      ['ArrowRight', '1', 'action'],
      ['ArrowRight', '1'],
    ]);
  });

  it('go in with Enter where there are columns', async () => {
    const parent = await room();
    parent.style.width = '640px';
    const list = await show('achievement-list', { achievements: linked(6), layout: 'grid' }, parent);
    await enter(list, '1');
    await walk(list, [
      ['Enter', '1', 'action'],
      ['ArrowRight', '1', 'details-toggle'],
      ['Escape', '1'],
      ['ArrowRight', '2'],
    ]);
  });

  it('stay on a card without any', async () => {
    const list = await show('achievement-list', { achievements: achievements(3), hide: 'details' });
    await enter(list, '1');
    await walk(list, [
      ['Enter', '1'],
      ['ArrowRight', '1'],
      ['ArrowDown', '2'],
    ]);
  });

  for (const key of ['Enter', ' ']) {
    it(`press its buttons, and the focus stays: "${key}"`, async () => {
      const list = await show('achievement-list', { achievements: [achievement('a'), secret('b')], controls: true });
      await enter(list, 'a');
      await walk(list, [
        ['Enter', 'a', 'pin'],
        [key, 'a', 'pin'],
      ]);
      await until(() => list.pinned.join() === 'a');
      await walk(list, [
        ['ArrowRight', 'a', 'details-toggle'],
        [key, 'a', 'details-toggle'],
      ]);
      await until(() => cardOf(list, 'a').open);
      await press(key);
      await until(() => !cardOf(list, 'a').open);
      await walk(list, [
        ['ArrowDown', 'b'],
        ['Enter', 'b', 'reveal'],
      ]);
      await press(key);
      await until(() => !cardOf(list, 'b').masked);
      await arrives(list, 'b', 'reveal');
      await press(key);
      await until(() => cardOf(list, 'b').masked);
      await arrives(list, 'b', 'reveal');
    });
  }

  it('stay with one that gets another place by being revealed, also in a long list', async () => {
    const all = achievements(1000).map((each, index) =>
      index === 999 ? { ...each, secret: true, name: 'Zebra' } : each,
    );
    const list = await show('achievement-list', { achievements: all, sort: 'name' });
    await still(list);
    const hidden = () => cardsOf(list).find(({ achievement: of }) => of?.id === '999');
    if (!hidden()) {
      cardsOf(list)[0]!.focus();
      await press('End');
      await until(hidden);
    }
    const card = hidden()!;
    card.focus();
    await walk(list, [['Enter', '999', 'reveal']]);
    await press('Enter');
    await until(() => !card.masked);
    await still(list);
    await arrives(list, '999', 'reveal');
    expect(parts(list, 'card').includes(card)).to.equal(true);
  });
});
