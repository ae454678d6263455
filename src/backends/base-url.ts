/** What relative addresses are relative to; nothing where there is no page. All that the backends know of one. */
export function baseUrl(): string | undefined {
  return globalThis.document?.baseURI;
}
