import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime, parseTimeSpan } from '../../../src/model/index.js';

describe('a time', () => {
  it.each([
    ['2013-01-17T03:19:00.3087016Z', 1358392740308],
    ['2020-06-10T09:05:27.993483Z', Date.UTC(2020, 5, 10, 9, 5, 27, 993)],
    ['2020-06-10T09:05:27.1Z', Date.UTC(2020, 5, 10, 9, 5, 27, 100)],
    ['2020-06-10T09:05:27Z', Date.UTC(2020, 5, 10, 9, 5, 27)],
    ['2020-06-10T09:05:27', Date.UTC(2020, 5, 10, 9, 5, 27)],
    ['2020-06-10t09:05:27z', Date.UTC(2020, 5, 10, 9, 5, 27)],
    ['2020-06-10 09:05:27+02:00', Date.UTC(2020, 5, 10, 7, 5, 27)],
    ['2020-06-10T09:05:27.000-03:30', Date.UTC(2020, 5, 10, 12, 35, 27)],
    ['1970-01-01T00:00:00Z', undefined],
    ['1969-12-31T23:59:59Z', undefined],
    ['0001-01-01T00:00:00.0000000Z', undefined],
    ['0001-01-01T00:00:00', undefined],
    ['1753-01-01T00:00:00Z', undefined],
    ['2024-01-15T15:04:05Z07:00', undefined],
    ['2024-13-15T15:04:05Z', undefined],
    ['2024-01-15T25:04:05Z', undefined],
    ['2024-01-15', Date.UTC(2024, 0, 15)],
    ['15 January 2024', undefined],
    ['1', undefined],
    ['1705331045', 1705331045000],
    ['+275760-09-13T00:00:00Z', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('%j is %j', (text, time) => {
    expect(parseTime(text)).toBe(time);
  });

  it('is never NaN and never before 1970', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        ),
        (text) => {
          const time = parseTime(text);
          return time === undefined || time >= 0;
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a time span', () => {
  it.each([
    ['00:00:00', undefined],
    ['06:12:14', 22334],
    ['0:0:1', 1],
    ['1.02:03:04.5000000', 93784],
    ['36:00:00', 129600],
    ['00:00:00.9', undefined],
    ['-01:00:00', undefined],
    ['1:2', undefined],
    ['an hour', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is %j s', (text, seconds) => {
    expect(parseTimeSpan(text)).toBe(seconds);
  });

  it('and a time are read in no time, however long the text is', () => {
    const started = performance.now();
    for (const text of [
      '9'.repeat(100_000),
      `${'1'.repeat(50_000)}.${'1'.repeat(50_000)}:`,
      '2020-01-01T00:00:00.' + '9'.repeat(100_000),
    ]) {
      parseTime(text);
      parseTimeSpan(text);
    }
    expect(performance.now() - started).toBeLessThan(100);
  });
});
