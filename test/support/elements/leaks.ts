import { executeServerCommand, a11ySnapshot } from '@web/test-runner-commands';

/** Where a text was found that must not be there. */
export interface Leak {
  readonly place: 'document' | 'rendered text' | 'accessibility tree' | 'request' | 'event' | 'console';
  readonly detail: string;
}

const cut = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** Every text of a tree as the browser holds it: texts, comments, attributes, templates, style sheets, shadow roots. */
function* textsOf(node: Node): Generator<string> {
  if (node instanceof CharacterData) yield `${node.nodeName} ${node.data}`;
  if (node instanceof Element) {
    for (const { name, value } of node.attributes) yield `<${node.localName} ${name}="${value}">`;
    if (node.shadowRoot) yield* textsOf(node.shadowRoot);
  }
  if (node instanceof HTMLTemplateElement) yield* textsOf(node.content);
  if (node instanceof ShadowRoot) {
    for (const sheet of node.adoptedStyleSheets) for (const rule of sheet.cssRules) yield rule.cssText;
  }
  for (const child of node.childNodes) yield* textsOf(child);
}

/** What a person could select and copy; the browser leaves shadow roots out of it, so each is asked for its own. */
function* renderedTextsOf(node: Node): Generator<string> {
  if (node instanceof HTMLElement) yield node.innerText;
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT);
  for (let next: Node | null = walker.currentNode; next; next = walker.nextNode()) {
    const { shadowRoot } = next as Element;
    for (const child of shadowRoot?.children ?? []) yield* renderedTextsOf(child);
  }
}

/** The members of an event as text; elements, windows and functions are left out. */
function eventText(event: Event): string {
  const seen = new Set<unknown>();
  const plain = (_name: string, value: unknown): unknown => {
    if (typeof value === 'function' || value instanceof Node || value === window) return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return undefined;
    seen.add(value);
    if (value instanceof Map || value instanceof Set) return [...value];
    return value;
  };
  const members = Object.getOwnPropertyNames(event).map((name) => [name, (event as never)[name]] as const);
  const detail: unknown = event instanceof CustomEvent ? event.detail : undefined;
  return `${event.type} ${JSON.stringify([members, detail], plain)}`;
}

/** Collects, from now on, everything that leaves an element: requests, events, and what is written to the console. */
export class LeakWatch {
  readonly #events: string[] = [];
  readonly #console: string[] = [];
  readonly #requests: string[] = [];
  readonly #restore: (() => void)[] = [];
  readonly #observer: PerformanceObserver;

  constructor() {
    performance.setResourceTimingBufferSize(100_000);
    performance.clearResourceTimings();
    const note = (entries: PerformanceEntryList) => this.#requests.push(...entries.map(({ name }) => name));
    this.#observer = new PerformanceObserver((list) => note(list.getEntries()));
    this.#observer.observe({ entryTypes: ['resource'] });

    const events = this.#events;
    // Reads what is dispatched when it is dispatched, whoever listens.
    const { dispatchEvent } = EventTarget.prototype;
    EventTarget.prototype.dispatchEvent = function (event) {
      events.push(eventText(event));
      return dispatchEvent.call(this, event);
    };
    this.#restore.push(() => (EventTarget.prototype.dispatchEvent = dispatchEvent));

    const { fetch } = window;
    window.fetch = (...request) => {
      this.#requests.push(request[0] instanceof Request ? request[0].url : String(request[0]));
      return fetch(...request);
    };
    this.#restore.push(() => (window.fetch = fetch));

    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      const before = console[method];
      console[method] = (...parts: unknown[]) => void this.#console.push(parts.map(String).join(' '));
      this.#restore.push(() => (console[method] = before));
    }
  }

  stop(): void {
    this.#observer.disconnect();
    for (const restore of this.#restore.splice(0)) restore();
  }

  /** Every place where a text is found now, or was sent to since the watch began. */
  find(text: string): Leak[] {
    const requests = [
      ...this.#requests,
      ...this.#observer.takeRecords().map(({ name }) => name),
      ...performance.getEntriesByType('resource').map(({ name }) => name),
    ];
    const places: [Leak['place'], Iterable<string>][] = [
      ['document', textsOf(document.documentElement)],
      ['rendered text', renderedTextsOf(document.body)],
      ['request', requests],
      ['event', this.#events],
      ['console', this.#console],
    ];
    const wanted = text.toLowerCase();
    return places.flatMap(([place, texts]) =>
      [...texts].filter((each) => each.toLowerCase().includes(wanted)).map((each) => ({ place, detail: cut(each) })),
    );
  }
}

/**
 * What assistive technology is told of the page, as text; nothing where the engine has no way to ask for it. Chromium has
 * one in its remote protocol. Firefox and WebKit have none, and get their names from the same DOM that is searched.
 */
export async function accessibilityTree(): Promise<string | undefined> {
  if ((await executeServerCommand('engine-asked-for')) !== 'chromium') return undefined;
  return JSON.stringify(await a11ySnapshot({}));
}
