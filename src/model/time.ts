const DAY = 86_400_000;

/** Before this it is the epoch, in whatever zone, or one of the years that stand for none: 0001, 1601, 1753, 1900. */
const FIRST_TIME = DAY;
/** From this on nobody means a day: 9999-12-31 and the largest number there is are ways to say "never". */
const NEVER = Date.UTC(2200, 0, 1);
/** So are the last day of this century, and the midnight after it. */
const CENTURY_END = Date.UTC(2099, 11, 31);
/** The launch of Xbox Live, which its service sends for "no date". */
const XBOX_LAUNCH = Date.UTC(2002, 10, 15);
/** The last second of a signed 32-bit number. */
const LAST_32_BIT_SECOND = 2 ** 31 - 1;
/** 9999-12-31 in seconds, which would be a day of 1978 in milliseconds. */
const LAST_DAY_SECONDS = 253_402_300_799;
/** Units smaller than a millisecond are only believed for times that services of today can tell. */
const EARLIEST_SMALL_UNIT = Date.UTC(2000, 0, 1);
/** The last moment that .NET counts, in its own unit, which would be a day of 2069 in nanoseconds. */
const LAST_TICK = 3_155_378_976_000_000_000;
/** Just above the last day of a `Date` and the largest whole number that is surely itself. */
const LAST_SAFE = 1e16;
/** The largest number of 64 bits. */
const LARGEST_INTEGER = 2 ** 64;

/**
 * What a value says of a time, in epoch milliseconds. Three things are not the same: `undefined` says nothing, or that
 * there is none; `never` is a day so far that it means no day at all; `unreadable` says something that nobody here
 * understands.
 */
export type TimeReading = number | 'never' | 'unreadable' | undefined;

/** Numbers count from 1970, in whichever unit makes a likely time of them; the ranges of the units do not overlap. */
function fromNumber(value: number): TimeReading {
  if (Number.isNaN(value)) return 'unreadable';
  // Everything before 1970 stands for none, and -1 does too.
  if (value * 1000 < FIRST_TIME) return undefined;
  if (value < 1e8) return 'unreadable';
  // By way of whole microseconds: a number with decimals, or with as many digits as nanoseconds have, lacks a little.
  if (value < NEVER / 1000) return settle(Math.round(value * 1e6) / 1e3);
  if (value < 1e11 || Math.abs(value - LAST_DAY_SECONDS) <= DAY / 1000) return 'never';
  if (value < NEVER) return settle(value);
  if (value < EARLIEST_SMALL_UNIT * 1e3) return 'never';
  if (value < NEVER * 1e3) return settle(value / 1e3);
  if (value < LAST_SAFE) return 'never';
  // Here are the ticks of .NET and of Windows, whose numbers could be others too.
  if (value < EARLIEST_SMALL_UNIT * 1e6) return 'unreadable';
  if (Math.abs(value - LAST_TICK) < 1e9) return 'never';
  if (value < NEVER * 1e6) return settle(Math.round(value / 1e3) / 1e3);
  return value <= LARGEST_INTEGER || value === Infinity ? 'never' : 'unreadable';
}

/** The day that a moment means, without the moments that stand for something else. */
function settle(moment: number): TimeReading {
  if (Number.isNaN(moment)) return 'unreadable';
  if (moment < FIRST_TIME) return undefined;
  const second = Math.floor(moment / 1000);
  if (second * 1000 === XBOX_LAUNCH) return undefined;
  const isCenturyEnd = moment >= CENTURY_END && moment <= CENTURY_END + DAY;
  return moment >= NEVER || isCenturyEnd || second === LAST_32_BIT_SECOND ? 'never' : Math.trunc(moment);
}

const TIME = String.raw`(\d\d?)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC?|GMT|[+-]\d\d(?::?\d\d)?)?`;
const ISO = new RegExp(String.raw`^([+-]?\d{4,6})([-/])(\d\d?)\2(\d\d?)(?:(?:T|\s+)${TIME})?$`, 'i');
const BASIC_ISO = new RegExp(String.raw`^(\d{4})()(\d\d)(\d\d)(?:T?${TIME})?$`, 'i');
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e\+?\d+)?$/i;
/** A number that says a day, and would be no likely one as a count. */
const BASIC_DATE = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6})?$/;
/** RFC 9110 section 5.6.7 with the two old forms, RFC 5322, and what ECMAScript makes of a date. */
const DAY_FIRST =
  /^(?:[a-z]{3,9},?\s+)?(\d\d?)[\s-]([a-z]{3})[a-z]*[\s-](\d{4}|\d\d)\s+(\d\d?):(\d\d)(?::(\d\d))?\s*(Z|UTC?|GMT|[+-]\d{4})?$/i;
const MONTH_FIRST =
  /^[a-z]{3},?\s+([a-z]{3})\s+(\d\d?)\s+(?:(\d{4})\s+)?(\d\d):(\d\d):(\d\d)(?:\s+(?:GMT|UTC)?([+-]\d{4})?)?(?:\s+\([^)]*\))?(?:\s*(\d{4}))?$/i;
/** As .NET's older serialisers write it. */
const NET_DATE = /^\\?\/Date\((-?\d{1,17})(?:[+-]\d{4})?\)\\?\/$/;
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const NOTHING = /^(?:null|none|nil|nan|undefined|false|no|n\/a|-|-infinity)?$/i;
const NEVER_WORDS = /^(?:never|infinity)$/i;

