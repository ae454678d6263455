import { parseUrl } from '../model/url.js';

// Where reports go, as far as it tells one queue from another.

/** Members of a query that say which deployment it is, where their value has a digit: `v=2`, `build=1.4.0`, `hash=9f3c`. */
const VERSIONS = /^(?:v|ver|version|rev|revision|build|release|hash)$/i;
const VERSION = /^[\w.+-]*\d[\w.+-]*$/;

/** Members that are there to get past a cache, where their value is a time or a random number. A short one may name a title. */
const BUSTERS = /^(?:_|t|ts|time|timestamp|cb|cachebust|cachebuster|nocache|bust|rnd|rand|random)$/i;
const BUST = /^(?:\d{9,}|0?\.\d+)$/;

/** A query that is nothing but a time or a digest: `?1700000000000`, `?9f3c2a1b`. */
const BARE = /^(?:\d{9,}|(?=[a-f]*\d)[\da-f]{8,64})$/i;

/** Combined services and Xbox write URLs into a longer text. */
const URLS = /https?:\/\/[^\s"\\]+/g;

function isNoise(member: string): boolean {
  const [name = '', value] = member.split(/=(.*)/s);
  if (value === undefined) return BARE.test(name);
  return (VERSIONS.test(name) && VERSION.test(value)) || (BUSTERS.test(name) && BUST.test(value));
}

function eachUrl(scope: string, change: (url: URL) => string): string {
  return scope.replace(URLS, (text) => {
    const url = parseUrl(text);
    return url ? change(url) : text;
  });
}

/**
 * The scope without what a deployment changes in it: reports that wait for `/a?v=1` go to `/a?v=2`. Members of the query
 * that may mean anything else count, in whatever order they stand.
 */
export function reportScopeOf(scope: string): string {
  return eachUrl(scope, (url) => {
    const members = url.search.slice(1).split('&');
    const kept = members.filter((member) => member !== '' && !isNoise(member)).sort();
    return `${url.origin}${url.pathname}${kept.length > 0 ? `?${kept.join('&')}` : ''}`;
  });
}

/** The scope for people: without queries, which may hold names and keys. */
export function addressOf(scope: string): string {
  return eachUrl(scope, ({ origin, pathname }) => origin + pathname);
}
