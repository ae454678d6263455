declare const safe: unique symbol;
/** A URL that passed the allow-list: the only kind that may reach an `href` or a `src`. */
export type SafeUrl = string & { readonly [safe]: true };

/** What the host allows. */
export interface UrlPolicy {
  /** What relative URLs are relative to, and whether plain `http:` is allowed: only beside a base that is `http:` too. */
  readonly base: string;
  /** Further schemes for links, with or without the colon, such as `steam`. Never `javascript`, `data`, `vbscript` or `blob`. */
  readonly linkSchemes?: readonly string[];
}

/** Whatever a host lists: these run code or forge a page in place. */
const NEVER_LINKED = new Set(['javascript:', 'data:', 'vbscript:', 'blob:', 'filesystem:']);

/** Raster pictures only: SVG can hold scripts. The limit is in characters of the URL, about 6 kB of picture. */
const SMALL_RASTER_DATA = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/]+=*$/;
const LONGEST_DATA_URL = 8192;

/** A URL, where a text is one. `URL.canParse()` is too new for the browsers in games and streaming programs. */
export function parseUrl(text: string | undefined, base?: string): URL | undefined {
  if (!text) return undefined;
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

function isWeb(url: URL, base: string): boolean {
  // A user name before an @ is there to make a foreign host look like a known one.
  if (url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && base.startsWith('http:'));
}

/** A picture's URL, serialised, if it is allowed: `https:`, `http:` on an `http:` page, small raster `data:`. */
export function safeImage(text: string | undefined, { base }: UrlPolicy): SafeUrl | undefined {
  if (text?.startsWith('data:')) {
    return text.length <= LONGEST_DATA_URL && SMALL_RASTER_DATA.test(text) ? (text as SafeUrl) : undefined;
  }
  return safeFile(text, { base });
}

/** An address that a URL parser gives back to the letter, and that is allowed everywhere: parsing takes longer. */
const PLAIN_ADDRESS =
  /^https:\/\/[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+\/(?:[\w~-][\w.~-]*\/)*(?:[\w~-][\w.~-]*)?(?:\?[\w=&.~%-]*)?$/;

/** The URL of a file that is no picture, such as a sound, serialised, if it is allowed: `https:`, `http:` on an `http:` page. */
export function safeFile(text: string | undefined, { base }: UrlPolicy): SafeUrl | undefined {
  if (text !== undefined && text.length < 512 && PLAIN_ADDRESS.test(text)) return text as SafeUrl;
  const url = parseUrl(text, base);
  return url && isWeb(url, base) ? (url.href as SafeUrl) : undefined;
}

/** Whether a text would run code or forge a page if anybody opened it: such a link is not even offered. */
export function isDangerousLink(text: string): boolean {
  const url = parseUrl(text, 'about:blank');
  return url !== undefined && NEVER_LINKED.has(url.protocol);
}

/**
 * A link's URL, serialised, if it is allowed: `https:`, `http:` on an `http:` page, and the schemes that the host lists.
 * A text without a scheme is no link: services put opaque texts there.
 */
export function safeLink(text: string | undefined, { base, linkSchemes = [] }: UrlPolicy): SafeUrl | undefined {
  const url = parseUrl(text, 'about:blank');
  if (!url || NEVER_LINKED.has(url.protocol)) return undefined;
  if (isWeb(url, base)) return url.href as SafeUrl;
  const listed = linkSchemes.some((scheme) => `${scheme.replace(/:$/, '').toLowerCase()}:` === url.protocol);
  return listed && url.protocol !== 'http:' ? (url.href as SafeUrl) : undefined;
}
