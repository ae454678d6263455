import { describe, expect, it } from 'vitest';
import { ListRows } from '../../../src/elements/list-rows.js';
import type { ArrangedGroup, Arrangement } from '../../../src/model/index.js';
import { achievement } from '../../support/achievement.js';

/** Groups by their names, each with so many achievements: `A0 A1 …`. */
function arrangement(sizes: Readonly<Record<string, number>>): Arrangement {
  const groups = Object.entries(sizes).map(([name, count]): ArrangedGroup => ({
    kind: name === 'rest' ? 'rest' : 'group',
    id: `group ${name}`,
    name: name === 'rest' ? '' : name,
    achievements: Array.from({ length: count }, (_, index) => achievement(`${name}${index}`)),
  }));
  return { groups, shown: groups.reduce((sum, { achievements }) => sum + achievements.length, 0), counts: new Map() };
}

const partsOf = (rows: ListRows, first: number, last: number) =>
  rows
    .between({ first, last, before: 0, total: 0 })
    .map(({ rows: { group }, hasHeading, from, to }) => [group.name, hasHeading, from, to]);

describe('the rows of a list', () => {
  it('are its cards where it has no groups', () => {
    const rows = new ListRows(arrangement({ rest: 3 }), [], 1, 'list');
    expect(rows.count).toBe(3);
    expect([0, 1, 2].map(rows.keyAt)).toEqual(['test:rest0', 'test:rest1', 'test:rest2']);
    expect(partsOf(rows, 1, 2)).toEqual([['', false, 1, 3]]);
  });

  it.each([
    [1, 4],
    [2, 2],
    [3, 1],
    [12, 1],
  ])('with %i columns are kept %i beyond what is seen: about four cards each way', (columns, spare) => {
    expect(new ListRows(arrangement({ rest: 300 }), [], columns, 'grid').overscan).toBe(spare);
  });

  it('are headings and lines of several cards, the last of them with fewer', () => {
    const rows = new ListRows(arrangement({ A: 5, B: 2, C: 4 }), [], 3, 'grid');
    expect(rows.count).toBe(8);
    expect(Array.from({ length: 8 }, (_, row) => rows.keyAt(row))).toEqual([
      'heading group A',
      'test:A0',
      'test:A3',
      'heading group B',
      'test:B0',
      'heading group C',
      'test:C0',
      'test:C3',
    ]);
    expect(partsOf(rows, 2, 5)).toEqual([
      ['A', false, 3, 5],
      ['B', true, 0, 2],
      ['C', true, 0, 0],
    ]);
    expect(rows.lines(3).map((line) => line.map(({ id }) => id).join(' '))).toEqual([
      'A0 A1 A2',
      'A3 A4',
      'B0 B1',
      'C0 C1 C2',
      'C3',
    ]);
    expect(rows.estimateAt(0)).toBeLessThan(rows.estimateAt(1));
  });

  it('are only the heading of a group that is folded', () => {
    const rows = new ListRows(arrangement({ A: 5, B: 2 }), ['A'], 1, 'list');
    expect(rows.count).toBe(4);
    expect(partsOf(rows, 0, 3)).toEqual([
      ['A', true, 0, 0],
      ['B', true, 0, 2],
    ]);
    expect(rows.lines(1).flat()).toHaveLength(2);
    expect(rows.find('test:A1')?.rows.isCollapsed).toBe(true);
  });

  it('say where an achievement stands', () => {
    const rows = new ListRows(arrangement({ A: 5, B: 2 }), [], 2, 'grid');
    expect(rows.find('test:A4')?.row).toBe(3);
    expect(rows.find('test:B1')?.row).toBe(5);
    expect(rows.find('test:C0')).toBeUndefined();
    expect(rows.rowAt(rows.groups[1]!, 0)).toEqual({ row: 5, isFirst: true });
    expect(rows.rowAt(rows.groups[1]!, 1)).toEqual({ row: 5, isFirst: false });
  });

  it('keep a group that is asked for, without anything in it', () => {
    const rows = new ListRows(arrangement({ A: 5, B: 5 }), [], 1, 'list');
    const parts = rows.between({ first: 8, last: 9, before: 0, total: 0 }, rows.groups[0]);
    expect(parts.map(({ rows: { group }, hasHeading, from, to }) => [group.name, hasHeading, to - from])).toEqual([
      ['A', false, 0],
      ['B', false, 2],
    ]);
  });

  it('are the first so many cards of a short list', () => {
    const rows = new ListRows(arrangement({ A: 3, B: 3, C: 3 }), ['B'], 1, 'list');
    expect(rows.upTo(4).map(({ rows: { group }, from, to }) => [group.name, from, to])).toEqual([
      ['A', 0, 3],
      ['B', 0, 0],
      ['C', 0, 1],
    ]);
  });
});
