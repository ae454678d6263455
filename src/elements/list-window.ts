import { type VirtualItem, Virtualizer, observeElementRect, observeWindowRect } from '@tanstack/virtual-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { pageBody, pageElement } from './dom.js';

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

/** What the library keeps of what was measured. */
interface MeasuredRows {
  /** By their keys, in pixels; another object has all rows put together anew. */
  itemSizeCache: Map<unknown, number>;
  /** The places of all rows. */
  getMeasurements: () => VirtualItem[];
}

/** What an element stands in, whether it is slotted or not. */
function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** The nearest element around that scrolls up and down; the window where there is none. */
function scrollerOf(element: Element): Element | Window {
  const page = pageElement();
  for (let from = parentOf(element); from && from !== page; from = parentOf(from)) {
    // What is said of the body is true for the page, unless something is said of that.
    if (from === pageBody() && getComputedStyle(page).overflowY === 'visible') break;
    // A box that only hides what is beside it is said to scroll as well.
    if (/auto|scroll/.test(getComputedStyle(from).overflowY) && from.scrollHeight > from.clientHeight) return from;
  }
  return window;
}

/**
 * Says which rows of a long list are near what is seen, and keeps that true while it is scrolled: TanStack Virtual, with
 * the rows in the document's flow.
 */
export class ListWindow implements ReactiveController {
  readonly #changed: () => void;
  #virtualizer: Virtualizer<Element | Window, HTMLElement> | undefined;
  #container: HTMLElement | undefined;
  #scroller: Element | Window = window;
  #rows: Rows = { count: 0, keyAt: String, estimateAt: () => 0, overscan: 0 };
  /** Where the rows begin in what is scrolled, in pixels. */
  #margin = 0;
  /** 0 where nothing of the list is seen, such as in a closed tab. */
  #width = 0;
  #frame = 0;
  /** How far it was scrolled for rows that turned out to be higher, since their places were reckoned, in pixels. */
  #adjusted = 0;
  #observer: ResizeObserver | undefined;
  /** The first row with another size than it was placed with. */
  #firstResized = Infinity;

  /** @param changed called when other rows are near what is seen, or they stand elsewhere */
  constructor(host: ReactiveControllerHost, changed: () => void) {
    this.#changed = changed;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Forgets the rows, and follows nothing any more. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer?.disconnect();
    this.#virtualizer?._didMount()();
    this.#virtualizer = this.#container = undefined;
  }

  /** What of these rows has to be in the document now; to be asked before they are placed. */
  range(container: HTMLElement, rows: Rows): WindowRange {
    this.#rows = rows;
    const isShown = container === this.#container && this.#width > 0;
    const virtualizer = (isShown && this.#virtualizer) || this.#start(container);
    this.#look();
    virtualizer.setOptions(this.#options());
    virtualizer._willUpdate();
    const items = virtualizer.getVirtualItems();
    this.#adjusted = 0;
    // What it is to be updated for is in the items.
    cancelAnimationFrame(this.#frame);
    const first = items[0];
    return {
      first: first?.index ?? 0,
      last: items.at(-1)?.index ?? -1,
      before: (first?.start ?? this.#margin) - this.#margin,
      total: virtualizer.getTotalSize(),
    };
  }

  /**
   * To be called when the rows are in the document.
   * @param elements the element of each row, with the row's number in `data-index`
   */
  follow(elements: readonly HTMLElement[]): void {
    this.#virtualizer?.measureElement(null);
    for (const element of elements) this.#virtualizer?.measureElement(element);
  }

  /** Scrolls to where a row is, or will be as far as is known. */
  scrollTo(index: number): void {
    const [offset] = this.#virtualizer?.getOffsetForIndex(index) ?? [];
    if (offset !== undefined) this.#virtualizer?.scrollToOffset(offset);
  }

  get #offset(): number {
    return this.#scroller instanceof Element ? this.#scroller.scrollTop : this.#scroller.scrollY;
  }

  /** At once, also where a page wants it smooth: the rows on the way are not there. */
  #scroll(top: number): void {
    this.#scroller.scrollTo({ top, behavior: 'instant' });
  }

  #start(container: HTMLElement): Virtualizer<Element | Window, HTMLElement> {
    this.stop();
    const { count, estimateAt } = this.#rows;
    this.#container = container;
    // With room for all of them it shows what scrolls.
    container.style.blockSize = `${count * estimateAt(count - 1)}px`;
    this.#scroller = scrollerOf(container);
    this.#width = container.getBoundingClientRect().width;
    this.#observer = new ResizeObserver(() => this.#look());
    const { children } = this.#scroller instanceof Element ? this.#scroller : document;
    for (const element of [container, ...children]) this.#observer.observe(element);
    for (let from = parentOf(container); from && from !== this.#scroller; from = parentOf(from)) {
      this.#observer.observe(from);
    }
    this.#virtualizer = new Virtualizer(this.#options());
    this.#virtualizer.resizeItem = this.#resize;
    this.#placeMeasured(this.#virtualizer);
    return this.#virtualizer;
  }

  /**
   * Not the library's own ways with a row that is measured: it copies all sizes for each of them, and makes every row below
   * it anew, which is most of the work when a long list is scrolled.
   */
  #placeMeasured(virtualizer: Virtualizer<Element | Window, HTMLElement>): void {
    const measured = virtualizer as unknown as MeasuredRows;
    const putTogether = measured.getMeasurements;
    let together: VirtualItem[] | undefined;
    measured.getMeasurements = () => {
      const rows = putTogether();
      if (rows !== together) together = rows;
      else if (this.#firstResized < rows.length) {
        // Another array, since nobody looks into the same one again.
        const moved = virtualizer.measurementsCache.slice();
        for (let index = this.#firstResized; index < moved.length; index++) {
          const row = moved[index]!;
          row.start = moved[index - 1]?.end ?? row.start;
          row.end = row.start + row.size;
        }
        virtualizer.measurementsCache = moved;
      }
      this.#firstResized = Infinity;
      return virtualizer.measurementsCache;
    };
  }

