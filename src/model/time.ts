/** Before this, a date is a service's way of saying "none": 1753-01-01 and 0001-01-01 are seen for it. */
const EARLIEST_TIME = Date.UTC(1970, 0, 1);

const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:\d\d)?$/;

/**
 * Reads an RFC 3339 time. Fractions of any length are cut to three digits, since ECMAScript promises no more; a
 * missing zone means UTC. Sentinels (any year before 1970, such as `0001-01-01T00:00:00Z`), empty and invalid texts
 * give `undefined`: absent means absent.
 * @returns epoch milliseconds
 */
export function parseTime(text: string | null | undefined): number | undefined {
  const match = RFC3339.exec(text ?? '');
  if (!match) return undefined;
  const [, day, time, fraction = '', zone = 'Z'] = match;
  const parsed = Date.parse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${zone.toUpperCase()}`);
  return Number.isNaN(parsed) || parsed < EARLIEST_TIME ? undefined : parsed;
}

/**
 * Reads a .NET TimeSpan, `[d.]hh:mm:ss[.fffffff]` (Xbox `estimatedTime`).
 * @returns seconds; `undefined` for zero, which services send for "not estimated", and for anything else
 */
export function parseTimeSpan(text: string | null | undefined): number | undefined {
  const match = /^(?:(\d+)\.)?(\d+):(\d\d?):(\d\d?)(?:\.\d+)?$/.exec(text ?? '');
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  return total > 0 ? total : undefined;
}
