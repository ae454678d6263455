import { parseUrl } from '../model/url.js';

/**
 * Checks an origin that somebody is trusted by: one exact origin as a browser writes it, such as `https://game.example`.
 * @throws {TypeError} where it is none; `*` and `null` stand for anybody
 */
export function checkOrigin(origin: string): void {
  let isExact = /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@*]+$/.test(origin);
  // Browsers know how theirs are written: in lower case, without a default port.
  if (isExact && /^https?:/.test(origin)) isExact = parseUrl(origin)?.origin === origin;
  if (isExact) return;
  throw new TypeError(
    `"${String(origin)}" is not an origin. Write it as location.origin gives it, for instance "https://game.example"; ` +
      'a page without an origin of its own, such as a file or a sandboxed frame, cannot be told from any other.',
  );
}
