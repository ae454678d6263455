import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFresh, readProblem, readTotal, readValidator } from '../../../../src/model/index.js';
import { FULL, achievement } from '../support.js';
import { NOW, entry, faultIn, sent, template } from './support.js';

describe('a problem', () => {
  it.each([[undefined], [null], ['offline'], [7], [[]]])('is none: %j', (value) => {
    expect(readProblem(value)).toBeUndefined();
  });

  it.each<[string, object, object]>([
    ['what it is', { code: 'offline', message: 'Gone' }, { code: 'offline', message: 'Gone' }],
    ['a code nobody knows', { code: 'frozen', message: 'x' }, { code: 'unknown', message: 'x' }],
    ['templates', { code: template(), message: template() }, { code: 'unknown', message: '' }],
    ['half a character', { code: 'server', message: 'a\uD800' }, { code: 'server', message: 'a\uFFFD' }],
    [
      'a long text',
      { code: 'server', message: `${'x'.repeat(1999)}😀` },
      { code: 'server', message: 'x'.repeat(1999) },
    ],
    [
      'numbers',
      { code: 'server', message: '', status: 503, retryAfter: 1000 },
      { code: 'server', message: '', status: 503, retryAfter: 1000 },
    ],
    [
      'numbers that are none',
      { code: 'server', message: '', status: 1e9, retryAfter: Infinity },
      { code: 'server', message: '' },
    ],
    [
      'what was left out',
      {
        code: 'bad-shape',
        message: '',
        skipped: [{ index: 1, id: 'a', reason: 'r' }, null],
        omitted: [{ member: template() }],
      },
      {
        code: 'bad-shape',
        message: '',
        skipped: [
          { index: 1, id: 'a', reason: 'r' },
          { index: 0, reason: '' },
        ],
        omitted: [{ index: 0, member: '', expected: '' }],
      },
    ],
    [
      'lists that are none',
      { code: 'bad-shape', message: '', skipped: 'x', omitted: {} },
      { code: 'bad-shape', message: '' },
    ],
  ])('is read with %s', (_name, value, expected) => {
    expect(readProblem(value)).toEqual(expected);
  });
});

describe('a validator', () => {
  const page = { url: 'https://x.example/1', etag: '"a"' };

  it.each<[unknown, object | undefined]>([
    [{ digest: 'd' }, { digest: 'd' }],
    [
      { digest: 'd', pages: [page] },
      { digest: 'd', pages: [page] },
    ],
    [
      { digest: 'd', pages: [], other: 1 },
      { digest: 'd', pages: [] },
    ],
    [{ digest: 5 }, undefined],
    [{ digest: 'x'.repeat(100_001) }, undefined],
    [{ digest: 'd', pages: 'x' }, undefined],
    // A page less would say that nothing changed where something may have.
    [{ digest: 'd', pages: [page, null] }, undefined],
    [{ digest: 'd', pages: [page, { ...page, etag: '"a"\r\nX: y' }] }, undefined],
    [{ digest: 'd', pages: [{ ...page, url: 'no address' }] }, undefined],
    [{ digest: 'd', pages: Array.from({ length: 1001 }, () => page) }, undefined],
    [undefined, undefined],
    [null, undefined],
  ])('%j (%#)', (value, expected) => {
    expect(readValidator(value)).toEqual(expected);
  });
});

it.each([
  [5, 5],
  ['5', 5],
  [5.9, 5],
  [0, 0],
  [-1, undefined],
  [NaN, undefined],
  [template(), undefined],
  [null, undefined],
])('a total of %j is %j', (value, expected) => {
  expect(readTotal(value)).toBe(expected);
});

describe('what a backend of anybody answers', () => {
  const read = (answer: unknown) => readFresh(answer, 'theirs', NOW);

  it.each([[undefined], [null], ['x'], [[]], [{}], [{ achievements: {} }], [{ achievements: 'x' }]])(
    'is no answer: %j',
    (answer) => {
      expect(read(answer)).toMatchObject({ code: 'bad-shape', message: expect.stringContaining('theirs') as string });
    },
  );

  it('may be in the form of the model or of JSON, and is clean in either', () => {
    const poisoned = { ...FULL, id: template() };
    const answer = { achievements: [achievement(), entry({ id: '2', description: template() }), poisoned], total: '3' };
    const fresh = read(answer);
    expect(fresh).toMatchObject({ total: 3, isPart: true, problem: { code: 'bad-shape' } });
    expect('achievements' in fresh && fresh.achievements.map(({ key }) => key)).toEqual(['json:1', 'theirs:2']);
    expect(JSON.stringify(fresh)).not.toContain('_$litType$');
  });

  it('has no validator where something of it is missing: unchanged would confirm what was not read', () => {
    const validator = { digest: 'd' };
    expect(read({ achievements: [achievement()], validator })).toMatchObject({ validator });
    expect(read({ achievements: [achievement(), {}], validator })).not.toHaveProperty('validator');
    // A value alone is no achievement.
    expect(read({ achievements: [entry({ order: 'x' })], validator })).toMatchObject({ validator });
  });

  it('tells its own problem and what was left out', () => {
    const problem = { code: 'incomplete', message: 'Theirs.' };
    const fresh = read({ achievements: [{}], problem });
    expect(fresh).toMatchObject({ problem: { code: 'incomplete', skipped: [{ index: 0 }] } });
    expect((fresh as { problem?: { message: string } }).problem?.message).toMatch(/^Theirs\. 1 of 1 achievements/);
  });

  it('is plain data of its own, whatever there is', () => {
    const any = fc.anything({ withBigInt: true });
    const answers = fc.record(
      {
        achievements: fc.oneof(fc.array(fc.oneof(sent, any)), any),
        total: any,
        validator: any,
        problem: any,
        isPart: any,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(answers, any), (answer) => {
        expect(faultIn(structuredClone(read(answer)))).toBeUndefined();
        expect(faultIn(structuredClone(readProblem(answer)) ?? {})).toBeUndefined();
        expect(faultIn(structuredClone(readValidator(answer)) ?? {})).toBeUndefined();
      }),
    );
  });
});