  readonly #resize = (index: number, size: number): void => {
    const row = this.#virtualizer?.measurementsCache[index];
    if (!row || row.size === size) return;
    const delta = size - row.size;
    // From where it is by now: the page may have scrolled it since it last told. A row that is opened grows downwards,
    // also where its top is out of sight.
    const offset = this.#offset;
    if (row.end <= offset - this.#adjusted) {
      this.#adjusted += delta;
      this.#scroll(offset + delta);
    }
    row.size = size;
    // For when the rows are others: those that stay have their sizes.
    (this.#virtualizer as unknown as MeasuredRows).itemSizeCache.set(row.key, size);
    this.#firstResized = Math.min(this.#firstResized, index);
    this.#update();
  };

  /** Notices where the rows begin and how wide they are: what is above them grows, and windows are resized. */
  #look(): void {
    if (!this.#container) return;
    const { top, width } = this.#container.getBoundingClientRect();
    if (width === 0 || this.#width === 0) {
      if (width > 0) this.#update();
      this.#width = 0;
      return;
    }
    const scroller = this.#scroller;
    const margin =
      scroller instanceof Element
        ? top - scroller.getBoundingClientRect().top - scroller.clientTop + scroller.scrollTop
        : top + window.scrollY;
    const isResized = Math.abs(width - this.#width) >= 1;
    const isMoved = Math.abs(margin - this.#margin) >= 1;
    if (isResized) this.#width = width;
    if (isMoved) this.#margin = margin;
    // Other lines of text, other heights: what was measured is worth nothing.
    if (isResized) this.#virtualizer?.measure();
    if (isMoved) this.#update();
  }

  /** With the next paint: changes made while sizes are being told have browsers report an error. */
  #update(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#changed());
  }

  /** Not the library's own: its timer for the end of scrolling outlives the list. */
  readonly #observeOffset = (_: unknown, callback: (offset: number, isScrolling: boolean) => void) => {
    const scroller = this.#scroller;
    const tell = () => {
      this.#adjusted = 0;
      callback(this.#offset, false);
    };
    tell();
    scroller.addEventListener('scroll', tell, { passive: true });
    return () => scroller.removeEventListener('scroll', tell);
  };

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
      getScrollElement: () => scroller,
      initialRect: { width: innerWidth, height: innerHeight },
      initialOffset: this.#offset,
      observeElementRect: (inElement ? observeElementRect : observeWindowRect) as typeof observeElementRect<Element>,
      observeElementOffset: this.#observeOffset,
      scrollToFn: (offset: number) => this.#scroll(offset),
      onChange: () => this.#update(),
      // Only what the browser tells of its own accord: a card that was just placed has not rendered yet.
      measureElement: (element: HTMLElement, entry: ResizeObserverEntry | undefined) => {
        const size = entry?.borderBoxSize[0]?.blockSize;
        const index = Number(element.dataset['index']);
        // What is not seen has no size, and what is parked another one.
        return size && !element.classList.contains('parked')
          ? size + parseFloat(getComputedStyle(element).marginBlockEnd || '0')
          : (this.#virtualizer?.measurementsCache[index]?.size ?? estimateAt(index));
      },
    } as unknown as ConstructorParameters<typeof Virtualizer<Element | Window, HTMLElement>>[0];
  }
}
