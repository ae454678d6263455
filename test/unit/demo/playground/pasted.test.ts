import { describe, expect, it } from 'vitest';
import { json } from '../../../../src/backends/json.js';
import { talonOne } from '../../../../src/backends/talon-one.js';
import { xbox } from '../../../../src/backends/xbox.js';
import { systemClock } from '../../../../src/model/clock.js';
import { PASTED_FORMATS } from '../../../../demo/pages/playground/fields.js';
import {
  EXAMPLES,
  detectFormat,
  entriesIn,
  explainSkipped,
  pastedFetch,
} from '../../../../demo/pages/playground/pasted.js';
import { bodyOf, openDemo } from '../support.js';

const BACKENDS = { xbox, 'talon-one': talonOne, json };

describe('the format of a pasted answer', () => {
  it.each([
    ['xbox', '/xbox/users/me/achievements'],
    ['xbox', '/xbox-360/users/me/achievements'],
    ['talon-one', '/talon-one/achievements'],
    ['talon-one', '/talon-one/inventory'],
    ['json', '/json/achievements'],
  ])('is %s for what %s answers', async (format, path) => {
    const { ask } = openDemo();
    expect(detectFormat(await bodyOf(ask(path)))?.format).toBe(format);
  });

  it.each([
    ['json', [{ id: 1, name: 'A' }], 'it has id and name'],
    ['json', { achievements: [] }, 'the list is empty'],
    ['talon-one', [{ id: 1, name: 'A', title: 'An A', campaignId: 3 }], 'it has campaignId, title'],
    ['xbox', { achievement: { id: '1', progressState: 'Achieved' } }, 'it has achievement, progressState'],
    ['xbox', { achievements: [null, 7, { progression: {} }] }, 'it has progression'],
  ])('is %s for %j, and it says why', (format, body, because) => {
    expect(detectFormat(body)).toEqual({ format, because });
  });

  it.each([[null], [7], ['text'], [{}], [{ hello: 'world' }], [[1, 2]], [{ data: 'none' }]])(
    'is nothing that is known for %j',
    (body) => {
      expect(detectFormat(body)).toBeUndefined();
    },
  );

  it.each(PASTED_FORMATS)('is found in the example for %s', (format) => {
    expect(detectFormat(EXAMPLES[format])?.format).toBe(format);
  });
});

describe('a pasted answer', () => {
  const src = 'http://page.test/pasted/answer.json';
  const pull = async (format: keyof typeof BACKENDS, body: unknown) =>
    BACKENDS[format]({ src }).pull(undefined, {
      fetch: pastedFetch(JSON.stringify(body), format, src),
      clock: systemClock,
      signal: new AbortController().signal,
    });

  it.each(PASTED_FORMATS)('of %s goes through the real backend, which leaves one bad item out', async (format) => {
    const answer = await pull(format, EXAMPLES[format]);
    if (answer === 'unchanged') throw new Error('Nothing was known before');
    expect(answer.achievements).toHaveLength(2);
    expect(answer.problem?.skipped).toHaveLength(1);
  });

  it.each([
    ['xbox', { achievements: [{ id: '1', name: 'A' }], pagingInfo: { continuationToken: '1', totalRecords: 9 } }],
    ['talon-one', { totalResultSize: 9, data: [{ id: 1, name: 'A' }] }],
    ['talon-one', { hasMore: true, data: [{ id: 1, name: 'A' }] }],
    ['json', { achievements: [{ id: '1', name: 'A' }], cursor: 'more' }],
  ] as const)('of %s that speaks of further pages ends after what was pasted', async (format, body) => {
    const answer = await pull(format, body);
    if (answer === 'unchanged') throw new Error('Nothing was known before');
    expect(answer.achievements).toHaveLength(1);
    // A count of what was not pasted is one of what is missing.
    const isCounted = JSON.stringify(body).includes('9');
    expect(answer.problem?.code).toBe(isCounted ? 'incomplete' : undefined);
  });
});

describe('an item that was left out', () => {
  const entries = entriesIn({
    achievements: [{ id: '1', name: 'A' }, { id: '2', name: 42 }, null, { id: '4', progression: { timeUnlocked: {} } }],
  });

  it.each([
    [
      { index: 1, id: '2', reason: 'name: expected string' },
      'Number 2 of the list, id 2: name has to be a text; it is 42.',
    ],
    [
      { index: 2, reason: 'item: expected object' },
      'Number 3 of the list: the whole entry has to be an object; it is null.',
    ],
    [
      { index: 3, id: '4', reason: 'name: expected string' },
      'Number 4 of the list, id 4: name has to be a text; it is missing.',
    ],
    [
      { index: 3, id: '4', reason: 'progression.timeUnlocked: expected string or null' },
      'Number 4 of the list, id 4: progression.timeUnlocked has to be a text or null; it is {}.',
    ],
    [{ index: 0, id: '1', reason: 'unreadable' }, 'Number 1 of the list, id 1: unreadable.'],
  ])('is explained with its place, its id and what was there', (item, sentence) => {
    expect(explainSkipped(item, entries)).toBe(sentence);
  });

  it('is explained without what was there, where that is not known', () => {
    expect(explainSkipped({ index: 1, id: '2', reason: 'name: expected string' })).toBe(
      'Number 2 of the list, id 2: name has to be a text.',
    );
  });

  it('shows no more of a long value than says what it is', () => {
    const sentence = explainSkipped({ index: 0, reason: 'name: expected string' }, [{ name: ['x'.repeat(5000)] }]);
    expect(sentence.length).toBeLessThan(150);
  });
});
