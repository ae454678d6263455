import {
  Virtualizer,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  observeWindowOffset,
  observeWindowRect,
  windowScroll,
} from '@tanstack/virtual-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The rows of a long list, from the top. */
export interface Rows {
  readonly count: number;
  /** Unique, and the same for as long as the row holds the same. */
  readonly keyAt: (index: number) => string;
  /** In pixels, until it is measured. */
  readonly estimateAt: (index: number) => number;
  /** How many are kept ready above and below. */
  readonly overscan: number;
}

/** What of a long list is in the document. */
export interface WindowRange {
  readonly first: number;
  /** Inclusive; below `first` where there is none. */
  readonly last: number;
  /** What the rows before the first take, and all of them, in pixels. */
  readonly before: number;
  readonly total: number;
}

/** The nearest element around that scrolls up and down; the window where there is none. */
function scrollerOf(element: Element): Element | Window {
  let from: Element | null = element;
  while (from && from !== document.body && from !== document.documentElement) {
    if (/auto|scroll|overlay/.test(getComputedStyle(from).overflowY)) return from;
    const slotted: Element | null = from.assignedSlot ?? from.parentElement;
    const root: Node = from.getRootNode();
    from = slotted ?? (root instanceof ShadowRoot ? root.host : null);
  }
  return window;
}

/**
 * Says which rows of a long list are near what is seen, and keeps that true while it is scrolled: TanStack Virtual, with
 * the rows in the document's flow.
 */
export class ListWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #virtualizer: Virtualizer<Element | Window, HTMLElement> | undefined;
  #scroller: Element | Window | undefined;
  #rows: Rows = { count: 0, keyAt: String, estimateAt: () => 0, overscan: 0 };
  /** Where the rows begin in what is scrolled, in pixels. */
  #margin = 0;
  #width = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#virtualizer?._didMount()();
    this.#virtualizer = this.#scroller = undefined;
  }

  /** What of these rows has to be in the document now. */
  range(rows: Rows): WindowRange {
    this.#rows = rows;
    this.#virtualizer ??= new Virtualizer(this.#options());
    this.#virtualizer.setOptions(this.#options());
    const items = this.#virtualizer.getVirtualItems();
    const first = items[0];
    return {
      first: first?.index ?? 0,
      last: items.at(-1)?.index ?? -1,
      before: (first?.start ?? this.#margin) - this.#margin,
      total: this.#virtualizer.getTotalSize(),
    };
  }

  /**
   * To be called when the rows are in the document.
   * @param elements the element of each row, with the row's number in `data-index`
   */
  follow(container: HTMLElement, elements: readonly HTMLElement[]): void {
    const virtualizer = this.#virtualizer;
    if (!virtualizer) return;
    this.#scroller ??= scrollerOf(container);
    // Reading where things are makes the browser lay them out: not while it is busy scrolling.
    if (!virtualizer.isScrolling) this.#measureContainer(container, virtualizer);
    virtualizer._willUpdate();
    virtualizer.measureElement(null);
    for (const element of elements) virtualizer.measureElement(element);
  }

  /** Scrolls until a row is seen. */
  scrollTo(index: number): void {
    this.#virtualizer?.scrollToIndex(index);
  }

  #measureContainer(container: HTMLElement, virtualizer: Virtualizer<Element | Window, HTMLElement>): void {
    const { top, width } = container.getBoundingClientRect();
    const scroller = this.#scroller;
    const margin =
      scroller instanceof Element
        ? top - scroller.getBoundingClientRect().top - scroller.clientTop + scroller.scrollTop
        : top + window.scrollY;
    const isResized = this.#width !== 0 && Math.abs(width - this.#width) >= 1;
    const isMoved = Math.abs(margin - this.#margin) >= 1;
    this.#width = width;
    if (isMoved) this.#margin = margin;
    virtualizer.setOptions(this.#options());
    // Other lines of text, other heights: what was measured is worth nothing.
    if (isResized) virtualizer.measure();
    else if (isMoved) this.#host.requestUpdate();
  }

  #options() {
    const scroller = this.#scroller;
    const { count, keyAt, estimateAt, overscan } = this.#rows;
    const inElement = scroller instanceof Element;
    return {
      count,
      overscan,
      getItemKey: keyAt,
      estimateSize: estimateAt,
      scrollMargin: this.#margin,
      getScrollElement: () => scroller ?? null,
      initialRect: { width: innerWidth, height: innerHeight },
      initialOffset: inElement ? scroller.scrollTop : window.scrollY,
      observeElementRect: (inElement ? observeElementRect : observeWindowRect) as typeof observeElementRect<Element>,
      observeElementOffset: (inElement
        ? observeElementOffset
        : observeWindowOffset) as typeof observeElementOffset<Element>,
      scrollToFn: (inElement ? elementScroll : windowScroll) as typeof elementScroll<Element>,
      onChange: () => this.#host.requestUpdate(),
      // Only what the browser tells of its own accord: a card that was just placed has not rendered yet.
      measureElement: (element: HTMLElement, entry: ResizeObserverEntry | undefined) => {
        const size = entry?.borderBoxSize[0]?.blockSize;
        const index = Number(element.dataset['index']);
        const known = this.#virtualizer?.measurementsCache[index]?.size ?? estimateAt(index);
        return size === undefined ? known : size + parseFloat(getComputedStyle(element).marginBlockEnd || '0');
      },
    } as unknown as ConstructorParameters<typeof Virtualizer<Element | Window, HTMLElement>>[0];
  }
}
