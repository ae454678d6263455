import { expect, nextFrame } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import { LeakWatch } from '../../support/elements/leaks.js';
import {
  achievement,
  achievements,
  cardOf,
  cardsOf,
  part,
  room,
  scripted,
  settled,
  show,
  speakEnglish,
  until,
  world,
} from '../../support/elements/fixtures.js';
import { idsSeen, library, still } from '../../support/elements/long-lists.js';

before(speakEnglish);

const page = location.href.split('#')[0]!;
const setHash = (hash: string) => history.replaceState(null, '', `${page}${hash}`);

afterEach(() => {
  setHash('');
  window.scrollTo(0, 0);
});

const openIds = (list: AchievementList) =>
  cardsOf(list)
    .filter(({ open }) => open)
    .map((card) => card.achievement!.id);

/** Goes to an address as a link does. */
async function follow(hash: string): Promise<void> {
  const change = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
  location.hash = hash;
  await change;
}

describe('open(id)', () => {
  for (const count of [150, 10_000]) {
    it(`shows the details of one of ${count}, scrolls to it and gives it the focus`, async () => {
      const list = await show('achievement-list', { achievements: library(count) });
      const id = String(count - 20);
      expect(await list.open(id)).to.equal(true);
      await still(list);
      expect(idsSeen(list)).to.include(id);
      expect(openIds(list)).to.deep.equal([id]);
      expect(part(cardOf(list, id), 'details')!.hidden).to.equal(false);
      expect(list.shadowRoot?.activeElement).to.equal(cardOf(list, id));
      expect(location.href).to.equal(page);
    });
  }

  it('works before the list is there, and takes the key as well', async () => {
    const list = Object.assign(document.createElement('achievement-list'), { achievements: achievements(3) });
    (await room()).append(list);
    expect(await list.open('test:2')).to.equal(true);
    expect(openIds(list)).to.deep.equal(['2']);
  });

  it('unfolds the group it is in', async () => {
    const all = achievements(6).map((each, index) => ({ ...each, category: index < 3 ? 'A' : 'B' }));
    const list = await show('achievement-list', { achievements: all, groupBy: 'category', collapsed: ['A', 'B'] });
    expect(await list.open('4')).to.equal(true);
    expect(list.collapsed).to.deep.equal(['A']);
    expect(openIds(list)).to.deep.equal(['4']);
  });

  it('does nothing where it is not there or not shown', async () => {
    const list = await show('achievement-list', { achievements: achievements(5), query: 'Name of 1', hash: true });
    expect(await list.open('nobody')).to.equal(false);
    expect(await list.open('3')).to.equal(false);
    expect(await list.open('1')).to.equal(true);
    expect(openIds(list)).to.deep.equal(['1']);
  });
});

