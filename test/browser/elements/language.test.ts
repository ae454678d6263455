import { expect } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import { registerLocale } from '../../../src/locales/registry.js';
import {
  DAY,
  NOW,
  achievement,
  cardOf,
  cardsOf,
  part,
  partWords,
  progress,
  room,
  settled,
  show,
  speakEnglish,
  until,
  words,
  world,
} from '../../support/elements/fixtures.js';
import { fakeClock } from '../../support/fake-clock.js';

const unlocked = achievement('unlocked', {
  state: 'unlocked',
  unlockedAt: Date.UTC(2026, 0, 17, 12),
  rewards: [{ kind: 'points', value: 1250, unit: 'G' }],
  rarity: { percent: 12.5 },
});
const clock = fakeClock(NOW);
const timeOf = (card: AchievementCard) => partWords(card, 'time')[0];

before(() => {
  registerLocale('de', { unlockedOn: (date) => `Erhalten am ${date}` });
  registerLocale('fr', { unlockedOn: (date) => `Obtenu le ${date}` });
  registerLocale('ja', { unlockedOn: (date) => `${date} 獲得` });
  registerLocale('pt', { unlockedOn: (date) => `Obtido em ${date}` });
});
beforeEach(speakEnglish);
after(speakEnglish);

describe('the language of an element', () => {
  const dates: readonly (readonly [language: string, date: string, rarity: string])[] = [
    ['en', 'Unlocked January 17, 2026', '12.5%'],
    ['en-GB', 'Unlocked 17 January 2026', '12.5%'],
    ['de', 'Erhalten am 17. Januar 2026', '12,5 %'],
    ['fr', 'Obtenu le 17 janvier 2026', '12,5 %'],
    ['ja', '2026年1月17日 獲得', '12.5%'],
    ['pt_BR', 'Obtido em 17 de janeiro de 2026', '12,5%'],
  ];
  for (const [language, date, rarity] of dates) {
    it(`is that of the nearest lang, for dates and numbers too: ${language}`, async () => {
      const parent = await room({ lang: language });
      const card = await show('achievement-card', { achievement: unlocked, clock }, parent);
      expect(timeOf(card)).to.equal(date);
      expect(partWords(card, 'rarity')[0]!.replace(/\s/g, ' ')).to.equal(rarity);
    });
  }

  it('is found through shadow roots', async () => {
    const host = (await room({ lang: 'de' })).appendChild(document.createElement('section'));
    const inside = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('div'));
    const list = await show('achievement-list', { achievements: [unlocked] }, inside);
    expect(timeOf(cardOf(list, 'unlocked'))).to.equal('Erhalten am 17. Januar 2026');
  });

  it('is its own lang before that of what is around it', async () => {
    const card = await show('achievement-card', { achievement: unlocked, lang: 'fr' }, await room({ lang: 'de' }));
    expect(timeOf(card)).to.equal('Obtenu le 17 janvier 2026');
  });

  it('is its locale before any lang, for the list and everything in it', async () => {
    const parent = await room({ lang: 'de' });
    const list = await show('achievement-list', { achievements: [unlocked], locale: 'fr', summary: true }, parent);
    expect(timeOf(cardOf(list, 'unlocked'))).to.equal('Obtenu le 17 janvier 2026');
    expect(words(part(part(list, 'summary')!, 'totals')).replace(/\s/g, ' ')).to.equal(
      '1 of 1 unlocked · 1 250 of 1 250 G',
    );
    list.locale = '';
    await settled(list);
    expect(timeOf(cardOf(list, 'unlocked'))).to.equal('Erhalten am 17. Januar 2026');
  });

  it('is the locale of the source around it', async () => {
    const source = await show('achievement-source', { locale: 'fr' });
    const list = await show('achievement-list', { achievements: [unlocked] }, source);
    expect(timeOf(cardOf(list, 'unlocked'))).to.equal('Obtenu le 17 janvier 2026');
    source.locale = 'ja';
    await source.updateComplete;
    await settled(list);
    expect(timeOf(cardOf(list, 'unlocked'))).to.equal('2026年1月17日 獲得');
  });

  for (const nonsense of ['', 'not a language', '??', 'e', '<b>']) {
    it(`is the next one where a lang is none: "${nonsense}"`, async () => {
      const card = await show(
        'achievement-card',
        { achievement: unlocked, locale: nonsense },
        await room({ lang: 'de' }),
      );
      expect(timeOf(card)).to.equal('Erhalten am 17. Januar 2026');
    });
  }

  it('is English where there are no words for it: dates and numbers belong to the words around them', async () => {
    const card = await show('achievement-card', { achievement: unlocked, clock }, await room({ lang: 'sv' }));
    expect(timeOf(card)).to.equal('Unlocked January 17, 2026');
  });

  it('follows the document', async () => {
    const card = await show('achievement-card', { achievement: unlocked });
    document.documentElement.lang = 'de';
    await until(() => timeOf(card) === 'Erhalten am 17. Januar 2026');
  });

  it('has its words as soon as they are there, and English for what is missing', async () => {
    const list = await show('achievement-list', { achievements: [], locale: 'eo' });
    const card = await show('achievement-card', { achievement: achievement('a'), locale: 'eo', clock });
    expect(words(part(list, 'empty'))).to.equal('No achievements yet.');
    registerLocale('eo', { empty: 'Ankoraŭ nenio.' });
    await settled(list);
    await settled(card);
    expect(words(part(list, 'empty'))).to.equal('Ankoraŭ nenio.');
    expect(words(part(card, 'details-toggle'))).to.equal('Details');
  });
});

