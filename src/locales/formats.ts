import { shownNumber, shownPercent, type ShownNumber } from '../model/numbers.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The last moment that a `Date` can hold, in epoch milliseconds; the first one is as far on the other side of 0. */
const LAST_MOMENT = 8.64e15;
/** Nobody reads more digits than this number has. */
const LONG = 1e15;

/** A distance in time as people say it, and when they would say it differently. */
export interface RelativeTime {
  readonly text: string;
  /** Milliseconds until the text is no longer right. */
  readonly changesIn: number;
}

const isMoment = (moment: unknown) => typeof moment === 'number' && Math.abs(moment) <= LAST_MOMENT;

/**
 * Numbers, dates and durations in one language; formatters are slow to make, so one of each is kept. None of them throws,
 * whatever it is given: what is no number, no moment or no length is an empty text.
 */
export class Formats {
  readonly #formatters = new Map<string, unknown>();
  readonly #locale: string;

  /** @param locale a BCP 47 tag */
  constructor(locale: string) {
    this.#locale = locale;
  }

  #keep<T>(name: string, make: (locale: string) => T): T {
    const kept = this.#formatters.get(name) as T | undefined;
    if (kept !== undefined) return kept;
    const made = make(this.#locale);
    this.#formatters.set(name, made);
    return made;
  }

  /** Makes what almost every card needs, while there is time: each takes milliseconds. */
  prepare(): void {
    this.number(0);
    this.percent(0);
    this.date(0);
  }

  /** With the sign of its bound before it: in a text from right to left it is mirrored, and stands on the right. */
  #bounded(name: string, { bound, value }: ShownNumber, options: Intl.NumberFormatOptions): string {
    if (typeof value !== 'number' || !Number.isFinite(value)) return '';
    const text = this.#keep(name, (locale) => new Intl.NumberFormat(locale, options)).format(value);
    return bound ? `${bound === 'below' ? '<' : '>'}${text}` : text;
  }

  /** "1,250.5", "<0.01" for what is less and more than nothing, "1E300" for what nobody would read. */
  number(value: number | ShownNumber): string {
    const shown = typeof value === 'number' ? shownNumber(value) : { ...value };
    return shown.value > -LONG && shown.value < LONG
      ? this.#bounded('number', shown, { maximumFractionDigits: 2 })
      : this.#bounded('long', shown, { notation: 'scientific', maximumFractionDigits: 2 });
  }

  /** @param value 0 to 100 */
  percent(value: number | ShownNumber): string {
    const shown = typeof value === 'number' ? shownPercent(value) : { ...value };
    if (!(shown.value > -LONG && shown.value < LONG)) return '';
    const options = { style: 'percent', maximumFractionDigits: 1 } as const;
    return this.#bounded('percent', { ...shown, value: shown.value / 100 }, options);
  }

  date(moment: number): string {
    if (!isMoment(moment)) return '';
    return this.#keep('date', (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' })).format(moment);
  }

  dateTime(moment: number): string {
    if (!isMoment(moment)) return '';
    return this.#keep(
      'dateTime',
      (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }),
    ).format(moment);
  }

  /**
   * The day on which something happened. One that was told without a time is midnight in UTC, and nobody's midnight: it
   * reads as that day in every time zone.
   */
  day(moment: number): string {
    if (!isMoment(moment) || moment % DAY !== 0) return this.date(moment);
    return this.#keep(
      'day',
      (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
    ).format(moment);
  }

  /** The same with the time, where one was told. */
  dayTime(moment: number): string {
    return moment % DAY === 0 ? this.day(moment) : this.dateTime(moment);
  }

  time(moment: number): string {
    if (!isMoment(moment)) return '';
    return this.#keep('time', (locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' })).format(moment);
  }

  list(items: readonly string[]): string {
    return this.#keep('list', (locale) => new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' })).format(
      items.filter((item) => typeof item === 'string'),
    );
  }

  /** A rough length: "6 hr" from an hour up, else minutes. */
  duration(seconds: number): string {
    if (!(seconds >= 0 && seconds < LONG)) return '';
    const [unit, value] =
      seconds >= 3600 ? (['hour', seconds / 3600] as const) : (['minute', Math.max(1, seconds / 60)] as const);
    return this.#keep(
      unit,
      (locale) =>
        new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }),
    ).format(value);
  }

  /**
   * How far `moment` lies after `now`, rounded down so that nobody comes too late: "in 2 days", "in 9 hours"; "in 9h" in
   * the `narrow` style. Nothing for a moment that no calendar has.
   */
  until(moment: number, now: number, style: 'long' | 'narrow' = 'long'): RelativeTime {
    if (!isMoment(moment) || !isMoment(now)) return { text: '', changesIn: Infinity };
    const distance = Math.max(0, moment - now);
    const [unit, length] =
      distance >= 2 * DAY
        ? (['day', DAY] as const)
        : distance >= HOUR
          ? (['hour', HOUR] as const)
          : (['minute', MINUTE] as const);
    const value = Math.max(unit === 'minute' ? 1 : 0, Math.floor(distance / length));
    const text = this.#keep(
      `until ${style}`,
      (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always', style }),
    ).format(value, unit);
    return { text, changesIn: Math.max(MINUTE, (distance % length) + 1) };
  }
}

const kept = new Map<string, Formats>();

/** The formats of a language, shared by everything on the page. */
export function formatsFor(locale: string): Formats {
  let formats = kept.get(locale);
  if (!formats) {
    formats = new Formats(locale);
    kept.set(locale, formats);
  }
  return formats;
}
