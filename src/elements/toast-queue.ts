import {
  type Achievement,
  type Clock,
  type Notice,
  countOf,
  mergeNotices,
  noticeNow,
  noticeWithout,
  rankNotices,
} from '../model/index.js';

/** How long a toast takes to go, in milliseconds. */
const EXIT = 200;

/** With more than this many times the places, what waits becomes one notice. */
const MOST_ROUNDS = 3;

/** A notice in its place. */
interface Place {
  notice: Notice;
  /** Milliseconds until it goes, as of the last time it was counted. */
  left: number;
  /** It is on its way out. */
  isLeaving: boolean;
}

/** What a toast is drawn from. */
export interface ShownNotice {
  readonly notice: Notice;
  readonly isLeaving: boolean;
}

export interface ToastQueueOptions {
  readonly clock: () => Clock;
  /** What is shown, or how many wait, is different. */
  readonly changed: () => void;
  /**
   * These are being shown; `more` others wait. With `isNew` they came just now, and `all` came with them; otherwise places
   * became free for what had waited.
   */
  readonly told: (shown: readonly Notice[], more: number, isNew: boolean, all: readonly Notice[]) => void;
}

/**
 * What is shown now, and what waits for a place. One timer runs while something is shown and nothing holds it up, and none
 * otherwise.
 */
export class ToastQueue {
  readonly #options: ToastQueueOptions;
  readonly #places: Place[] = [];
  /** They have a place, and enter it one after the other. */
  #entering: Notice[] = [];
  #waiting: Notice[] = [];
  /** What came while nothing could be shown. */
  #unseen: Notice[] = [];
  #timer: number | undefined;
  #countedAt = 0;
  #nextEntrance = 0;
  #isPaused = false;
  #isHeld = false;

  /** How many are shown at once. */
  max = 3;
  /** How long one is shown, in milliseconds. */
  duration = 6000;
  /** Between two entrances, in milliseconds. */
  stagger = 150;

  constructor(options: ToastQueueOptions) {
    this.#options = options;
  }

  get shown(): readonly ShownNotice[] {
    return this.#places;
  }

  /** How many achievements wait for a place. */
  get more(): number {
    return this.#waiting.reduce((sum, notice) => sum + countOf(notice), 0);
  }

  get isEmpty(): boolean {
    return this.#places.length + this.#entering.length + this.#waiting.length === 0;
  }

  add(notices: readonly Notice[]): void {
    if (notices.length === 0) return;
    this.#count();
    const replaced: Notice[] = [];
    const added = rankNotices(notices).filter((notice) => {
      const place = this.#places.find((each) => each.notice.id === notice.id && !each.isLeaving);
      if (place) {
        place.notice = notice;
        place.left = this.duration;
        replaced.push(notice);
      }
      return !place && !this.#replaceWaiting(notice);
    });
    this.#waiting.push(...added);
    this.#unseen.push(...notices);
    if (this.#waiting.length > this.max * MOST_ROUNDS) this.#waiting = mergeNotices(this.#waiting);
    this.#fill(replaced);
    this.#run();
    this.#options.changed();
  }

  #replaceWaiting(notice: Notice): boolean {
    const isSame = ({ id }: Notice) => id === notice.id;
    const isThere = this.#waiting.some(isSame) || this.#entering.some(isSame);
    const replace = (each: Notice) => (isSame(each) ? notice : each);
    this.#waiting = this.#waiting.map(replace);
    this.#entering = this.#entering.map(replace);
    return isThere;
  }

