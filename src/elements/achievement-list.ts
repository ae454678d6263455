import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import {
  GROUP_KEYS,
  achievementAt,
  nextStateChange,
  groupAchievements,
  parseFilter,
  parseSearch,
  parseSort,
  sortAchievements,
  type Achievement,
  type AchievementGroup,
  type AchievementState,
  type GroupKey,
  type Problem,
} from '../model/index.js';
import type { Snapshot } from '../store/store.js';
import { glyph, icons } from '../styles/icons.js';
import { listStyles } from '../styles/list.styles.js';
import { tokens } from '../styles/tokens.js';
import type { AchievementCard } from './achievement-card.js';
import { stateWords } from './card-words.js';
import { LocaleController } from './locale-controller.js';
import { SourceConsumer } from './source-context.js';
import { SourceElement } from './source-element.js';
import { StoreController } from './store-controller.js';
import { TimeController } from './time-controller.js';

/** What is painted first: more than a tall screen shows. The rest follows after that paint. */
const FIRST_CARDS = 20;
/** The most cards added between two paints. */
const MOST_CARDS_AT_ONCE = 160;
const SKELETON_CARDS = 6;

/** Waiting is quiet: a list that is there within this, in milliseconds, never shows its skeleton. */
const QUIET_WAIT = 100;

/** How long an answer is called "just now", in milliseconds. */
const JUST_NOW = 60_000;

const CARD_PARTS =
  'card: card-body, icon, name, description, state, progress, progress-label, reward, rarity, time, details, details-toggle, action, reveal';

/** A group as far as it is in the document; without a name it has no heading. */
type ShownGroup = Pick<AchievementGroup, 'achievements'> & Partial<AchievementGroup>;

interface Item {
  readonly card: AchievementCard;
  readonly item: HTMLLIElement;
}

/** Calls back after the next paint, or soon where nothing is painted. */
function afterPaint(callback: () => void): void {
  if (document.visibilityState === 'hidden') setTimeout(callback);
  else requestAnimationFrame(() => setTimeout(callback));
}

/**
 * @summary A player's achievements, from a service, a source around it, or an array.
 *
 * @slot header - Above everything.
 * @slot empty - Instead of the sentence for an empty list.
 * @slot problem - Instead of the sentence and button when nothing could be read.
 *
 * @event {AchievementUnlockEvent} achievement-unlock - Achievements were unlocked, now or since the last visit.
 * @event {AchievementProgressEvent} achievement-progress - An achievement moved on.
 * @event {AchievementRevealEvent} achievement-reveal - A person asked to see a secret; cancelable.
 * @event {AchievementOpenEvent} achievement-open - A person asked to open an achievement in its game; cancelable.
 * @event {AchievementSyncEvent} achievement-sync - The store's status changed.
 * @event {AchievementProblemEvent} achievement-problem - Something went wrong.
 *
 * @csspart group - A group with its heading; the whole list where nothing is grouped.
 * @csspart list - The list of cards.
 * @csspart card - Each card; a card's own parts are exported by their names, its inner box as `card-body`.
 * @csspart summary - The totals.
 * @csspart status - How fresh the list is.
 * @csspart empty - What stands in an empty list.
 * @csspart problem - What stands where nothing could be read.
 *
 * @cssproperty [--achievement-gap=10px] - Between cards.
 */
export class AchievementList extends SourceElement {
  static override styles = [tokens, listStyles];

  static override properties: PropertyDeclarations = {
    achievements: { attribute: false },
    layout: { reflect: true },
    sort: {},
    filter: {},
    query: {},
    groupBy: { attribute: 'group-by' },
    limit: { type: Number },
    summary: { type: Boolean },
    reveal: {},
    theme: { reflect: true },
    rendered: { attribute: false },
  };

  /** Achievements to show as they are: nothing is asked of anybody. */
  achievements?: readonly Achievement[];

  /** `list`: rows; `grid`: tiles; `compact`: one line each. */
  layout: 'list' | 'grid' | 'compact' = 'list';

  /**
   * Sort keys, `-` for descending, such as `state -progress name`. Keys: `order state progress remaining unlocked rarity
   * points name ends`. Without any it is the service's own order.
   */
  sort = '';

  /** Only these states, separated by spaces: `locked in-progress unlocked expired scheduled unknown`. */
  filter = '';

  /** Only what has every one of these words in what is shown of it, whatever the accents and the case. */
  query = '';

