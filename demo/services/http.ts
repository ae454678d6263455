/** A service in the web's own terms, so that it runs in Node, in a browser and in a test alike. */
export type Handler = (request: Request) => Promise<Response>;

/** The connection broke before there was an answer: `fetch` rejects with a TypeError, a Node server drops the socket. */
export class ConnectionLost extends TypeError {
  override readonly name = 'ConnectionLost';
}

export function answerJson(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

export function emptyAnswer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers });
}

/** The body of a request that should hold a JSON object; `undefined` where it does not. */
export async function readObject(request: Request): Promise<Record<string, unknown> | undefined> {
  try {
    const body: unknown = await request.json();
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A whole number from a query; `undefined` where the parameter is absent, NaN where it is none. */
export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** A comma-separated list from a query; `undefined` where the parameter is absent or empty. */
export function commaList(query: URLSearchParams, name: string): string[] | undefined {
  const items = (query.get(name) ?? '').split(',').filter((item) => item !== '');
  return items.length > 0 ? items : undefined;
}

/** Decodes a part of a URL; what is no valid encoding stays as it is and matches nothing. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** 32 bits of FNV-1a with a final mix: the same text always gives the same made-up digits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** A GUID that follows from a text. */
export function guid(text: string): string {
  const hex = [0, 1, 2, 3].map((part) => hash(`${part}/${text}`).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
