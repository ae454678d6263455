/**
 * A short digest of a text, to tell whether an answer is the same as the last one. It is no cryptographic hash: those
 * need a secure context, and a page on plain `http:` or in a game overlay has none. The mixing is that of cyrb53
 * (public domain), with the length in front.
 */
export function digestOf(text: string): string {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 2654435761);
    high = Math.imul(high ^ unit, 1597334677);
  }
  const mixedLow = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  const mixedHigh = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(mixedLow ^ (mixedLow >>> 13), 3266489909);
  return [text.length, mixedLow >>> 0, mixedHigh >>> 0].map((part) => part.toString(36)).join('-');
}
