import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime, parseTimeSpan } from '../../../src/model/index.js';
import { type TimeReading, readTime } from '../../../src/model/time.js';

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

describe('what a value says of a time', () => {
  const MOMENT = Date.UTC(2020, 5, 10, 9, 5, 27);

  const cases: [unknown, TimeReading][] = [
    // All forms of one moment.
    ...[
      '2020-06-10T09:05:27Z',
      '2020-06-10T09:05:27',
      '2020-06-10 09:05:27',
      '2020-06-10t09:05:27z',
      '2020-06-10T09:05:27+00:00',
      '2020-06-10T09:05:27-00:00',
      '2020-06-10T11:05:27+02:00',
      '2020-06-10T11:05:27+0200',
      '2020-06-10T11:05:27+02',
      '2020-06-10 09:05:27 UTC',
      '2020-06-10 09:05:27 GMT',
      '2020/06/10 09:05:27',
      '2020-6-10 9:05:27',
      '20200610T090527Z',
      '20200610090527',
      '+002020-06-10T09:05:27.000Z',
      '2020-06-10T09:05:27,000Z',
      ' 2020-06-10T09:05:27Z\n',
      'Wed, 10 Jun 2020 09:05:27 GMT',
      'Wednesday, 10-Jun-20 09:05:27 GMT',
      'Wed Jun 10 09:05:27 2020',
      '10 Jun 2020 09:05:27 +0000',
      'Wed, 10 June 2020 11:05:27 +0200',
      'Wed Jun 10 2020 11:05:27 GMT+0200',
      'Wed Jun 10 2020 11:05:27 GMT+0200 (Central European Summer Time)',
      'Wed Jun 10 2020 12:05:27 GMT+0300 (Eastern European Standard Time)',
      'Wed Jun 10 2020 17:50:27 GMT+0845 (Australian Central Western Standard Time)',
      'Wed Jun 10 2020 11:05:27 GMT+0200 (Mitteleuropäische Sommerzeit)',
      '/Date(1591779927000)/',
      '/Date(1591779927000+0200)/',
      '\\/Date(1591779927000)\\/',
      1591779927,
      '1591779927',
      '1591779927.0',
      '1.591779927e9',
      1591779927000,
      '1591779927000',
      1591779927000000,
      '1591779927000000',
      1591779927000000000,
      '1591779927000000000',
      1591779927n,
      1591779927000000000n,
      new Date(MOMENT),
    ].map((value): [unknown, TimeReading] => [value, MOMENT]),
    ['2020-06-10', Date.UTC(2020, 5, 10)],
    ['20200610', Date.UTC(2020, 5, 10)],
    ['2020-06-10T09:05', Date.UTC(2020, 5, 10, 9, 5)],
    ['2020-06-10T09:05Z', Date.UTC(2020, 5, 10, 9, 5)],
    ['2020-06-10T24:00:00Z', Date.UTC(2020, 5, 11)],
    ['2020-06-30T23:59:60Z', Date.UTC(2020, 6, 1)],
    ['2020-02-29', Date.UTC(2020, 1, 29)],
    [1591779927.25, MOMENT + 250],
    // No date.
    ...[
      undefined,
      null,
      false,
      '',
      ' ',
      0,
      -0,
      -1,
      '0',
      '-1',
      0n,
      [],
      {},
      -62135596800,
      -62135596800000,
      -Infinity,
      'null',
      'None',
      'undefined',
      'NaN',
      'n/a',
      '-',
      'false',
      '0000-00-00',
      '0000-00-00 00:00:00',
      '0000-00-00T00:00:00Z',
      '-0001-11-30T00:00:00Z',
      '0001-01-01',
      '0001-01-01T00:00:00.0000000Z',
      '1601-01-01T00:00:00Z',
      '1753-01-01T00:00:00Z',
      '1900-01-01T00:00:00',
      '1970-01-01',
      '1970-01-01T00:00:00Z',
      '1970-01-01T01:00:00+01:00',
      '1970-01-01T00:00:00-12:00',
      '1970-01-01T14:00:00+14:00',
      '1969-12-31T16:00:00-08:00',
      'Thu, 01 Jan 1970 00:00:00 GMT',
      'Thu Jan 01 1970 01:00:00 GMT+0100 (Central European Standard Time)',
      '/Date(-62135596800000)/',
      '/Date(0)/',
      '2002-11-15T00:00:00',
      '2002-11-15T00:00:00.0000000Z',
      1037318400,
      1037318400000,
      new Date(0),
      '2024-01-15T15:04:05Z07:00',
    ].map((value): [unknown, TimeReading] => [value, undefined]),
    // So far that it means no day.
    ...[
      '9999-12-31',
      '9999-12-31T23:59:59.9999999Z',
      '9999-12-31T23:59:59+14:00',
      '+275760-09-13T00:00:00Z',
      '2200-01-01T00:00:00Z',
      '2099-12-31',
      '2099-12-31T23:59:59Z',
      '2100-01-01T00:00:00Z',
      '2038-01-19T03:14:07Z',
      '2038-01-19T04:14:07+01:00',
      2147483647,
      2147483647000,
      253402300799,
      253402300799000,
      9223372036854775807n,
      2 ** 63,
      '9223372036854775807',
      18446744073709551615n,
      8640000000000000,
      3155378975999999999n,
      Number.MAX_SAFE_INTEGER,
      Infinity,
      'Infinity',
      'never',
      '/Date(253402300799000)/',
      new Date(8.64e15),
    ].map((value): [unknown, TimeReading] => [value, 'never']),
    // Something that nobody here understands.
    ...[
      true,
      NaN,
      'yesterday',
      '15 January 2024',
      '01/02/2024',
      '2024-13-15',
      '2023-02-29',
      '2024-01-15T25:00:00Z',
      '2024-01-15T24:00:01Z',
      '2024-01-15T12:60:00Z',
      '2024-01-15T12:00:00 Mars',
      'Wed, 10 Foo 2020 09:05:27 GMT',
      '0x5EE0A5D7',
      86401,
      1e20,
      '1'.repeat(200),
      [1591779927],
      { at: 1591779927 },
      new Date(NaN),
      () => MOMENT,
      Symbol('now'),
    ].map((value): [unknown, TimeReading] => [value, 'unreadable']),
  ];
  it.each(cases.map(([value, reading]) => [typeof value, String(value), reading, value] as const))(
    'as %s: %s is %s',
    (_type, _text, reading, value) => {
      expect(readTime(value)).toBe(reading);
    },
  );

  /** Every form that services write, of a moment. Some have no milliseconds. */
  const FORMS: Readonly<Record<string, (moment: number) => unknown>> = {
    ISO: (moment) => new Date(moment).toISOString(),
    'ISO without a zone': (moment) => new Date(moment).toISOString().replace('Z', ''),
    'ISO with a space': (moment) => new Date(moment).toISOString().replace('T', ' '),
    'ISO of an offset': (moment) => new Date(moment + 5.75 * 3_600_000).toISOString().replace('Z', '+05:45'),
    'ISO of an offset without a colon': (moment) =>
      new Date(moment - 3.5 * 3_600_000).toISOString().replace('Z', '-0330'),
    'ISO with seven digits': (moment) => new Date(moment).toISOString().replace('Z', '9876Z'),
    'ISO with seconds': (moment) => new Date(moment).toISOString().replace(/\.\d+/, ''),
    'ISO without separators': (moment) => new Date(moment).toISOString().replace(/[-:]|\.\d+/g, ''),
    HTTP: (moment) => new Date(moment).toUTCString(),
    'toString()': (moment) => String(new Date(moment)),
    asctime: (moment) =>
      new Date(moment).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 $4'),
    'a Date': (moment) => new Date(moment),
    '/Date()/': (moment) => `/Date(${moment})/`,
    seconds: (moment) => Math.floor(moment / 1000),
    'seconds as text': (moment) => String(Math.floor(moment / 1000)),
    'seconds with decimals': (moment) => moment / 1000,
    'seconds with decimals as text': (moment) => (moment / 1000).toFixed(3),
    milliseconds: (moment) => moment,
    'milliseconds as text': (moment) => String(moment),
    microseconds: (moment) => moment * 1000,
    'microseconds as text': (moment) => String(moment * 1000),
    nanoseconds: (moment) => moment * 1e6,
    'nanoseconds as text': (moment) => String(BigInt(moment) * 1_000_000n),
    'nanoseconds as a large number': (moment) => BigInt(moment) * 1_000_000n,
  };
  const IN_SECONDS = /with seconds|without separators|HTTP|toString|asctime|^seconds(?: as text)?$/;

  it.each(Object.entries(FORMS))(
    'is the same moment in every form, for every date of this century: %s',
    (name, form) => {
      const moments = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2090, 0, 1) }).filter((moment) => {
        const second = Math.floor(moment / 1000);
        return second !== 1037318400 && second !== 2147483647;
      });
      fc.assert(
        fc.property(moments, (moment) => {
          const expected = IN_SECONDS.test(name) ? Math.floor(moment / 1000) * 1000 : moment;
          expect(readTime(form(moment))).toBe(expected);
        }),
        { numRuns: 2000 },
      );
    },
  );

  it('is a moment that a date can hold, or one of three words, whatever there is', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true, withBigInt: true }), (value) => {
        const reading = readTime(value);
        if (typeof reading !== 'number') expect([undefined, 'never', 'unreadable']).toContain(reading);
        else {
          expect(Number.isInteger(reading)).toBe(true);
          expect(new Date(reading).getTime()).toBe(reading);
        }
      }),
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
