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

type Scroller = Element | Window;
type ListVirtualizer = Virtualizer<Scroller, HTMLElement>;

/** The rows of a long list, from the top; a new object where anything of it changed. */
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
function scrollerOf(element: Element): Scroller {
  let from: Element | null = element;
  while (from && from !== document.body && from !== document.documentElement) {
    if (/auto|scroll|overlay/.test(getComputedStyle(from).overflowY)) return from;
    const slotted: Element | null = from.assignedSlot ?? from.parentElement;
    const root: Node = from.getRootNode();
    from = slotted ?? (root instanceof ShadowRoot ? root.host : null);
  }
  return window;
}

/** What was measured of an element: its box and the margin below it. */
function sizeOf(element: HTMLElement, box: ResizeObserverSize): number {
  return box.blockSize + parseFloat(getComputedStyle(element).marginBlockEnd || '0');
}

/**
 * Says which rows of a long list are near what is seen, and keeps that true while it is scrolled: TanStack Virtual, with
 * the rows in the document's flow. It counts from where the list begins, wherever that is in what is scrolled.
 */
export class ListWindow implements ReactiveController {
  readonly #changed: () => void;
  #virtualizer: ListVirtualizer | undefined;
  #scroller: Scroller | undefined;
  #rows: Rows | undefined;
  /** Where the list begins in what is scrolled, in pixels. */
  #start = 0;
  #width = 0;

  /** @param changed called when other rows are near what is seen, or they stand elsewhere */
  constructor(host: ReactiveControllerHost, changed: () => void) {
    this.#changed = changed;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#virtualizer?._didMount()();
    this.#virtualizer = this.#scroller = this.#rows = undefined;
    this.#width = 0;
  }

  /** What of these rows has to be in the document now. */
  range(rows: Rows): WindowRange {
    this.#virtualizer ??= new Virtualizer(this.#options(rows));
    if (rows !== this.#rows) {
      this.#rows = rows;
      this.#virtualizer.setOptions(this.#options(rows));
    }
    const items = this.#virtualizer.getVirtualItems();
    const first = items[0];
    return {
      first: first?.index ?? 0,
      last: items.at(-1)?.index ?? -1,
      before: first?.start ?? 0,
      total: this.#virtualizer.getTotalSize(),
    };
  }

  /**
   * To be called when the rows are in the document.
   * @param elements the element of each row, with the row's number in `data-index`
   */
  follow(container: HTMLElement, elements: readonly HTMLElement[]): void {
    const [virtualizer, rows] = [this.#virtualizer, this.#rows];
    if (!virtualizer || !rows) return;
    if (!this.#scroller) {
      this.#scroller = scrollerOf(container);
      virtualizer.setOptions(this.#options(rows));
    }
    // Reading where things are makes the browser lay them out: not while it is busy scrolling.
    if (!virtualizer.isScrolling) this.#locate(container, virtualizer);
    virtualizer._willUpdate();
    virtualizer.measureElement(null);
    for (const element of elements) virtualizer.measureElement(element);
  }

  /** Scrolls until a row is seen. */
  scrollTo(index: number): void {
    this.#virtualizer?.scrollToIndex(index);
  }

  #locate(container: HTMLElement, virtualizer: ListVirtualizer): void {
    const { top, width } = container.getBoundingClientRect();
    const scroller = this.#scroller;
    const edge = scroller instanceof Element ? scroller.getBoundingClientRect().top + scroller.clientTop : 0;
    const start = top - edge + this.#scrolled;
    const isMoved = Math.abs(start - this.#start) >= 1;
    if (isMoved) {
      this.#start = start;
      virtualizer.scrollOffset = this.#scrolled - start;
      this.#changed();
    }
    // Other lines of text, other heights: what was measured is worth nothing.
    if (this.#width > 0 && width > 0 && Math.abs(width - this.#width) >= 1) virtualizer.measure();
    this.#width = width;
  }

  /** How far it is scrolled, in pixels. */
  get #scrolled(): number {
    return this.#scroller instanceof Element ? this.#scroller.scrollTop : window.scrollY;
  }

  #options({ count, estimateAt, keyAt, overscan }: Rows): ListVirtualizer['options'] {
    const inElement = this.#scroller instanceof Element;
    const observeRect = (inElement ? observeElementRect : observeWindowRect) as typeof observeElementRect;
    const observeOffset = (inElement ? observeElementOffset : observeWindowOffset) as typeof observeElementOffset;
    const scroll = (inElement ? elementScroll : windowScroll) as typeof elementScroll;
    const options: Partial<ListVirtualizer['options']> = {
      count,
      overscan,
      getItemKey: keyAt,
      estimateSize: estimateAt,
      getScrollElement: () => this.#scroller ?? null,
      initialRect: { width: innerWidth, height: innerHeight },
      initialOffset: () => this.#scrolled - this.#start,
      observeElementRect: observeRect as ListVirtualizer['options']['observeElementRect'],
      observeElementOffset: (instance, changed) =>
        observeOffset(instance as Virtualizer<Element, HTMLElement>, (offset, isScrolling) =>
          changed(offset - this.#start, isScrolling),
        ),
      scrollToFn: (offset, options, instance) =>
        scroll(offset + this.#start, options, instance as Virtualizer<Element, HTMLElement>),
      onChange: this.#changed,
      // Only what the browser tells of its own accord: a card that was just placed has not rendered yet.
      measureElement: (element, entry) => {
        const [box] = entry?.borderBoxSize ?? [];
        if (box) return sizeOf(element, box);
        const index = Number(element.dataset['index']);
        return this.#virtualizer?.measurementsCache[index]?.size ?? estimateAt(index);
      },
    };
    return options as ListVirtualizer['options'];
  }
}