  /** What is shown and waits, as it is by now. */
  refresh(achievements: readonly Achievement[]): void {
    if (this.isEmpty) return;
    const library = new Map(achievements.map((achievement) => [achievement.key, achievement]));
    let isChanged = false;
    const now = (notice: Notice): Notice | undefined => {
      const next = noticeNow(notice, library);
      isChanged ||= next !== notice;
      return next;
    };
    const kept = (notices: readonly Notice[]) => notices.map(now).filter((notice) => notice !== undefined);
    this.#entering = kept(this.#entering);
    this.#waiting = kept(this.#waiting);
    this.#unseen = this.#unseen.filter((notice) => noticeNow(notice, library));
    for (const place of [...this.#places]) {
      const next = now(place.notice);
      if (next) place.notice = next;
      else this.#places.splice(this.#places.indexOf(place), 1);
    }
    if (!isChanged) return;
    this.#count();
    this.#fill();
    this.#run();
    this.#options.changed();
  }

  /** The unlock of these achievements, by key, need not be shown any more; what is on the screen stays. */
  forget(keys: readonly string[]): void {
    const about = new Set(keys);
    const left = (notices: readonly Notice[]) =>
      notices.map((notice) => noticeWithout(notice, about)).filter((notice) => notice !== undefined);
    this.#entering = left(this.#entering);
    this.#waiting = left(this.#waiting);
    this.#unseen = left(this.#unseen);
    this.#options.changed();
  }

  /** Takes one away; it goes at once where it was not seen yet. */
  dismiss(id: string): void {
    this.#count();
    const place = this.#places.find(({ notice }) => notice.id === id);
    if (place) this.#leave(place);
    this.#fill();
    this.#run();
    this.#options.changed();
  }

  dismissAll(): void {
    this.#entering = [];
    this.#waiting = [];
    this.#unseen = [];
    this.#places.length = 0;
    this.#run();
    this.#options.changed();
  }

  /** While somebody looks closer, nothing goes. */
  set isPaused(isPaused: boolean) {
    if (isPaused === this.#isPaused) return;
    this.#count();
    this.#isPaused = isPaused;
    this.#run();
  }

  /** While nobody can look, nothing comes and nothing goes. */
  set isHeld(isHeld: boolean) {
    if (isHeld === this.#isHeld) return;
    this.#count();
    this.#isHeld = isHeld;
    this.#fill();
    this.#run();
    this.#options.changed();
  }

  #leave(place: Place): void {
    if (place.isLeaving) return;
    place.isLeaving = true;
    place.left = EXIT;
  }

  /** Gives free places to what waits. */
  #fill(replaced: readonly Notice[] = []): void {
    if (this.#isHeld) return;
    const staying = this.#places.filter(({ isLeaving }) => !isLeaving).length;
    const free = Math.max(0, this.max - staying - this.#entering.length);
    const taken = this.#waiting.splice(0, free);
    this.#entering.push(...taken);
    const all = this.#unseen;
    this.#unseen = [];
    if (taken.length + replaced.length + all.length === 0) return;
    this.#options.told([...replaced, ...taken], all.length > 0 ? this.more : 0, all.length > 0, all);
    this.#enter();
  }

  /** Lets in what may enter by now; into an empty stack nothing needs to wait. */
  #enter(): void {
    const now = this.#options.clock().now();
    while (this.#entering.length > 0 && (now >= this.#nextEntrance || this.#places.length === 0)) {
      const [notice, ...others] = this.#entering;
      this.#entering = others;
      if (!notice) break;
      this.#places.push({ notice, left: this.duration, isLeaving: false });
      this.#nextEntrance = now + this.stagger;
    }
  }

  /** Takes the time that has passed from what is shown. */
  #count(): void {
    const now = this.#options.clock().now();
    // A clock that is set back takes nothing.
    const passed = Math.max(0, now - this.#countedAt);
    this.#countedAt = now;
    if (this.#isHeld) return;
    for (const place of this.#places) if (place.isLeaving || !this.#isPaused) place.left -= passed;
  }

  /** Sets the one timer for whatever comes next. */
  #run(): void {
    const clock = this.#options.clock();
    if (this.#timer !== undefined) clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#countedAt = clock.now();
    if (this.#isHeld) return;
    const counting = this.#places.filter(({ isLeaving }) => isLeaving || !this.#isPaused);
    const next = Math.min(
      ...counting.map(({ left }) => left),
      this.#entering.length > 0 ? this.#nextEntrance - clock.now() : Infinity,
    );
    if (next < Infinity) this.#timer = clock.setTimeout(() => this.#tick(), Math.max(0, next));
  }

  #tick(): void {
    this.#timer = undefined;
    this.#count();
    for (const place of this.#places.filter(({ left }) => left <= 0)) {
      if (place.isLeaving) this.#places.splice(this.#places.indexOf(place), 1);
      else this.#leave(place);
    }
    this.#enter();
    this.#fill();
    this.#run();
    this.#options.changed();
  }
}
