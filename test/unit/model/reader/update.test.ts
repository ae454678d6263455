import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUpdate, readUpdates } from '../../../../src/model/index.js';
import { faultIn, membersTold, template } from './support.js';

function read(value: unknown) {
  const told: string[] = [];
  return { made: readUpdate(value, (member, expected) => told.push(`${member}: ${expected}`)), told };
}

describe('an update', () => {
  it.each<[string, object, object, string[]]>([
    ['nothing more', {}, {}, []],
    ['a state', { state: 'In_Progress' }, { state: 'in-progress' }, []],
    ['a state that is new', { state: 'frozen' }, {}, ['state: one of its words']],
    ['a template for a state', { state: template() }, {}, ['state: one of its words']],
    [
      'times',
      { startedAt: 1, unlockedAt: '2', resetsAt: 8.64e15 },
      { startedAt: 1, unlockedAt: 2, resetsAt: 8.64e15 },
      [],
    ],
    [
      'times that no date holds',
      { startedAt: 1e300, unlockedAt: NaN, resetsAt: -1 },
      {},
      [
        'startedAt: number from 1 to 8640000000000000',
        'unlockedAt: number',
        'resetsAt: number from 1 to 8640000000000000',
      ],
    ],
    ['numbers', { requirements: [{ current: '7', target: 10 }] }, { requirements: [{ current: 7, target: 10 }] }, []],
    ['one requirement alone', { requirements: { id: 5, current: 7 } }, { requirements: [{ id: '5', current: 7 }] }, []],
    [
      'a template for an id and a number',
      { requirements: [{ id: template(), current: template(), target: 3 }] },
      { requirements: [{ target: 3 }] },
      ['requirements.id: string', 'requirements.current: number'],
    ],
    [
      'a text among requirements',
      { requirements: ['x', { current: 1 }] },
      { requirements: [{ current: 1 }] },
      ['requirements: object'],
    ],
    ['unknown members', { name: template(), secret: false }, {}, []],
    ['null everywhere', { state: null, requirements: null, startedAt: null, unlockedAt: null, resetsAt: null }, {}, []],
  ])('is read with %s', (_name, members, expected, told) => {
    expect(read({ achievement: 'a', ...members })).toEqual({ made: { achievement: 'a', ...expected }, told });
  });

  it.each([
    [null],
    [undefined],
    ['x'],
    [7],
    [[]],
    [{}],
    [{ achievement: null }],
    [{ achievement: ' ' }],
    [{ achievement: template() }],
    [{ achievement: '\u200B' }],
  ])('is none: %j', (value) => {
    expect(read(value).made).toMatch(/^(?:item|achievement): expected/);
  });

  it('keeps a name of an achievement that is a number, and whole characters of it', () => {
    expect(read({ achievement: 5 }).made).toEqual({ achievement: '5' });
    expect(read({ achievement: 'a\uD800' }).made).toEqual({ achievement: 'a\uFFFD' });
  });

  it('is plain data of its own, whatever there is', () => {
    const any = fc.anything({ withBigInt: true, withDate: true });
    const some = fc.record(
      {
        achievement: fc.oneof(fc.string(), any),
        state: any,
        requirements: any,
        startedAt: any,
        unlockedAt: any,
        resetsAt: any,
      },
      { requiredKeys: ['achievement'] },
    );
    fc.assert(
      fc.property(fc.oneof(some, any), (value) => {
        expect(faultIn(structuredClone(read(value).made))).toBeUndefined();
        const all = readUpdates([value, { achievement: 'good' }]);
        expect(all?.updates.at(-1)).toEqual({ achievement: 'good' });
        expect(faultIn(structuredClone(all))).toBeUndefined();
      }),
    );
  });
});

describe('updates', () => {
  it.each([[undefined], [null], ['x'], [{}], [{ 0: {} }], [[1, 'x']], [[{}]]])('are not %j', (value) => {
    expect(readUpdates(value)).toBeUndefined();
  });

  it('may be none', () => {
    expect(readUpdates([])).toEqual({ updates: [] });
  });

  it('lose nothing but what is no update, and tell that without its values', () => {
    const read = readUpdates([{ achievement: 'a', state: 'canary' }, 'canary', { achievement: 'b' }]);
    expect(read?.updates).toEqual([{ achievement: 'a' }, { achievement: 'b' }]);
    expect(membersTold(read?.problem?.omitted)).toEqual([
      'state: one of its words',
      'achievement: a text that is not empty',
    ]);
    expect(JSON.stringify(read?.problem)).not.toContain('canary');
    expect(read?.problem?.skipped).toBeUndefined();
  });

  it('are at most a thousand', () => {
    const read = readUpdates(Array.from({ length: 1001 }, (_, index) => ({ achievement: `a${index}` })));
    expect(read?.updates).toHaveLength(1000);
    expect(membersTold(read?.problem?.omitted)).toEqual(['item: at most 1000 updates']);
  });
});
