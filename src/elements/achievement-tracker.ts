import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import {
  TRACKER_KEYS,
  achievementAt,
  changesBetween,
  descriptionFor,
  isMasked,
  runsOutAt,
  systemClock,
  trackedOf,
  type Achievement,
  type Clock,
  type TrackedAchievement,
  type TrackerKey,
  type GivenAchievement,
  type Problem,
} from '../model/index.js';
import type { Snapshot, Store } from '../store/store.js';
import { glyph, icons } from '../styles/icons.js';
import { pictureStyles } from '../styles/picture.styles.js';
import { tokens } from '../styles/tokens.js';
import { trackerStyles } from '../styles/tracker.styles.js';
import { BaseElement, text } from './base-element.js';
import { CardWords, type Fact, initialOf, stateIcon } from './card-words.js';
import { AchievementPinEvent, AchievementProblemEvent } from './events.js';
import { GivenAchievements } from './given-achievements.js';
import { hasModifier } from './list-keyboard.js';
import { ListPins } from './list-pins.js';
import { LocaleController } from './locale-controller.js';
import { isMotionWelcome } from './motion.js';
import { NearbySource } from './nearby-source.js';
import { Pictures } from './pictures.js';
import { StoreController } from './store-controller.js';
import { html } from './template.js';
import { TimeController } from './time-controller.js';
import { TrackerMotion } from './tracker-motion.js';

/** How many lines a tracker has where nobody says otherwise. */
const FEW_LINES = 4;

/** Where a key leads among the unpin buttons. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/**
 * @summary A few lines of what matters while playing: pinned, nearly done, running out, just unlocked.
 *
 * Nothing is painted when there is nothing to show, and it takes neither the pointer nor the focus unless it has
 * `controls`. Secrets that are masked are never in it.
 *
 * @event {AchievementPinEvent} achievement-pin - A pin was taken away with the button of a line.
 * @event {AchievementProblemEvent} achievement-problem - Some of `achievements` could not be read.
 *
 * @csspart tracker - The list of lines.
 * @csspart line - One line.
 * @csspart picture - The picture's box.
 * @csspart name - The name.
 * @csspart time - How long there is still time for it.
 * @csspart progress - The bar.
 * @csspart label - The words beside the bar, or instead of it: "8 of 10", "2 left".
 * @csspart unpin - The button that takes the pin away.
 *
 * @cssproperty [--achievement-accent] - Bars and focus.
 * @cssproperty [--achievement-surface] - The background.
 * @cssproperty [--achievement-text] - Text.
 * @cssproperty [--achievement-radius=16px] - The corners, and those inside.
 */
export class AchievementTracker extends BaseElement {
  static override styles = [tokens, pictureStyles, trackerStyles];

  static override properties: PropertyDeclarations = {
    show: { converter: text },
    limit: { type: Number },
    controls: { type: Boolean, reflect: true },
    for: { converter: text },
    locale: { converter: text },
    theme: { reflect: true },
    achievements: { attribute: false },
    pinned: { attribute: false },
    store: { attribute: false },
    clock: { attribute: false },
  };

  /**
   * What is shown, and in which order, separated by spaces: `pinned nearly-done running-out unlocked`. Without any word
   * it is all four, in that order.
   */
  show = '';

  /** At most so many lines, from 1 up. */
  limit = FEW_LINES;

  /** Each pinned line has a button that takes its pin away. */
  controls = false;

  /** The id of an `<achievement-list>` or `<achievement-source>` whose achievements are shown; else of those around it. */
  for = '';

  /** The language, as a BCP 47 tag; the default is that of the source, else the nearest `lang`. */
  locale = '';

  /** `light` or `dark`; `auto` follows the page's `color-scheme`. */
  theme: 'auto' | 'light' | 'dark' = 'auto';

  /** Achievements to choose from: nothing is asked of anybody. */
  achievements?: readonly GivenAchievement[];

