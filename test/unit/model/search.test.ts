import { describe, expect, it } from 'vitest';
import { descriptionFor, type Achievement } from '../../../src/model/index.js';
import { parseSearch } from '../../../src/model/search.js';
import { achievement } from './support.js';

const door = achievement({
  id: 'door',
  name: 'The Door',
  description: 'Found what the keeper hid.',
  lockedDescription: 'Find it.',
  category: 'Story',
  secret: true,
  titles: [{ id: '1', name: 'Starfall' }],
  rewards: [{ kind: 'item', name: 'Lantern' }],
});

describe('search', () => {
  it.each([
    ['', 'Élan Vital', true],
    ['   ', 'Élan Vital', true],
    ['elan', 'Élan Vital', true],
    ['ÉLAN', 'elan vital', true],
    ['vital élan', 'Élan Vital', true],
    ['ital', 'Élan Vital', true],
    ['elan missing', 'Élan Vital', false],
    ['ﬁre', 'Fire', true],
    ['straße', 'Straße', true],
    ['STRASSE', 'Straße', true],
    ['ΟΔΟΣ', 'Οδοσήμανση', true],
    ['οδός', 'ΟΔΟΣ', true],
    ['ISIK', 'Işık', true],
    ['istanbul', 'İSTANBUL', true],
    ['ガ', 'ガラス', true],
    ['ｶﾞﾗｽ', 'ガラス', true],
    ['하', '한글', true],
    ['Đ', 'đồng', true],
    ['ёж', 'Ёж', true],
    ['星', '星降る夜', true],
    ['🏆', 'Winner 🏆', true],
    ['🏆🏆', 'Winner 🏆', false],
    ['نجمة', 'نَجْمَة الصباح', true],
    ['a.c', 'abc', false],
    ['(', 'Left (bracket', true],
  ])('for %j in %j says %s', (query, name, found) => {
    expect(parseSearch(query)(achievement({ name, description: '' }))).toBe(found);
  });

  it.each([
    ['its name', 'door'],
    ['the text that fits its state', 'find'],
    ['its category', 'story'],
    ['its rewards', 'lantern'],
  ])('finds a revealed secret by %s, and a masked one by nothing', (_what, query) => {
    const matches = parseSearch(query);
    expect(matches(door, true)).toBe(true);
    expect(matches(door)).toBe(false);
    expect(matches({ ...door, state: 'unlocked' })).toBe(query !== 'find');
  });

  it('does not find by the game, which all achievements of a list may share', () => {
    expect(parseSearch('starfall')(door, true)).toBe(false);
  });

  it('never finds by the text of another state', () => {
    expect(parseSearch('keeper')(door, true)).toBe(false);
    expect(parseSearch('keeper')({ ...door, state: 'unlocked' })).toBe(true);
  });

  it('would be caught if it searched what is masked (control)', () => {
    const careless = (query: string) => (item: Achievement) =>
      `${item.name}${descriptionFor(item)}`.toLowerCase().includes(query);
    expect(careless('door')(door)).not.toBe(parseSearch('door')(door));
  });
});
