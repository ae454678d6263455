import { ProblemError } from '../model/problem.js';
import { baseUrl } from './base-url.js';

/** An address that a backend asks. */
export interface Source {
  /** The absolute URL without user name, password and fragment; the text as given where it is no URL. */
  readonly scope: string;
  /**
   * The absolute URL to ask.
   * @throws {ProblemError} `not-found` where the address is missing or cannot be used
   */
  url(): string;
}

/**
 * Reads an address; a relative one is relative to the document, where there is one. Nothing is thrown before it is
 * used, so that an element can be built with an address that is wrong or still missing.
 * @param segment what is asked below the address instead: one more segment of its path, with the same query
 */
export function sourceOf(src: string, segment?: string): Source {
  let scope = String(src ?? '');
  let wrong: string | undefined = 'src is missing.';
  if (scope.trim()) {
    try {
      const url = new URL(scope, baseUrl());
      // fetch() refuses such an address, and its error would read as if the network were down.
      wrong = url.username || url.password ? 'src holds a password. Use a token.' : undefined;
      url.username = url.password = url.hash = '';
      if (segment) url.pathname = `${url.pathname.replace(/\/+$/, '')}/${segment}`;
      scope = url.href;
    } catch {
      wrong = 'src is not a URL. Check the address.';
    }
  }
  return {
    scope,
    url() {
      if (wrong) throw new ProblemError({ code: 'not-found', message: wrong });
      return scope;
    },
  };
}

/** The URL with one query member replaced, `remove` left out and every other one kept to the letter. */
export function withQuery(url: string, name: string, value: string | number, remove?: string): string {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  const kept = query.split('&').filter((member) => member && ![name, remove].includes(member.split('=')[0]));
  return `${path}?${[...kept, `${name}=${encodeURIComponent(value)}`].join('&')}`;
}
