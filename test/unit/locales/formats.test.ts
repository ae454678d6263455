import { afterEach, describe, expect, it, vi } from 'vitest';
import { Formats } from '../../../src/locales/formats.js';
import { plain, tags } from './support.js';

const NOW = Date.UTC(2026, 0, 14, 12);
/** What no service should tell, and some do. */
const ODD = [NaN, Infinity, -Infinity, undefined, null, 8.64e15 + 1, -8.64e15 - 1, 1e300, -1e300, '7', {}] as const;
const languages = ['en', ...tags];

describe.each(languages)('in %s', (tag) => {
  const formats = new Formats(tag);

  it('nothing throws, and nothing reads as NaN or as an invalid date, whatever it is given', () => {
    for (const odd of [...ODD, 0, -0, 1e-300, 8.64e15, -8.64e15, Number.MAX_SAFE_INTEGER]) {
      const given = odd as number;
      const what = JSON.stringify(odd) ?? 'undefined';
      const texts = [
        formats.number(given),
        formats.percent(given),
        formats.number({ value: given, bound: 'below' }),
        formats.percent({ value: given, bound: 'above' }),
        formats.date(given),
        formats.dateTime(given),
        formats.day(given),
        formats.dayTime(given),
        formats.time(given),
        formats.duration(given),
        formats.until(given, NOW).text,
        formats.until(NOW, given).text,
        formats.list([given as unknown as string]),
      ];
      for (const text of texts) {
        expect(text, what).toBeTypeOf('string');
        expect(text, what).not.toMatch(/NaN|invalid|infinity|∞|undefined|null|\[object/i);
        expect(text.length, what).toBeLessThan(60);
      }
    }
  });

  it('what no calendar has is no text', () => {
    for (const odd of ODD) {
      const moment = odd as number;
      expect([formats.date(moment), formats.dateTime(moment), formats.time(moment)]).toEqual(['', '', '']);
      expect([formats.day(moment), formats.dayTime(moment)]).toEqual(['', '']);
      expect(formats.until(moment, NOW)).toEqual({ text: '', changesIn: Infinity });
    }
    expect(formats.date(8.64e15)).not.toBe('');
  });

  it('a bound stands before the number', () => {
    expect(plain(formats.percent({ value: 0.1, bound: 'below' }))).toBe(`<${plain(formats.percent(0.1))}`);
    expect(plain(formats.number({ value: 0.01, bound: 'below' }))).toBe(`<${plain(formats.number(0.01))}`);
    expect(plain(formats.percent({ value: 99.9, bound: 'above' }))).toBe(`>${plain(formats.percent(99.9))}`);
  });
});

describe('numbers', () => {
  const formats = new Formats('en');

  it.each([
    [1250.5, '1,250.5'],
    [0.001, '<0.01'],
    [-0, '0'],
    [-0.001, '0'],
    [1e300, '1E300'],
    [999_999_999_999_999, '999,999,999,999,999'],
    [NaN, ''],
  ])('%d reads as %s', (number, text) => {
    expect(formats.number(number)).toBe(text);
  });

  it.each([
    [99.96, '99.9%'],
    [0.01, '<0.1%'],
    [33.33, '33.3%'],
    [100, '100%'],
    [0, '0%'],
    [1e300, ''],
  ])('%d percent reads as %s', (number, text) => {
    expect(formats.percent(number)).toBe(text);
  });
});

/** The formats of somebody whose device is in that time zone: what names no zone is shown in this one. */
function formatsIn(timeZone: string): Formats {
  const { DateTimeFormat } = Intl;
  class There extends DateTimeFormat {
    constructor(locale?: string | string[], options?: Intl.DateTimeFormatOptions) {
      super(locale, { timeZone, ...options });
    }
  }
  vi.stubGlobal('Intl', Object.assign(Object.create(Intl) as typeof Intl, { DateTimeFormat: There }));
  return new Formats('en');
}

describe.each(['UTC', 'Pacific/Honolulu', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Kiritimati'])(
  'a day that was told without a time, in %s',
  (zone) => {
    const day = Date.UTC(2026, 2, 1);
    afterEach(() => vi.unstubAllGlobals());

    it('reads as that day, and without a time that nobody told', () => {
      const formats = formatsIn(zone);
      expect([formats.day(day), formats.dayTime(day)]).toEqual(['March 1, 2026', 'March 1, 2026']);
    });

    it('any other moment has the time of the place', () => {
      const formats = formatsIn(zone);
      for (const moment of [day + 1, day - 60_000, day + 12 * 3_600_000]) {
        expect(formats.day(moment)).toBe(formats.date(moment));
        expect(formats.dayTime(moment)).toBe(formats.dateTime(moment));
      }
    });

    it('and would not without that rule, west of Greenwich (control)', () => {
      const isWest = new Date(day).toLocaleString('en', { timeZone: zone, day: 'numeric' }) !== '1';
      expect(formatsIn(zone).date(day)).toBe(isWest ? 'February 28, 2026' : 'March 1, 2026');
      expect(isWest).toBe(zone === 'Pacific/Honolulu' || zone === 'America/Los_Angeles');
    });
  },
);
