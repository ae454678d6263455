import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import {
  completenessOf,
  concerns,
  isMasked,
  isNewlyAdded,
  parseSearch,
  systemClock,
  visible,
  type Achievement,
  type ArrangedGroup,
  type Clock,
  type GivenAchievement,
  type GroupKey,
  type PlayerMemory,
  type Problem,
} from '../model/index.js';
import type { Snapshot } from '../store/store.js';
import { listStyles } from '../styles/list.styles.js';
import { tokens } from '../styles/tokens.js';
import { toolbarStyles } from '../styles/toolbar.styles.js';
import type { AchievementCard, Density, Layout, LockedPicture } from './achievement-card.js';
import { text } from './base-element.js';
import { AchievementPinEvent, AchievementProblemEvent, AchievementViewEvent } from './events.js';
import { GivenAchievements } from './given-achievements.js';
import { ListArranger } from './list-arranger.js';
import { LAYOUTS, ListChoices } from './list-choices.js';
import { ListGroups, labelled, type LabelledPart } from './list-groups.js';
import { afterPaint, ListGrowth } from './list-growth.js';
import { ListHash } from './list-hash.js';
import { handleListKey } from './list-keyboard.js';
import { ListPins, toggled } from './list-pins.js';
import { ListRows, type GroupPart } from './list-rows.js';
import { renderEmpty, renderProblem, renderSkeleton, renderStatus } from './list-status.js';
import { facetsOf, renderToolbar, type ToolbarActions } from './list-toolbar.js';
import { ListWindow } from './list-window.js';
import { LocaleController } from './locale-controller.js';
import { SourceConsumer } from './source-context.js';
import { SourceElement } from './source-element.js';
import { StoreController } from './store-controller.js';
import { html } from './template.js';
import { TimeController } from './time-controller.js';
import { writeJson } from '../model/json.js';

/** Waiting is quiet: a list that is there within this, in milliseconds, never shows its skeleton. */
const QUIET_WAIT = 100;

/** Up to so many achievements all are in the document: for finding in the page, and for printing. */
const MOST_IN_DOCUMENT = 200;
/** How long a card is waited for that has to be scrolled to, in paints. */
const MOST_PAINTS = 60;

