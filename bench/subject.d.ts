// What every measured page has as `window.subject`.

interface Subject {
  /** So many new achievements for the next `show`. */
  make(count: number): void;
  /** Takes away what is there, and shows what was made; when it is painted, in milliseconds after the set. */
  show(layout?: string): Promise<number>;
  /** Another progress of the second achievement, which is on screen; when that is painted, in milliseconds. */
  changeOnce(): Promise<number>;
}

interface ElementsSubject extends Subject {
  /** Resolves when all of it is there, or after a limit; tells which. */
  settled(): Promise<boolean>;
  /** The elements of the page, those in shadow roots included. */
  countElements(): number;
  /** From the top to the end, one screen a frame. */
  scrollThrough(): Promise<{ frames: number; longestTask: number; longestGap: number; mostElements: number }>;
  /** Makes so many new arrays, each with another progress of the same achievement. */
  prepareChanges(count: number): void;
  /** Sets them, one a frame; how often cards were rendered, and what the changed one says. */
  change(): Promise<{ renders: number; words: string }>;
  /** The shadow DOM and the style sheets of the card that changes. */
  card(): { markup: string; styles: string };
  /** The focus into the search field; false where there is none. */
  focusSearch(): boolean;
  /** Waits for the next key, and until what the list then has to show is painted; milliseconds since the key. */
  nextKey(): Promise<number>;
  /** What a key press would have done, for a list without a search field. */
  setQuery(query: string): Promise<number>;
}

interface ByHandSubject {
  /** `count` copies of a card. */
  build(card: { markup: string; styles: string }, count: number): void;
  prepareChanges(count: number): void;
  /** One change a frame: only the write; finding what changed, too; or none at all. */
  change(kind: 'write' | 'find' | 'nothing'): Promise<string>;
}

interface Window {
  subject: Subject & ElementsSubject & ByHandSubject & OverlaySubject;
}

/** The page of an overlay: ours, or one by hand. */
interface OverlaySubject {
  open(): Promise<void>;
  /** @returns frames from the unlock to its toast */
  unlock(): Promise<number>;
  steps(): Promise<{ readonly current: number; readonly took: number }>;
}
