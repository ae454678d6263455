import { describe, expect, it } from 'vitest';
import { targetOf, type KeyboardList } from '../../../src/elements/list-keyboard.js';
import { achievement } from '../../support/achievement.js';

const grid: KeyboardList = {
  lines: ['a b c', 'd', 'e f'].map((line) => line.split(' ').map((id) => achievement(id))),
  hasColumns: true,
  isRightToLeft: false,
  focus: () => undefined,
};
const list: KeyboardList = { ...grid, lines: grid.lines.flat().map((each) => [each]), hasColumns: false };

describe('where a key leads', () => {
  it.each([
    ['forward', 'a', 'b'],
    ['forward', 'c', 'd'],
    ['forward', 'f', 'f'],
    ['back', 'd', 'c'],
    ['back', 'a', 'a'],
    ['ArrowDown', 'c', 'd'],
    ['ArrowDown', 'd', 'e'],
    ['ArrowUp', 'f', 'd'],
    ['ArrowUp', 'b', 'b'],
    ['End', 'a', 'f'],
    ['Home', 'f', 'a'],
    ['PageDown', 'b', 'f'],
    ['PageUp', 'f', 'b'],
  ])('in columns: %s from %s', (key, from, to) => {
    expect(targetOf(key, achievement(from), grid)?.id).toBe(to);
  });

  it.each([
    ['ArrowDown', 'a', 'b'],
    ['ArrowUp', 'a', 'a'],
    ['PageDown', 'a', 'f'],
    ['forward', 'a', undefined],
    ['x', 'a', undefined],
  ])('in a list: %s from %s', (key, from, to) => {
    expect(targetOf(key, achievement(from), list)?.id).toBe(to);
  });

  it.each(['forward', 'ArrowDown', 'End'])('nowhere from what is not in the list: %s', (key) => {
    expect(targetOf(key, achievement('gone'), grid)).toBeUndefined();
  });
});