  /** Headings with totals of their own: by `state`, `title`, `campaign`, `type` or `category`; `none` has none. */
  groupBy: GroupKey = 'none';

  /** At most so many cards; 0 shows all. */
  limit = 0;

  /** Shows the totals above the list. */
  summary = false;

  /** Whether secrets may be revealed: `ask` shows a button on each, `never` none, `always` reveals all. */
  reveal: 'ask' | 'never' | 'always' = 'ask';

  /** `light` or `dark`; `auto` follows the page's `color-scheme`. */
  theme: 'auto' | 'light' | 'dark' = 'auto';

  /** How many cards are in the document so far. */
  private rendered = FIRST_CARDS;

  readonly #source = new SourceConsumer(this);
  readonly #sourceStore = new StoreController(this, () => this.#surroundingStore);
  readonly #locale: LocaleController;
  readonly #time = new TimeController(this, () => this.environment?.clock ?? this.#source.value.clock);
  /** Kept for as long as the same player's achievements are shown. */
  #revealed = new Set<string>();
  #revealedFor: unknown;
  #shown: readonly Achievement[] | undefined;
  #groups: readonly ShownGroup[] = [];
  readonly #items = new Map<string, Item>();
  #growing: Promise<void> | undefined;
  /** Since when there is nothing to show, in epoch milliseconds. */
  #waitingSince: number | undefined;
  readonly #warned = new Set<string>();

  constructor() {
    super();
    // The language of the source around it counts as this element's own.
    this.#locale = new LocaleController(this, () => this.locale || this.#source.value.locale);
  }

  /** The store this list shows: its own, the one it was given, or that of the source around it. */
  override get store() {
    return super.store ?? this.#surroundingStore;
  }

  override set store(store) {
    super.store = store;
  }

  protected override get needsStore(): boolean {
    return !this.achievements;
  }