  /** Where the time comes from, for tests and unusual hosts. */
  clock?: Clock;

  readonly #pictures = new Pictures(this);
  readonly #source = new NearbySource(this, () => this.for);
  readonly #store = new StoreController(
    this,
    () => (this.achievements ? undefined : this.store),
    (_snapshot, changes) => {
      // What happened while nobody looked has the service's word for when it was.
      if (changes && !changes.missed) this.#see(changes.unlocked);
    },
  );
  readonly #locale = new LocaleController(this, () => this.locale || this.#source.locale);
  readonly #time = new TimeController(this, () => this.#clock);
  readonly #words = new CardWords(this.#locale, this.#time);
  readonly #reader = new GivenAchievements();
  #read: readonly Achievement[] | undefined;
  #toldProblem: Problem | undefined;
  readonly #pins = new ListPins(
    () => ({ all: this.#all, store: this.#keepingStore, memory: this.#snapshot?.memory }),
    () => this.requestUpdate(),
  );
  readonly #motion = new TrackerMotion();
  readonly #warned = new Set<string>();
  #shownFor: unknown;
  /** When the player was seen unlocking, by key. */
  readonly #seenUnlocked = new Map<string, number>();
  #lines: readonly TrackedAchievement[] = [];
  /** Lines that fade away, by key. */
  #leaving = new Map<string, TrackedAchievement>();
  /** Where the focus came from. */
  #cameFrom: HTMLElement | undefined;

  /** The store it shows: the one it was given, else that of `for`, else that of the source around it. */
  get store(): Store | undefined {
    return this.#source.store;
  }

  set store(store: Store | undefined) {
    this.#source.given = store;
    this.requestUpdate();
  }

  /** The ids of the pinned achievements. */
  get pinned(): readonly string[] {
    return this.#pins.ids;
  }

  set pinned(ids: readonly string[]) {
    this.#pins.want(ids);
    this.requestUpdate();
  }

  /** Focuses the first button; does nothing where there is none. */
  override focus(options?: FocusOptions): void {
    this.#buttons[0]?.focus(options);
  }

  get #clock(): Clock {
    return this.clock ?? this.#source.clock ?? systemClock;
  }

  get #snapshot(): Snapshot | undefined {
    return this.#store.snapshot;
  }

  get #keepingStore(): Store | undefined {
    return this.achievements ? undefined : this.store;
  }

  get #all(): readonly Achievement[] | undefined {
    return this.achievements
      ? (this.#reader.read(this.achievements, this.baseURI, this.#clock.now()) ?? [])
      : this.#snapshot?.library?.achievements;
  }

  get #list(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.lines');
  }

  get #buttons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.unpin')];
  }

  /** A host is told what could not be read of what it gave. */
  #tellGiven(): void {
    const problem = this.achievements && this.#reader.problem;
    if (problem && problem !== this.#toldProblem) this.dispatchEvent(new AchievementProblemEvent(problem));
    this.#toldProblem = problem;
  }

  #see(unlocked: readonly Achievement[]): void {
    for (const { key } of unlocked) this.#seenUnlocked.set(key, this.#clock.now());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('achievements') ? this.#read : undefined;
    const all = this.#all;
    if (before && this.achievements) this.#see(changesBetween(before, all ?? []).unlocked);
    this.#read = this.achievements ? all : undefined;
    this.#tellGiven();
    const shownFor = this.achievements ? 'achievements' : this.store;
    // Nothing to show: the player signed out, and whoever comes next may be another one.
    if ((this.#shownFor !== undefined && shownFor !== this.#shownFor) || !all) this.#forget();
    this.#shownFor = shownFor;
    this.#pins.settle();
    const now = this.#time.now;
    const present = this.achievements ? (all ?? []).map((each) => achievementAt(each, now)) : (all ?? []);
    const { lines, until } = trackedOf(present, {
      keys: this.#keys,
      limit: this.#mostLines,
      memory: this.#pins.memory,
      seenUnlocked: this.#seenUnlocked,
      now,
    });
    this.#time.changesAt(until);
    this.#leave(lines, present);
    this.#lines = lines;
  }

  #forget(): void {
    this.#pins.forget();
    this.#seenUnlocked.clear();
    this.#leaving.clear();
    this.#lines = [];
  }

  /** What has a line no more fades away, unless it must not be shown any longer. */
  #leave(next: readonly TrackedAchievement[], present: readonly Achievement[]): void {
    const staying = new Set(next.map(({ achievement }) => achievement.key));
    const leaving = new Map<string, TrackedAchievement>();
    if (isMotionWelcome()) {
      for (const line of [...this.#leaving.values(), ...this.#lines]) {
        const { key } = line.achievement;
        if (staying.has(key)) continue;
        const achievement = present.find((each) => each.key === key);
        if (achievement && !isMasked(achievement)) leaving.set(key, { ...line, achievement });
      }
    }
    this.#leaving = leaving;
  }

  get #keys(): readonly TrackerKey[] {
    const words = this.show.split(/[\s,]+/).filter(Boolean);
    const keys = words.flatMap((word) => TRACKER_KEYS.filter((key) => key === word));
    for (const word of words) {
      if (keys.includes(word as TrackerKey) || this.#warned.has(word)) continue;
      this.#warned.add(word);
      console.warn(`<achievement-tracker show>: “${word}” is not known and was left out.`);
    }
    return words.length > 0 ? [...new Set(keys)] : TRACKER_KEYS;
  }

  get #mostLines(): number {
    const limit = Math.floor(Number(this.limit));
    return limit >= 1 ? limit : FEW_LINES;
  }

  protected override update(changed: PropertyValues): void {
    const focused = this.#buttons.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    this.#motion.look(this.#list);
    super.update(changed);
    const elements = [...(this.#list?.children ?? [])] as HTMLElement[];
    const lines = [...this.#lines, ...this.#leaving.values()].map(({ achievement }, index) => ({
      key: achievement.key,
      element: elements[index] as HTMLElement,
      ...(achievement.progress ? { ratio: achievement.progress.ratio } : {}),
      isUnlocked: achievement.state === 'unlocked',
      isLeaving: index >= this.#lines.length,
    }));
    this.#motion.play(this.#list, lines, (key) => this.#handleLeft(key));
    if (focused >= 0 && !this.shadowRoot?.activeElement) this.#refocus(focused);
  }

  #handleLeft(key: string): void {
    if (this.#leaving.delete(key)) this.requestUpdate();
  }

  /** The button with the focus is gone: to the next one, else back. */
  #refocus(index: number): void {
    const buttons = this.#buttons;
    const cameFrom = this.#cameFrom;
    const target = buttons[Math.min(index, buttons.length - 1)] ?? cameFrom;
    if (target?.isConnected) target.focus({ preventScroll: true });
    // From a button that is gone, which is nowhere to go back to.
    this.#cameFrom = cameFrom;
  }

  readonly #handleFocusIn = ({ relatedTarget }: FocusEvent): void => {
    const isOurs = relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget);
    if (!isOurs) this.#cameFrom = relatedTarget instanceof HTMLElement ? relatedTarget : undefined;
  };

  readonly #handleKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    const buttons = this.#buttons;
    const index = buttons.indexOf(event.target as HTMLElement);
    if (step === undefined || index < 0 || hasModifier(event)) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(buttons.length - 1, index + step))]?.focus();
  };

  #handleUnpin(achievement: Achievement): void {
    if (this.#pins.set(achievement.key, false)) this.dispatchEvent(new AchievementPinEvent(achievement, false));
  }

  override render(): TemplateResult | typeof nothing {
    const lines = [...this.#lines, ...this.#leaving.values()];
    if (lines.length === 0) return nothing;
    const isEnding = this.#lines.length === 0;
    return html`<ul
      part="tracker"
      class=${isEnding ? 'lines ending' : 'lines'}
      role="list"
      aria-label=${this.#locale.terms.tracker}
      @keydown=${this.#handleKeyDown}
      @focusin=${this.#handleFocusIn}
    >
      ${repeat(
        lines,
        ({ achievement }) => achievement.key,
        (line) => this.#renderLine(line, this.#leaving.has(line.achievement.key)),
      )}
    </ul>`;
  }

  #renderLine({ achievement, reason }: TrackedAchievement, isLeaving: boolean) {
    const facts = this.#words.facts(achievement);
    const isUnlocked = achievement.state === 'unlocked';
    const isRare = isUnlocked && facts.some(({ look, part }) => part === 'rarity' && look === 'gold');
    const end = runsOutAt(achievement, this.#time.now);
    const label = this.#labelOf(achievement, facts);
    return html`<li
      part="line"
      class=${`line ${achievement.state}${isRare ? ' rare' : ''}${isLeaving ? ' leaving' : ''}`}
      ?inert=${isLeaving}
      aria-hidden=${isLeaving ? 'true' : nothing}
    >
      <span class="spoken">${this.#sentence(achievement, facts, label)}</span>
      ${this.#renderPicture(achievement)}
      <div class="body" aria-hidden="true">
        <div class="row">
          <div part="name" class="name" dir="auto">${achievement.name}</div>
          ${
            end === undefined
              ? nothing
              : html`<span part="time" class="time"
                  >${glyph(icons.hourglass)}<bdi>${this.#time.until(end, this.#locale.formats, 'narrow')}</bdi></span
                >`
          }
        </div>
        <div class="row">
          ${achievement.progress ? html`<div part="progress" class="track"><div class="fill"></div></div>` : nothing}
          <div part="label" class="label" dir="auto">${label}</div>
        </div>
      </div>
      ${this.controls && reason === 'pinned' && !isLeaving ? this.#renderUnpin(achievement) : nothing}
    </li>`;
  }

  /** What stands beside the bar; where there is none, what there is to do. */
  #labelOf(achievement: Achievement, facts: readonly Fact[]): string {
    const { pending, progress, state } = achievement;
    const { terms } = this.#locale;
    if (state === 'unlocked') return pending ? terms.pending : terms.stateUnlocked;
    // "2 left" where it is nearly done.
    if (progress) return facts.find(({ field }) => field === 'progress')?.text ?? this.#words.progress(achievement);
    const starts = state === 'scheduled' ? facts.find(({ part }) => part === 'time')?.text : undefined;
    return starts ?? (descriptionFor(achievement) || this.#words.state(achievement));
  }

  /** What a card of it says, and what there is to do where no bar shows it. */
  #sentence(achievement: Achievement, facts: readonly Fact[], label: string): string {
    const sentence = this.#words.sentence(achievement, facts);
    return achievement.progress || sentence.includes(label) ? sentence : `${sentence}, ${label}`;
  }

  #renderPicture(achievement: Achievement) {
    const url = this.#pictures.of(achievement, { base: this.baseURI });
    const badge = stateIcon(achievement);
    return html`<div part="picture" class="picture" aria-hidden="true">
      ${url ? this.#pictures.render(url, 36) : html`<span class="placeholder">${initialOf(achievement.name)}</span>`}
      ${badge ? html`<span class="badge">${glyph(badge)}</span>` : nothing}
    </div>`;
  }

  #renderUnpin(achievement: Achievement) {
    const label = this.#locale.terms.unpinLabel(achievement.name);
    return html`<button
      part="unpin"
      type="button"
      class="unpin"
      aria-label=${label}
      title=${label}
      @click=${() => this.#handleUnpin(achievement)}
    >
      ${glyph(icons.pin)}
    </button>`;
  }
}