describe('details in the page’s address', () => {
  it('are written there when they are opened, and taken away when they are closed', async () => {
    const state = { page: 7 };
    const list = await show('achievement-list', { achievements: achievements(5), hash: true });
    history.replaceState(state, '', page);
    const { length } = history;
    const toggle = (id: string) => part(cardOf(list, id), 'details-toggle')!.click();
    toggle('2');
    expect(location.hash).to.equal('#achievement=2');
    toggle('3');
    expect(location.hash).to.equal('#achievement=3');
    toggle('2');
    expect(location.hash, 'of another one').to.equal('#achievement=3');
    toggle('3');
    expect(location.href).to.equal(page);
    expect(await list.open('4')).to.equal(true);
    expect(location.hash).to.equal('#achievement=4');
    expect(history.state).to.deep.equal(state);
    expect(history.length, 'Back leads out of the page').to.equal(length);
  });

  it('are those of the page, also where its base is another one', async () => {
    const base = Object.assign(document.createElement('base'), { href: '/elsewhere/' });
    document.head.append(base);
    try {
      const list = await show('achievement-list', { achievements: achievements(2), hash: true });
      part(cardOf(list, '1'), 'details-toggle')!.click();
      expect(location.href).to.equal(`${page}#achievement=1`);
    } finally {
      base.remove();
    }
  });

  it('are nobody’s business without the attribute', async () => {
    setHash('#achievement=1');
    const list = await show('achievement-list', { achievements: achievements(3) });
    await follow('#achievement=2');
    await settled(list);
    expect(openIds(list)).to.deep.equal([]);
    part(cardOf(list, '0'), 'details-toggle')!.click();
    expect(location.hash).to.equal('#achievement=2');
  });

  for (const count of [100, 10_000]) {
    it(`open when the page is loaded and when the address changes: one of ${count}`, async () => {
      const [first, second] = [String(count - 10), String(count / 2)];
      setHash(`#achievement=${first}`);
      const list = await show('achievement-list', { achievements: library(count), hash: true });
      await until(() => openIds(list).includes(first));
      await still(list);
      expect(idsSeen(list)).to.include(first);
      await follow(`#achievement=${second}`);
      await until(() => openIds(list).includes(second));
      await still(list);
      expect(idsSeen(list)).to.include(second);
      expect(location.hash).to.equal(`#achievement=${second}`);
    });
  }

  it('open when a service has answered, or only its second answer has them', async () => {
    setHash('#achievement=new');
    const backend = scripted(achievements(3));
    const list = await show('achievement-list', { backend, environment: world().environment, hash: true });
    await until(() => cardsOf(list).length === 3);
    backend.answer = [...achievements(3), achievement('new')];
    await list.store!.refresh();
    await until(() => openIds(list).join() === 'new');
  });

  for (const id of ['a b', 'ü/ß?#&=', '50%', '日本', "it's (1)*!", '<b>"']) {
    it(`may have any id: ${id}`, async () => {
      const all = [achievement('first'), achievement(id), achievement('last')];
      const list = await show('achievement-list', { achievements: all, hash: true });
      part(cardOf(list, id), 'details-toggle')!.click();
      const { hash } = location;
      expect(hash).to.equal(`#achievement=${encodeURIComponent(id)}`);
      part(cardOf(list, id), 'details-toggle')!.click();
      expect(location.hash).to.equal('');
      await follow(hash);
      await until(() => openIds(list).join() === id);
    });
  }

  it('may be typed with a stray %', async () => {
    setHash('#achievement=100%');
    const list = await show('achievement-list', { achievements: [achievement('100%')], hash: true });
    await until(() => openIds(list).join() === '100%');
  });

  it('of a secret are not told: it is scrolled to and stays masked', async () => {
    const all = library(10_000).map((each, index) =>
      index === 9000 ? { ...each, secret: true, name: 'Canary of names', description: 'Canary of texts' } : each,
    );
    const watch = new LeakWatch();
    setHash('#achievement=9000');
    const list = await show('achievement-list', { achievements: all, hash: true });
    await until(() => list.shadowRoot?.activeElement !== null);
    await still(list);
    expect(idsSeen(list)).to.include('9000');
    expect(cardOf(list, '9000').masked).to.equal(true);
    expect(cardOf(list, '9000').open).to.equal(false);
    watch.stop();
    expect(watch.find('Canary')).to.deep.equal([]);
    cardOf(list, '9000').reveal();
    await settled(list);
    expect(watch.find('Canary of names').length, 'a watch that sees it').to.be.greaterThan(0);
  });

  it('are left alone where they are the page’s own or unknown', async () => {
    const list = await show('achievement-list', { achievements: achievements(3), hash: true });
    for (const hash of ['#chapter', '#achievement', '#achievement=', '#achievement=nobody', '#achievements=1']) {
      await follow(hash);
      await settled(list);
      expect(openIds(list), hash).to.deep.equal([]);
      expect(location.hash).to.equal(hash);
    }
    part(cardOf(list, '1'), 'details-toggle')!.click();
    setHash('#chapter');
    part(cardOf(list, '1'), 'details-toggle')!.click();
    expect(location.hash).to.equal('#chapter');
  });

  it('are followed by a list that was moved, and not by one that is gone', async () => {
    const list = await show('achievement-list', { achievements: achievements(3), hash: true });
    (await room()).append(list);
    await settled(list);
    await follow('#achievement=1');
    await until(() => openIds(list).join() === '1');
    list.remove();
    await list.updateComplete;
    await follow('#achievement=2');
    await nextFrame();
    expect(openIds(list)).to.deep.equal(['1']);
  });
});

describe('the page’s notes', () => {
  it('stand in the details of their achievement only, and are not seen before', async () => {
    const list = await show('achievement-list', { achievements: achievements(3) });
    const note = Object.assign(document.createElement('p'), { slot: 'notes-1', textContent: 'Met on day two.' });
    list.append(note);
    const isSeen = () => note.getClientRects().length > 0;
    expect(isSeen()).to.equal(false);
    part(cardOf(list, '2'), 'details-toggle')!.click();
    await settled(list);
    expect(isSeen()).to.equal(false);
    part(cardOf(list, '1'), 'details-toggle')!.click();
    await settled(list);
    expect(isSeen()).to.equal(true);
    const details = part(cardOf(list, '1'), 'details')!.getBoundingClientRect();
    const { bottom, top } = note.getBoundingClientRect();
    expect(top).to.be.at.least(details.top);
    expect(bottom).to.be.at.most(details.bottom);
  });

  it('stay with their achievement in another order', async () => {
    const list = await show('achievement-list', { achievements: achievements(3) });
    const note = Object.assign(document.createElement('p'), { slot: 'notes-1', textContent: 'A note' });
    list.append(note);
    await list.open('1');
    list.sort = '-name';
    await settled(list);
    expect(note.assignedSlot?.closest('achievement-card')).to.equal(cardOf(list, '1'));
    expect(note.getClientRects().length).to.equal(1);
  });
});
