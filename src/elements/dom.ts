// The document as it is: an `<img name="visibilityState">` of the host is what `document.visibilityState` gives, and so on
// for every name, since what is named so wins over the document's own members. Those of the prototypes are always theirs.

const get = <T>(owner: { readonly prototype: object }, name: string): T =>
  Reflect.get(owner.prototype, name, document) as T;

export const pageElement = (): HTMLElement => get(Document, 'documentElement');

/** Absent while the page is parsed. */
export const pageBody = (): HTMLElement | null => get(Document, 'body');

/** An element of that name is no text; a text is what the page says, also one that a test has put there. */
export function isPageHidden(): boolean {
  const said: unknown = document.visibilityState;
  return (typeof said === 'string' ? said : get(Document, 'visibilityState')) === 'hidden';
}

export const activeElement = (): Element | null => get(Document, 'activeElement');

export function createElement<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
  return Document.prototype.createElement.call(document, name) as HTMLElementTagNameMap[Name];
}

/** As `document.addEventListener` and its counterpart. */
export function listenToPage(type: string, listener: () => void, options?: AddEventListenerOptions): void {
  EventTarget.prototype.addEventListener.call(document, type, listener, options);
}

export function unlistenToPage(type: string, listener: () => void): void {
  EventTarget.prototype.removeEventListener.call(document, type, listener);
}
