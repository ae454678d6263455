/**
 * What relative addresses are relative to; nothing where there is no page. All that the backends know of one. Not
 * `document.baseURI`: the host may have an element of that name.
 */
export function baseUrl(): string | undefined {
  const { document } = globalThis;
  return typeof Node === 'undefined'
    ? document?.baseURI
    : document && Reflect.get<Node, 'baseURI'>(Node.prototype, 'baseURI', document);
}