/** Minutes east of UTC. A time without a zone is one of UTC. */
function zoneOf(text: string | undefined): number {
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d\d):?(\d\d)?$/.exec(text ?? '') ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

interface DateParts {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly time: readonly [
    hours: string | undefined,
    minutes: string | undefined,
    seconds: string | undefined,
    fraction: string | undefined,
  ];
  readonly zone: string | undefined;
}

function fromParts({ year, month, day, time, zone }: DateParts): TimeReading {
  // Whatever the rest says: `0000-00-00`, `-0001-11-30` and `0001-01-01` are no dates.
  if (year < 1970) return undefined;
  const [hours, minutes, seconds] = time.slice(0, 3).map((part) => Number(part ?? 0)) as [number, number, number];
  // Fractions of any length are cut to three digits: ECMAScript promises no more.
  const milliseconds = Number((time[3] ?? '').slice(0, 3).padEnd(3, '0'));
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDay = month >= 1 && month <= 12 && date.getUTCDate() === day;
  const isTime = minutes < 60 && seconds <= 60 && (hours < 24 || (hours === 24 && minutes + seconds === 0));
  if (!isDay || !isTime) return 'unreadable';
  return settle(date.getTime() + (((hours * 60 + minutes - zoneOf(zone)) * 60 + seconds) * 1000 + milliseconds));
}

function monthOf(name: string | undefined): number {
  const index = MONTHS.indexOf((name ?? '').toLowerCase());
  return index % 3 === 0 ? index / 3 + 1 : 0;
}

function fromText(text: string): TimeReading {
  if (NOTHING.test(text)) return undefined;
  if (NEVER_WORDS.test(text)) return 'never';
  // Longer is no time, and some of these patterns would look at all of it. Fractions may be long, and the names of zones.
  const short = text.length > 64 ? text.replace(/(\.\d{3})\d+/, '$1').replace(/ \([^()]*\)$/, '') : text;
  if (short.length > 64) return 'unreadable';
  // The layout of Go in place of a time, as the documentation of Talon.One has it.
  if (short.endsWith('Z07:00')) return undefined;
  if (NUMBER.test(short) && !BASIC_DATE.test(short)) return fromNumber(Number(short));
  const iso = ISO.exec(short) ?? BASIC_ISO.exec(short);
  if (iso) {
    const [, year, , month, day, hours, minutes, seconds, fraction, zone] = iso;
    const parts = { year: Number(year), month: Number(month), day: Number(day), zone };
    return fromParts({ ...parts, time: [hours, minutes, seconds, fraction] });
  }
  const dayFirst = DAY_FIRST.exec(short);
  if (dayFirst) {
    const [, day, month, written = '', hours, minutes, seconds, zone] = dayFirst;
    const year = Number(written) + (written.length > 2 ? 0 : Number(written) < 70 ? 2000 : 1900);
    const parts = { year, month: monthOf(month), day: Number(day), zone };
    return fromParts({ ...parts, time: [hours, minutes, seconds, undefined] });
  }
  const monthFirst = MONTH_FIRST.exec(short);
  if (monthFirst) {
    const [, month, day, before, hours, minutes, seconds, zone, after] = monthFirst;
    const parts = { year: Number(before ?? after), month: monthOf(month), day: Number(day), zone };
    return fromParts({ ...parts, time: [hours, minutes, seconds, undefined] });
  }
  const net = NET_DATE.exec(short);
  return net ? settle(Number(net[1])) : 'unreadable';
}

/**
 * Reads a time in any of the forms that services and pages give it in: RFC 3339 and the usual forms of ISO 8601 (a day
 * alone, `+0200`, without seconds, without separators; a missing zone means UTC), the dates of HTTP (RFC 9110 section
 * 5.6.7) and of mail, seconds, milliseconds, microseconds and nanoseconds since 1970 as a number or as text, `/Date(…)/`
 * of .NET, and a `Date`.
 *
 * The epoch and everything before it (0001-01-01, 1601-01-01, 1753-01-01, 1900-01-01, -1) are no date, and neither is
 * 2002-11-15T00:00:00Z. The year 2200 and everything after it, such as 9999-12-31, the last day of 2099 and
 * 2038-01-19T03:14:07Z are `never`.
 */
export function readTime(value: unknown): TimeReading {
  switch (typeof value) {
    case 'number':
      return fromNumber(value);
    case 'bigint':
      return fromNumber(Number(value));
    case 'string':
      return fromText(value.trim());
    case 'object':
      if (value === null || Object.keys(value).length > 0) return value === null ? undefined : 'unreadable';
      try {
        return settle(Date.prototype.getTime.call(value as Date));
      } catch {
        // PHP writes an empty object as an empty list, and means nothing by either.
        return undefined;
      }
    default:
      return value ? 'unreadable' : undefined;
  }
}

/**
 * The time that a value tells, as `readTime` reads it.
 * @returns epoch milliseconds; `undefined` where it tells none
 */
export function parseTime(value: unknown): number | undefined {
  const reading = readTime(value);
  return typeof reading === 'number' ? reading : undefined;
}

/**
 * Reads a .NET TimeSpan, `[d.]hh:mm:ss[.fffffff]` (Xbox `estimatedTime`).
 * @returns seconds; `undefined` for zero, which services send for "not estimated", and for anything else
 */
export function parseTimeSpan(text: unknown): number | undefined {
  const match = /^(?:(\d{1,6})\.)?(\d{1,6}):(\d\d?):(\d\d?)(?:\.\d+)?$/.exec(typeof text === 'string' ? text : '');
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  return total > 0 ? total : undefined;
}