/**
 * @summary A player's achievements, from a service, a source around it, or an array.
 *
 * @slot header - Above everything.
 * @slot empty - Instead of the sentence for an empty list.
 * @slot problem - Instead of the sentence and button when nothing could be read.
 * @slot notes-ID - What the page has to say about the achievement with this id, in its details.
 *
 * @event {AchievementUnlockEvent} achievement-unlock - Achievements were unlocked, now or since the last visit.
 * @event {AchievementProgressEvent} achievement-progress - An achievement moved on.
 * @event {AchievementRevealEvent} achievement-reveal - A person asked to see a secret; cancelable.
 * @event {AchievementOpenEvent} achievement-open - A person asked to open an achievement in its game; cancelable.
 * @event {AchievementSyncEvent} achievement-sync - The store's status changed.
 * @event {AchievementProblemEvent} achievement-problem - Something went wrong.
 * @event {AchievementViewEvent} achievement-view - A person searched, filtered, sorted, grouped or chose a layout, now or before.
 * @event {AchievementPinEvent} achievement-pin - An achievement was pinned, or is no longer.
 *
 * @csspart toolbar - Search, filters, order, groups and layout.
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
  static override styles = [tokens, listStyles, toolbarStyles];

  static override properties: PropertyDeclarations = {
    achievements: { attribute: false },
    layout: { reflect: true },
    sort: { converter: text },
    filter: { converter: text },
    query: { converter: text },
    groupBy: { converter: text, attribute: 'group-by' },
    sections: { converter: text },
    limit: { type: Number },
    controls: { type: Boolean },
    hash: { type: Boolean },
    hide: { converter: text },
    density: { reflect: true },
    lockedPicture: { attribute: 'locked-picture' },
    collapsed: { attribute: false },
    pinned: { attribute: false },
    summary: { type: Boolean },
    reveal: {},
    theme: { reflect: true },
    isArranging: { attribute: false },
  };

  /**
   * Achievements to show as they are, in the form of the model or of the JSON protocol: nothing is asked of anybody. What
   * cannot be read of them is left out, and raises a problem.
   */
  achievements?: readonly GivenAchievement[];

  /** `list`: rows; `grid`: tiles; `compact`: one line each. */
  layout: Layout = 'list';

  /**
   * Sort keys, `-` for descending, such as `state -progress name`. Keys: `order state progress remaining unlocked rarity
   * points name ends`. Without any it is the service's own order.
   */
  sort = '';

  /** Only these states, separated by spaces: `locked in-progress unlocked expired scheduled unknown revoked`. */
  filter = '';

  /** Only what has every one of these words in what is shown of it, whatever the accents and the case. */
  query = '';

  /** Headings with totals of their own: by `state`, `title`, `campaign`, `type` or `category`; `none` has none. */
  groupBy: GroupKey = 'none';

  /**
   * What matters now, above everything else: `all`, or some of `pinned since-last-visit nearly-done running-out
   * recently-unlocked`. What stands in a section does not stand below again; an empty section is not shown.
   */
  sections = '';

  /** Names of the groups, and keys of the sections, of which only the heading is shown. */
  collapsed: readonly string[] = [];

  /** At most so many cards, those in sections first; 0 shows all. */
  limit = 0;

  /** A toolbar for searching, filtering, sorting, grouping and the layout. What is chosen is remembered for the player. */
  controls = false;

  /** Details that are open stand in the page's address as `#achievement=ID`, and such an address opens them. */
  hash = false;

  /** What the cards do not show, separated by spaces; see `hide` of `<achievement-card>`. */
  hide = '';

  /** How much room a card takes: `comfortable`, `compact` or `spacious`. */
  density: Density = 'comfortable';

  /** The picture before the unlock: `grey`, its `own` colours, or `hidden`. */
  lockedPicture: LockedPicture = 'grey';

  /** Shows the totals above the list. */
  summary = false;

  /** Whether secrets may be revealed: `ask` shows a button on each, `never` none, `always` reveals all. */
  reveal: 'ask' | 'never' | 'always' = 'ask';

  /** `light` or `dark`; `auto` follows the page's `color-scheme`. */
  theme: 'auto' | 'light' | 'dark' = 'auto';

  /** Whether the choices of order and groups are shown. */
  private isArranging = false;

  readonly #source = new SourceConsumer(this);
  readonly #sourceStore = new StoreController(this, () => this.#surroundingStore);
  readonly #locale: LocaleController;
  readonly #time = new TimeController(this, () => this.#clock);
  readonly #window = new ListWindow(this, () => this.#placeSoon());
  readonly #growth = new ListGrowth(
    this,
    // A long list is never in the document as a whole.
    () => (this.#isLong ? 0 : this.#shown),
    () => super.getUpdateComplete(),
  );
  readonly #groups = new ListGroups({
    prepare: (card, achievement) => this.#prepare(card, achievement),
    revealed: (card) => this.#handleRevealed(card),
    opened: (card) => this.#handleOpened(card),
    pinned: ({ achievement }) => achievement && this.#setPinned(achievement, !this.#memory.pinned.has(achievement.key)),
    collapse: (group) => this.#handleCollapse(group),
  });
  /** Kept for as long as the same player's achievements are shown. */
  #revealed: ReadonlySet<string> = new Set();
  #opened: ReadonlySet<string> = new Set();
  #shownFor: unknown;
  readonly #reader = new GivenAchievements();
  #toldProblem: Problem | undefined;
  readonly #choices = new ListChoices(this);
  /** The list itself went back to other choices, which is told once they are shown. */
  #isViewUntold = false;
  readonly #pins = new ListPins(
    () => ({ all: this.#all, store: this.#keepingStore, memory: this.#keptMemory }),
    () => this.requestUpdate(),
  );
  readonly #hash = new ListHash(this, (id) => this.#find(id) !== undefined);
  readonly #arranger = new ListArranger();
  #rows: ListRows | undefined;
  #rowsBy: readonly unknown[] = [];
  /** Cards in a row. */
  #columns = 1;
  /** The card that the Tab key stops at. */
  #current: string | undefined;
  /** A card gets the focus back that it lost by being moved. */
  #isPlacing = false;
  /** The card that was asked for last: it alone is scrolled to. */
  #wanted: string | undefined;
  #placing: Promise<void> | undefined;
  /** Since when there is nothing to show, in epoch milliseconds. */
  #waitingSince: number | undefined;

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

  get #clock(): Clock {
    return this.environment?.clock ?? this.#source.value.clock ?? systemClock;
  }

  get #snapshot(): Snapshot | undefined {
    return this.ownSource.snapshot ?? this.#sourceStore.snapshot;
  }

  /** The ids of the pinned achievements. */
  get pinned(): readonly string[] {
    return this.#pins.ids;
  }

  set pinned(ids: readonly string[]) {
    this.#pins.want(ids);
    if (this.hasUpdated) this.#pins.settle();
  }

  /** Pins an achievement, or takes its pin away; an id that is not there does nothing. */
  pin(id: string, pinned = true): void {
    const achievement = this.#find(id);
    if (achievement) this.#setPinned(achievement, pinned);
  }

  /**
   * Shows the details of one achievement and scrolls to it; a masked one stays masked.
   * @returns whether it is in the list: it may be filtered out, or not be there at all
   */
  async open(id: string): Promise<boolean> {
    await super.getUpdateComplete();
    const key = this.#find(id)?.key;
    const place = key === undefined ? undefined : this.#placedRows?.find(key);
    if (key === undefined || !place) return false;
    const { group, isCollapsed } = place.rows;
    if (isCollapsed) this.#handleCollapse(group);
    const card = await this.#bring(key);
    if (!card) return false;
    // What a secret says is not told by an address.
    if (!card.masked) {
      card.open = true;
      this.#handleOpened(card);
    }
    await card.updateComplete;
    card.scrollIntoView({ block: 'nearest' });
    card.focus();
    return true;
  }

  /** Focuses the card that the Tab key stops at, else the first heading; does nothing where there is neither. */
  override focus(options?: FocusOptions): void {
    const stop = this.#groups.cards.find(({ tabStop }) => tabStop);
    (stop ?? this.shadowRoot?.querySelector<HTMLElement>('.fold'))?.focus(options);
  }

  /** Takes back everything that was chosen in the toolbar, also for later visits. */
  reset(): void {
    this.#choices.reset();
    void this.#keepingStore?.choose(this.id, undefined);
    this.#announceView();
  }

  get #all(): readonly Achievement[] | undefined {
    return this.achievements ? this.#given : this.#snapshot?.library?.achievements;
  }

  get #given(): readonly Achievement[] | undefined {
    return this.achievements && this.#reader.read(this.achievements, this.baseURI, this.#clock.now());
  }

  get #givenProblem(): Problem | undefined {
    return this.achievements && this.#reader.problem;
  }

  /** The store that remembers what a player does; an array has none. */
  get #keepingStore() {
    return this.achievements ? undefined : this.store;
  }

  get #keptMemory(): PlayerMemory | undefined {
    return this.achievements ? undefined : this.#snapshot?.memory;
  }

  get #memory(): PlayerMemory {
    return this.#pins.memory;
  }

  #find(id: string): Achievement | undefined {
    return this.#all?.find((achievement) => concerns(id, achievement));
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    if (!super.shouldUpdate(changed)) return false;
    const isOnlyData = changed.size === 1 && changed.has('achievements');
    const given = isOnlyData ? this.#given : undefined;
    const fresh = given && !this.#givenProblem && this.#arranger.patch(given, this.#clock.now());
    if (!fresh) return true;
    // Nobody else has anything to do.
    for (const achievement of fresh) {
      const card = this.#groups.cardOf(achievement.key);
      if (card) card.achievement = achievement;
    }
    return false;
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const shownFor = this.achievements ? 'achievements' : this.store;
    const all = this.#all;
    const view = writeJson(this.#choices.view);
    const isAnother = this.#shownFor !== undefined && (shownFor !== this.#shownFor || changed.has('player'));
    // Nothing to show: the player signed out, and whoever comes next may be another one.
    if (isAnother || !all) {
      this.#revealed = this.#opened = new Set();
      this.#pins.forget();
      this.#choices.forget();
    }
    if (shownFor !== this.#shownFor) {
      this.#shownFor = shownFor;
      this.#waitingSince = undefined;
      this.#current = undefined;
      this.#growth.restart();
    }
    const kept = this.#keptMemory;
    if (this.controls && kept) this.#choices.recall(this.store, kept.choices[this.id]);
    // Whoever shows these choices elsewhere has to know, as when somebody makes them.
    this.#isViewUntold ||= view !== writeJson(this.#choices.view);
    this.#pins.settle();
    if (all) this.#arrange(all);
    else this.#arranger.clear();
  }

  #arrange(all: readonly Achievement[]): void {
    const { filter, groupBy, limit, query, reveal, sections, sort } = this;
    const [language, now] = [this.#locale.language, this.#time.now];
    const settings = { filter, groupBy, limit, query, reveal, sections, sort, language, now };
    const isStateless = Boolean(this.achievements);
    this.#arranger.arrange({ ...settings, all, isStateless, revealed: this.#revealed, memory: this.#memory });
    this.#time.changesAt(this.#arranger.until);
  }

  /** The rows as they are arranged now; the same object for as long as they are the same. */
  get #placedRows(): ListRows | undefined {
    const { arrangement } = this.#arranger;
    const rowsBy = [arrangement, this.collapsed, this.#columns, this.layout];
    if (!this.#rows || rowsBy.some((each, index) => each !== this.#rowsBy[index])) {
      this.#rows =
        arrangement && new ListRows(arrangement, this.collapsed, this.#isLong ? this.#columns : 1, this.layout);
      this.#rowsBy = rowsBy;
    }
    return this.#rows;
  }

  get #shown(): number {
    return this.#arranger.arrangement?.shown ?? 0;
  }

  /** Too long for all of it to be in the document. */
  get #isLong(): boolean {
    return this.#shown > MOST_IN_DOCUMENT;
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    this.#place();
  }

  override firstUpdated(): void {
    // The device reads meanwhile, and nothing else is to be done.
    if (!this.#all) this.#locale.formats.prepare();
  }

  override updated(): void {
    const problem = this.#givenProblem;
    if (problem && problem !== this.#toldProblem) this.dispatchEvent(new AchievementProblemEvent(problem));
    this.#toldProblem = problem;
    if (!this.#isViewUntold) return;
    this.#isViewUntold = false;
    this.#announceView();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // What it follows while it is in a document it follows with an update.
    this.requestUpdate();
  }

  /** Settles when every card is in the document; of a long list, those near what is seen. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    await this.#growth.complete;
    await this.#placing;
    return complete;
  }

  // Placing the cards

  /** Scrolling changes which cards there are, and nothing else of the list. */
  #placeSoon(): void {
    this.#placing ??= Promise.resolve().then(() => {
      this.#placing = undefined;
      if (!this.isConnected || this.isUpdatePending) return;
      this.#place();
      // What was looked up for this is not for the next update.
      this.#locale.hostUpdated();
    });
  }

  #place(): void {
    const container = this.renderRoot.querySelector<HTMLElement>('.groups');
    const rows = container ? this.#placedRows : undefined;
    const focused = this.shadowRoot?.activeElement?.shadowRoot?.activeElement ?? this.querySelector(':focus');
    if (container && rows && this.#isLong) this.#placeNear(container, rows);
    else {
      this.#window.stop();
      container?.removeAttribute('style');
      this.#groups.place(container, this.#labelled(rows, rows?.upTo(this.#growth.count)));
    }
    this.#placeTabStop();
    // A card that moves, such as one that is revealed in a list sorted by name, loses the focus.
    this.#isPlacing = true;
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
    this.#isPlacing = false;
  }

  /** The part of a long list that is near what is seen, with room for the rest around it. */
  #placeNear(container: HTMLElement, rows: ListRows): void {
    const range = this.#window.range(container, rows);
    // Where the Tab key comes back to, wherever the list is scrolled.
    const kept = this.#focusedKey ?? this.#current;
    const keptIn = kept === undefined ? undefined : rows.find(kept)?.rows;
    // Properties and not a template: a strict policy drops `style` attributes.
    container.style.blockSize = `${range.total}px`;
    container.style.paddingBlockStart = `${range.before}px`;
    const parts = this.#labelled(rows, rows.between(range, keptIn));
    this.#window.follow(this.#groups.place(container, parts, keptIn && kept, rows));
    const columns = this.#columnsIn(container);
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.requestUpdate();
  }

  #columnsIn(container: HTMLElement): number {
    if (this.layout !== 'grid') return 1;
    // What is not seen has no columns: the style is then as it was written.
    const list = [...container.querySelectorAll('ul')].find(({ clientWidth }) => clientWidth > 0);
    return list ? getComputedStyle(list).gridTemplateColumns.split(' ').length : this.#columns;
  }

  /** The key of the card with the focus in it, or in the page's notes in it. */
  get #focusedKey(): string | undefined {
    const noted = this.querySelector(':scope > :focus-within')?.assignedSlot;
    return (this.shadowRoot?.activeElement ?? noted)?.closest('achievement-card')?.achievement?.key;
  }

  #labelled(rows: ListRows | undefined, parts: readonly GroupPart[] = []): LabelledPart[] {
    const library = this.achievements ? undefined : this.#snapshot?.library;
    const isWhole = !library || completenessOf(library).isWhole;
    return labelled(parts, this.groupBy, (rows?.groups.length ?? 0) > 1, isWhole, this.#locale);
  }

  #placeTabStop(): void {
    const { cards } = this.#groups;
    const isThere = cards.some(({ achievement }) => achievement?.key === this.#current);
    const stop = isThere ? this.#current : this.#groups.first?.achievement?.key;
    for (const card of cards) card.tabStop = card.achievement?.key === stop;
  }

  #prepare(card: AchievementCard, achievement: Achievement): void {
    const { key, id } = achievement;
    const { linkSchemes } = this.#source.value;
    const { pinned } = this.#memory;
    const sections = this.#arranger.view?.sections ?? [];
    Object.assign(card, {
      achievement,
      layout: this.layout,
      density: this.density,
      hide: this.hide,
      lockedPicture: this.lockedPicture,
      locale: this.#locale.language,
      linkSchemes: this.linkSchemes || (linkSchemes ?? ''),
      revealPolicy: this.reveal,
      clock: this.#clock,
      revealed: this.#revealed.has(key),
      open: this.#opened.has(key),
      pinned: this.controls || sections.includes('pinned') ? pinned.has(key) : undefined,
      isNew: sections.includes('since-last-visit') && isNewlyAdded(achievement, this.#memory),
    });
    // Some ids tell the secret.
    const isHidden = isMasked(achievement, this.reveal === 'always' || this.#revealed.has(key));
    const name = isHidden ? '' : `notes-${id}`;
    const notes = card.querySelector('slot');
    // Named again, even the same, it is a change to the browser and to everybody who watches the document.
    if (notes && notes.name !== name) notes.name = name;
  }

  // What people do

  #handleRevealed({ achievement, revealed }: AchievementCard): void {
    if (!achievement) return;
    this.#revealed = toggled(this.#revealed, achievement.key, revealed);
    // Where names are sorted, this one has a place now.
    this.requestUpdate();
  }

  #handleOpened({ achievement, open }: AchievementCard): void {
    if (!achievement) return;
    this.#opened = toggled(this.#opened, achievement.key, open);
    this.#hash.write(achievement.id, open);
  }

  #setPinned(achievement: Achievement, pinned: boolean): void {
    if (!this.#pins.set(achievement.key, pinned)) return;
    this.dispatchEvent(new AchievementPinEvent(visible(achievement, this.#revealed.has(achievement.key)), pinned));
  }

  #handleCollapse({ kind, name }: ArrangedGroup): void {
    const id = name || kind;
    const { collapsed } = this;
    this.#choices.choose({
      collapsed: collapsed.includes(id) ? collapsed.filter((each) => each !== id) : [...collapsed, id],
    });
    if (this.controls) this.#keepChoices();
  }

  #keepChoices(): void {
    void this.#keepingStore?.choose(this.id, this.#choices.worthKeeping);
  }

  #announceView(): void {
    this.dispatchEvent(new AchievementViewEvent(this.#choices.view));
  }

  #handleFocus(event: FocusEvent): void {
    const card = event.target as AchievementCard;
    const key = card.achievement?.key;
    if (key === undefined || card.tabStop === undefined) return;
    // Somebody came back to a card that was scrolled away.
    if (!this.#isPlacing && card.closest('.parked')) void this.#bring(key);
    if (key === this.#current) return;
    this.#current = key;
    this.#placeTabStop();
  }

  #handleKey(event: KeyboardEvent): void {
    const container = event.currentTarget as HTMLElement;
    const columns = this.#columnsIn(container);
    handleListKey(event, {
      lines: this.#placedRows?.lines(columns) ?? [],
      hasColumns: columns > 1,
      isRightToLeft: getComputedStyle(container).direction === 'rtl',
      focus: ({ key }) => void this.#bring(key).then((card) => card?.focus()),
    });
  }

  /** The card of an achievement, in the document and rendered; it is scrolled to where it has to be. */
  async #bring(key: string): Promise<AchievementCard | undefined> {
    this.#wanted = key;
    for (let paints = 0; paints < MOST_PAINTS && this.isConnected; paints++) {
      await super.getUpdateComplete();
      const card = this.#groups.cardOf(key);
      if (card && !card.closest('.parked')) {
        await card.updateComplete;
        // Another one was asked for in the meantime.
        return this.#wanted === key ? card : undefined;
      }
      const place = this.#placedRows?.find(key);
      if (!place || place.rows.isCollapsed || this.#wanted !== key) return undefined;
      this.#window.scrollTo(place.row);
      await new Promise<void>(afterPaint);
    }
    return undefined;
  }

  readonly #handleTryAgain = (): void => {
    // Problems are in the snapshot, never thrown.
    void this.store?.refresh();
  };

  override render(): TemplateResult {
    return html`
      <slot name="header"></slot>
      ${this.#renderHead()} ${this.#renderToolbar()} ${this.#renderMain()}
    `;
  }

  #renderHead() {
    const snapshot = this.#snapshot;
    const all = this.#all;
    const summary = this.summary && all ? this.#renderSummary() : nothing;
    const status = snapshot?.library
      ? renderStatus(snapshot, this.#locale, this.#time, this.#renderTryAgain())
      : nothing;
    return summary === nothing && status === nothing ? nothing : html`<div class="head">${summary}${status}</div>`;
  }

  #renderToolbar() {
    const { arrangement, present, view } = this.#arranger;
    if (!this.controls || present.length === 0 || !arrangement || !view) return nothing;
    return renderToolbar(
      {
        query: this.query,
        layout: LAYOUTS.find((known) => known === this.layout) ?? 'list',
        filter: view.states,
        sort: view.sort,
        groupBy: view.groupBy,
        ...facetsOf(present, view),
        arrangement,
        isArranging: this.isArranging,
        isChanged: this.#choices.isChanged,
        isReset: this.#choices.isReset,
      },
      this.#toolbarActions,
      this.#locale,
    );
  }

  readonly #toolbarActions: ToolbarActions = {
    prepare: () => {
      // The first key would have to wait for it.
      const search = parseSearch('a');
      for (const achievement of this.#arranger.present) search(achievement);
    },
    search: (query) => {
      this.#choices.choose({ query });
      this.#announceView();
    },
    choose: (choices) => {
      this.#choices.choose(choices);
      this.#keepChoices();
      this.#announceView();
    },
    toggleArranging: () => (this.isArranging = !this.isArranging),
    reset: () => this.reset(),
  };

  #renderSummary() {
    return html`<achievement-summary
      part="summary"
      .achievements=${this.#given}
      .library=${this.#snapshot?.library}
      .locale=${this.#locale.language}
    ></achievement-summary>`;
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
    const problem = this.setupProblem ?? this.#givenProblem ?? this.#snapshot?.problem ?? around;
    if (this.#arranger.arrangement) return this.#shown > 0 ? this.#renderList() : this.#renderEmpty();
    if (problem) return renderProblem(problem, this.#locale.terms, this.#renderTryAgain());
    // Nobody is asked after a player signed out: then there is nothing to wait for.
    const waits = (this.#snapshot?.activity ?? 'idle') !== 'idle';
    return waits && this.#hasWaited() ? renderSkeleton(this.#locale.terms) : nothing;
  }

  /** The groups and cards are placed after each update. */
  #renderList() {
    return html`<div class="groups" @keydown=${this.#handleKey} @focusin=${this.#handleFocus}></div>`;
  }

  #hasWaited(): boolean {
    const now = this.#time.now;
    this.#waitingSince ??= now;
    this.#time.changesAt(this.#waitingSince + QUIET_WAIT);
    return now - this.#waitingSince >= QUIET_WAIT;
  }

  #renderEmpty() {
    const { empty, noMatch } = this.#locale.terms;
    return renderEmpty(this.#all?.length ? noMatch : empty);
  }
}