describe('right to left', () => {
  const inProgress = achievement('half', {
    ...progress(5, 10),
    window: { endsAt: NOW + 3 * DAY },
    rewards: [{ kind: 'points', value: 25, unit: 'G' }],
  });

  async function boxes(dir: string) {
    const parent = await room({ dir });
    const list = await show(
      'achievement-list',
      { achievements: [unlocked, inProgress], environment: world().environment },
      parent,
    );
    const card = cardOf(list, 'unlocked');
    const centre = (element: Element) => {
      const { left, width } = element.getBoundingClientRect();
      return left + width / 2;
    };
    const iconCentre = centre(part(card, 'icon')!);
    return {
      list,
      icon: iconCentre - centre(card),
      badge: centre(part(card, 'state')!) - iconCentre,
      rewards: centre(part(card, 'reward')!) - centre(card),
    };
  }

  it('puts everything on the other side: picture, badge and rewards', async () => {
    const ltr = await boxes('ltr');
    const rtl = await boxes('rtl');
    expect(ltr.icon).to.be.lessThan(0);
    expect(ltr.badge).to.be.greaterThan(0);
    expect(ltr.rewards).to.be.greaterThan(0);
    expect(rtl.icon).to.be.closeTo(-ltr.icon, 1);
    expect(rtl.badge).to.be.closeTo(-ltr.badge, 1);
    expect(rtl.rewards).to.be.closeTo(-ltr.rewards, 1);
  });

  it('fills bars from the right', async () => {
    const { list } = await boxes('rtl');
    const bar = part(cardOf(list, 'half'), 'progress')!;
    // How far it is filled is drawn by the engine, from the direction: there is no box to measure.
    expect(getComputedStyle(bar).direction).to.equal('rtl');
    const label = part(cardOf(list, 'half'), 'progress-label')!;
    expect(label.getBoundingClientRect().right).to.be.at.most(bar.getBoundingClientRect().left);
  });

  it('keeps numbers in their order: "5 of 10"', async () => {
    const { list } = await boxes('rtl');
    const label = part(cardOf(list, 'half'), 'progress-label')!;
    expect(words(label)).to.equal('5 of 10');
    const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
    const leftOf = (text: string) => {
      walker.currentNode = label;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = node.nodeValue?.indexOf(text) ?? -1;
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + text.length);
        return range.getBoundingClientRect().left;
      }
      throw new Error(`There is no ${text}`);
    };
    expect(leftOf('5')).to.be.lessThan(leftOf('of'));
    expect(leftOf('of')).to.be.lessThan(leftOf('10'));
  });

  it('keeps a name in its own direction inside a page of the other one', async () => {
    const name = '“Hello”, she said!';
    const parent = await room({ dir: 'rtl' });
    const list = await show('achievement-list', { achievements: [achievement('ltr', { name })] }, parent);
    const whole = document.createRange();
    whole.selectNodeContents(part(cardsOf(list)[0]!, 'name')!);
    const found = [...part(cardsOf(list)[0]!, 'name')!.childNodes].find(({ nodeValue }) => nodeValue === name);
    const last = document.createRange();
    last.setStart(found!, name.length - 1);
    last.setEnd(found!, name.length);
    // In a right-to-left paragraph without isolation the exclamation mark would stand at the left.
    expect(last.getBoundingClientRect().right).to.be.closeTo(whole.getBoundingClientRect().right, 1);
  });
});