  get #surroundingStore() {
    const ownSource = Boolean(super.store || this.backend || this.src || this.achievements);
    return ownSource ? undefined : this.#source.value.store;
  }

  get #snapshot(): Snapshot | undefined {
    return this.ownSource.snapshot ?? this.#sourceStore.snapshot;
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const shownFor = this.achievements ? 'achievements' : this.store;
    const all = this.achievements ?? this.#snapshot?.library?.achievements;
    // Nothing to show: the player signed out, and whoever comes next may be another one.
    if (shownFor !== this.#revealedFor || changed.has('player') || !all) this.#revealed = new Set();
    if (shownFor !== this.#revealedFor) {
      this.#revealedFor = shownFor;
      this.#waitingSince = undefined;
      this.rendered = FIRST_CARDS;
    }
    this.#shown = all && this.#arrange(all);
    this.#groups = this.#groupsSoFar();
  }

  /** What is shown of the whole, in its order. */
  #arrange(all: readonly Achievement[]): readonly Achievement[] {
    const now = this.#time.now;
    let arranged = all;
    if (this.achievements) {
      // A store does this for its own library.
      arranged = all.map((achievement) => achievementAt(achievement, now));
      this.#time.changesAt(nextStateChange(arranged, now));
    }
    const { states, unknown: unknownStates } = parseFilter(this.filter);
    const { terms, unknown: unknownKeys } = parseSort(this.sort);
    this.#warn('filter', unknownStates);
    this.#warn('sort', unknownKeys);
    const revealed = this.#revealedKeys(all);
    const isFound = parseSearch(this.query);
    arranged = arranged.filter(
      (achievement) =>
        (states.size === 0 || states.has(achievement.state)) && isFound(achievement, revealed.has(achievement.key)),
    );
    if (terms.length > 0) arranged = sortAchievements(arranged, terms, { revealed, locale: this.#locale.language });
    return this.limit > 0 ? arranged.slice(0, this.limit) : arranged;
  }

  #revealedKeys(all: readonly Achievement[]): ReadonlySet<string> {
    return this.reveal === 'always' ? new Set(all.map(({ key }) => key)) : this.#revealed;
  }

  /** What is in the document so far, under its headings. */
  #groupsSoFar(): ShownGroup[] {
    const shown = this.#shown ?? [];
    const key = GROUP_KEYS.find((known) => known === this.groupBy);
    if (!key) this.#warn('group-by', [this.groupBy]);
    const groups: readonly ShownGroup[] =
      !key || key === 'none' ? [{ achievements: shown }] : groupAchievements(shown, key, this.#revealedKeys(shown));
    let room = this.rendered;
    return groups.flatMap((group) => {
      const achievements = group.achievements.slice(0, room);
      room -= achievements.length;
      return achievements.length > 0 ? [{ ...group, achievements }] : [];
    });
  }

  #warn(attribute: string, words: readonly string[]): void {
    for (const word of words) {
      const message = `<achievement-list ${attribute}>: “${word}” is not known and was left out.`;
      if (this.#warned.has(message)) continue;
      this.#warned.add(message);
      console.warn(message);
    }
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    this.#placeCards();
  }

  override updated(): void {
    if ((this.#shown?.length ?? 0) > this.rendered) this.#growing ??= this.#grow();
  }

  /** Adds the cards beyond the first screen, some after each paint. */
  async #grow(): Promise<void> {
    while (this.isConnected && (this.#shown?.length ?? 0) > this.rendered) {
      await new Promise<void>(afterPaint);
      this.rendered += Math.min(MOST_CARDS_AT_ONCE, this.rendered * 2);
      await super.getUpdateComplete();
    }
    this.#growing = undefined;
  }

  /** Settles when every card is in the document. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    await this.#growing;
    return complete;
  }

  #handleRevealedChange(key: string, revealed: boolean): void {
    if (revealed) this.#revealed.add(key);
    else this.#revealed.delete(key);
    // Where names are sorted, this one has a place now.
    if (this.sort) this.requestUpdate();
  }

  readonly #handleTryAgain = (): void => {
    // Problems are in the snapshot, never thrown.
    void this.store?.refresh();
  };

  override render(): TemplateResult {
    return html`
      <slot name="header"></slot>
      ${this.#renderHead()} ${this.#renderMain()}
    `;
  }

  #renderHead() {
    const snapshot = this.#snapshot;
    const all = this.achievements ?? snapshot?.library?.achievements;
    const summary = this.summary && all ? this.#renderSummary(all) : nothing;
    const status = snapshot?.library ? this.#renderStatus(snapshot) : nothing;
    return summary === nothing && status === nothing ? nothing : html`<div class="head">${summary}${status}</div>`;
  }

  #renderSummary(all: readonly Achievement[]) {
    return html`<achievement-summary
      part="summary"
      .achievements=${all}
      .locale=${this.#locale.language}
    ></achievement-summary>`;
  }

  /** "Up to date · just now", "Checking…", "Offline · As of 14:05", "Couldn't check: …  Try again". */
  #renderStatus({ activity, checkedAt, library, problem }: Snapshot) {
    const { terms } = this.#locale;
    const now = this.#time.now;
    const at = checkedAt ?? library?.fetchedAt ?? now;
    if (activity === 'syncing') return html`<div part="status" class="status">${terms.checking}</div>`;
    if (!problem) {
      const isNew = now - at < JUST_NOW;
      if (isNew) this.#time.changesAt(at + JUST_NOW);
      const words = terms.upToDate(isNew ? terms.justNow : this.#when(at));
      return html`<div part="status" class="status fresh">${words}</div>`;
    }
    if (problem.code === 'offline') {
      return html`<div part="status" class="status" role="status">
        ${glyph(icons.cloudOff)}<span>${terms.offline} · ${terms.asOf(this.#when(at))}</span>
      </div>`;
    }
    return html`<div part="status" class="status trouble" role="status">
      ${glyph(icons.warning)}<span>${this.#problemWords(problem)}</span>
      ${problem.skipped ? nothing : this.#renderTryAgain()}
    </div>`;
  }

  /** "14:05" today, with the date otherwise. */
  #when(moment: number): string {
    const { formats } = this.#locale;
    const isToday = new Date(moment).toDateString() === new Date(this.#time.now).toDateString();
    return isToday ? formats.time(moment) : formats.dateTime(moment);
  }

  #problemWords(problem: Problem): string {
    if (problem.skipped?.length) {
      const count = problem.skipped.length;
      return this.#locale.terms.skipped(this.#locale.formats.number(count), count);
    }
    return this.#locale.terms.couldNotCheck(this.#locale.terms.problem(problem.code));
  }

  #renderTryAgain() {
    return this.store
      ? html`<button type="button" class="button" @click=${this.#handleTryAgain}>
          ${this.#locale.terms.tryAgain}
        </button>`
      : nothing;
  }

  #renderMain() {
    const around = this.store ? undefined : this.#source.value.problem;
    const problem = this.setupProblem ?? this.#snapshot?.problem ?? around;
    if (this.#shown) return this.#shown.length > 0 ? this.#renderList() : this.#renderEmpty();
    if (problem) return this.#renderProblem(problem);
    // Nobody is asked after a player signed out: then there is nothing to wait for.
    const waits = (this.#snapshot?.activity ?? 'idle') !== 'idle';
    return waits && this.#hasWaited() ? this.#renderSkeleton() : nothing;
  }

  /** One item for each achievement, kept for as long as it is shown: a card that moves keeps what is open in it. */
  #placeCards(): void {
    const keys = new Set(this.#groups.flatMap(({ achievements }) => achievements.map(({ key }) => key)));
    for (const [key, { item }] of this.#items) {
      if (keys.has(key)) continue;
      item.remove();
      this.#items.delete(key);
    }
    const { linkSchemes, clock } = this.#source.value;
    const settings = {
      layout: this.layout,
      locale: this.#locale.language,
      linkSchemes: this.linkSchemes || (linkSchemes ?? ''),
      revealPolicy: this.reveal,
      clock: this.environment?.clock ?? clock,
    };
    const focused = this.shadowRoot?.activeElement?.shadowRoot?.activeElement;
    const lists = this.renderRoot.querySelectorAll('ul.list');
    this.#groups.forEach(({ achievements }, index) => {
      const list = lists[index];
      let next = list?.firstElementChild ?? null;
      for (const achievement of achievements) {
        const { card, item } = this.#itemOf(achievement.key);
        Object.assign(card, { ...settings, achievement, revealed: this.#revealed.has(achievement.key) });
        if (item === next) next = item.nextElementSibling;
        else list?.insertBefore(item, next);
      }
    });
    // A card that moves, such as one that is revealed in a list sorted by name, loses the focus.
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
  }

  #itemOf(key: string): Item {
    let known = this.#items.get(key);
    if (!known) {
      const card = document.createElement('achievement-card');
      card.setAttribute('part', 'card');
      card.setAttribute('exportparts', CARD_PARTS);
      card.addEventListener('revealed-change', () => this.#handleRevealedChange(key, card.revealed));
      const item = document.createElement('li');
      item.append(card);
      known = { card, item };
      this.#items.set(key, known);
    }
    return known;
  }

  /** The cards are placed after each update. */
  #renderList() {
    const { formats, terms } = this.#locale;
    return this.#groups.map(({ name, totals }) => {
      const label = name === undefined ? terms.achievements : this.#groupWords(name);
      return html`<div part="group" class="group">
        ${
          totals
            ? html`<div class="group-heading" role="heading" aria-level="3">
                <bdi>${label}</bdi>
                <span>${terms.progressOf(formats.number(totals.unlocked), formats.number(totals.total))}</span>
              </div>`
            : nothing
        }
        <ul part="list" class="list" role="list" aria-label=${label}></ul>
      </div>`;
    });
  }

  /** Titles, campaigns and categories have the service's names; states and types have ours. */
  #groupWords(name: string): string {
    const { terms } = this.#locale;
    if (this.groupBy === 'state') return stateWords(name as AchievementState, terms);
    if (name === 'challenge' && this.groupBy === 'type') return terms.challenge;
    if (name === 'persistent' && this.groupBy === 'type') return terms.typePersistent;
    return name || terms.otherGroup;
  }

  #hasWaited(): boolean {
    const now = this.#time.now;
    this.#waitingSince ??= now;
    this.#time.changesAt(this.#waitingSince + QUIET_WAIT);
    return now - this.#waitingSince >= QUIET_WAIT;
  }

  #renderSkeleton() {
    return html`<div class="list skeletons" role="status" aria-label=${this.#locale.terms.loading}>
      ${Array.from(
        { length: SKELETON_CARDS },
        () => html`<div class="skeleton"><i class="box"></i><i class="line"></i><i class="line short"></i></div>`,
      )}
    </div>`;
  }

  #renderEmpty() {
    const all = this.achievements ?? this.#snapshot?.library?.achievements;
    const { empty, noMatch } = this.#locale.terms;
    return html`<div part="empty" class="notice">
      <slot name="empty"
        >${glyph(icons.trophy)}
        <p>${all?.length ? noMatch : empty}</p></slot
      >
    </div>`;
  }

  #renderProblem(problem: Problem) {
    return html`<div part="problem" class="notice" role="alert">
      <slot name="problem">
        ${glyph(problem.code === 'offline' ? icons.cloudOff : icons.warning)}
        <p>${this.#locale.terms.problem(problem.code)}</p>
        ${this.#renderTryAgain()}
      </slot>
    </div>`;
  }
}
