import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  type Achievement,
  type Clock,
  type Notice,
  type NoticeKind,
  type NoticeRules,
  NoticeBook,
  achievementsOf,
  completeNotice,
  completenessOf,
  countOf,
  isMasked,
  parseMilestones,
  progressNotice,
  readAchievements,
  safeFile,
  soundOf,
  unlockNotice,
  unlockedIn,
  type GivenAchievement,
} from '../model/index.js';
import { systemClock } from '../model/clock.js';
import type { Snapshot, Store, StoreChanges } from '../store/store.js';
import { glyph, icons } from '../styles/icons.js';
import { toastsStyles } from '../styles/toasts.styles.js';
import { pictureStyles } from '../styles/picture.styles.js';
import { tokens } from '../styles/tokens.js';
import { BaseElement, text } from './base-element.js';
import { CardWords } from './card-words.js';
import { AchievementProblemEvent, AchievementToastEvent } from './events.js';
import { hasModifier } from './list-keyboard.js';
import { LocaleController } from './locale-controller.js';
import { isMotionWelcome, moveFrom, stop } from './motion.js';
import { NearbySource } from './nearby-source.js';
import { Pictures } from './pictures.js';
import { StoreController } from './store-controller.js';
import { html } from './template.js';
import { TimeController } from './time-controller.js';
import { ToastQueue, type ShownNotice } from './toast-queue.js';
import { type ToastSound, playFile, playTune } from './toast-sounds.js';
import { isPageHidden, listenToPage, unlistenToPage } from './dom.js';

/** Where notices appear. */
export type ToastPosition =
  'top-start' | 'top' | 'top-end' | 'start' | 'center' | 'end' | 'bottom-start' | 'bottom' | 'bottom-end';

/** A number that an attribute tells, within its limits; where it tells none, the default. */
function within(value: number, least: number, most: number, otherwise: number): number {
  const number = Number(value ?? NaN);
  return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : otherwise;
}

/**
 * @summary Notices of what a player unlocks and how far it is. It lies over the page and lets the pointer through, except
 * on a notice. Nothing is told of the first data seen, and nothing twice in a visit.
 *
 * @csspart stack - All that is shown; its `inline-size` is the width of a notice.
 * @csspart toast - One notice, of whatever kind.
 * @csspart unlock - A notice of an unlock.
 * @csspart rare - A notice of a rare unlock.
 * @csspart challenge - A notice of a completed challenge.
 * @csspart complete - The notice that everything is unlocked.
 * @csspart progress - A notice of progress.
 * @csspart summary - One notice for many.
 * @csspart picture - Its picture.
 * @csspart label - What happened.
 * @csspart name - What it happened to.
 * @csspart bar - The bar of progress.
 * @csspart reward - What it brings.
 * @csspart more - How many wait.
 * @csspart dismiss - The button that takes one away.
 *
 * @fires {AchievementToastEvent} achievement-toast - A notice is shown.
 */
export class AchievementToasts extends BaseElement {
  static override styles = [tokens, pictureStyles, toastsStyles];

  static override properties: PropertyDeclarations = {
    position: { reflect: true },
    grow: { reflect: true },
    margin: { type: Number },
    scale: { type: Number },
    max: { type: Number },
    duration: { type: Number },
    stagger: { type: Number },
    milestones: { converter: text },
    muted: { converter: text },
    missed: { type: Boolean },
    sound: {},
    sounds: { attribute: false },
    volume: { type: Number },
    rareBelow: { type: Number, attribute: 'rare-below' },
    for: { converter: text },
    locale: { converter: text },
    theme: { reflect: true },
    store: { attribute: false },
    clock: { attribute: false },
  };

  /** One of nine places: `top-start`, `top`, `top-end`, `start`, `center`, `end`, `bottom-start`, `bottom`, `bottom-end`. */
  position: ToastPosition = 'bottom-end';

  /** Where the next notice goes: `down`, `up`, or `auto`, away from the edge. */
  grow: 'auto' | 'down' | 'up' = 'auto';

  /** Distance from the edges, in CSS pixels. */
  margin = 16;

  /** The size of everything; 2 for a screen of 3840 by 2160. */
  scale = 1;

  /** How many are shown at once, 1 to 20; the others wait. */
  max = 3;

  /** How long each is shown, in seconds. */
  duration = 6;

  /** Between two entrances, in milliseconds. */
  stagger = 150;

  /** The percentages at which progress is told, separated by spaces; `none` tells only unlocks. */
  milestones = '50 90';

  /**
   * Ids, keys or API names of achievements and ids of titles, separated by spaces: their progress is not told, and their
   * unlock makes no sound.
   */
  muted = '';

  /** Also tells what was unlocked since the last visit. */
  missed = false;

  /** `on` plays sounds of our own, or `sounds`. */
  sound: 'off' | 'on' = 'off';

  /** URLs of your own sounds, by kind: `unlock`, `rare`, `challenge`, `complete`, `progress`. `https:` or your own. */
  sounds?: Readonly<Partial<Record<ToastSound, string>>>;

  /** 0 to 1. */
  volume = 0.5;

  /** The percentage of players below which an unlock is rare; without it, what the service calls rare. */
  rareBelow?: number;

  /** The id of a list or source whose achievements are told; without it, those of the source around it. */
  for = '';

  /** The language, as a BCP 47 tag; the default is the nearest `lang`. */
  locale = '';

  /** `light` or `dark`; `auto` follows the page's `color-scheme`. */
  theme: 'auto' | 'light' | 'dark' = 'auto';

  /** For tests and unusual hosts. */
  clock?: Clock;

  readonly #pictures = new Pictures(this);
  readonly #source = new NearbySource(this, () => this.for);
  readonly #locale = new LocaleController(this, () => this.locale || this.#source.locale);
  readonly #time = new TimeController(this, () => this.#clock);
  readonly #words = new CardWords(this.#locale, this.#time);
  readonly #queue = new ToastQueue({
    clock: () => this.#clock,
    changed: () => this.requestUpdate(),
    told: (...what) => this.#tell(...what),
  });

  #mutedBy = new Set<string>();
  /** The player of whom `#book` tells. */
  #toldOf: Store | undefined;
  #book = new NoticeBook();
  #announcement = '';
  /** Announcements that say the same are different ones. */
  #announced = 0;
  #isWatchingPage = false;
  #hasFocus = false;
  #isUnderPointer = false;
  /** Where each notice is seen, from the top, before an update. */
  #tops = new Map<HTMLElement, number>();
  /** Where the focus was before it came here. */
  #focusedBefore: HTMLElement | undefined;

  constructor() {
    super();
    new StoreController(
      this,
      () => this.store,
      (snapshot, changes) => this.#hear(snapshot, changes),
    );
  }

  /** The store whose achievements are told: a given one, that of `for`, or that of the source around it. */
  get store(): Store | undefined {
    return this.#source.store;
  }

  set store(store: Store | undefined) {
    this.#source.given = store;
    this.requestUpdate();
  }

  get #clock(): Clock {
    return this.clock ?? this.#source.clock ?? systemClock;
  }

  get #rules(): NoticeRules {
    return {
      milestones: parseMilestones(this.milestones),
      muted: new Set([...this.muted.split(/[\s,]+/).filter(Boolean), ...this.#mutedBy]),
      missed: this.missed,
      max: this.#queue.max,
      ...(Number.isFinite(this.rareBelow) ? { rareBelow: this.rareBelow! } : {}),
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // What waited while it was not in a document goes on.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#hold();
      this.#watchPage(false);
    });
  }

  /** Tells nothing more of the progress of this achievement or title, by id. */
  mute(id: string): void {
    this.#mutedBy.add(id);
  }

  /** Takes `mute` back; what the attribute names stays muted. */
  unmute(id: string): void {
    this.#mutedBy.delete(id);
  }

  /** Takes everything away, also what waits. */
  dismissAll(): void {
    this.#queue.dismissAll();
  }

  /**
   * Shows a notice of your own making, of achievements in the form of the model or of the JSON protocol. One that is a
   * secret and not unlocked is not shown; what cannot be read raises a problem.
   * @param kind by default `unlock`, or `rare` or `challenge` where it is that; `complete` tells of all in `achievements`
   */
  show(achievements: GivenAchievement | readonly GivenAchievement[], kind?: Exclude<NoticeKind, 'summary'>): void {
    const given = Array.isArray(achievements) ? achievements : [achievements];
    const context = { form: 'either', backend: '', base: this.baseURI, now: this.#clock.now() } as const;
    const { achievements: all, problem } = readAchievements(given, context);
    if (problem) this.dispatchEvent(new AchievementProblemEvent(problem));
    const told = all.filter((achievement) => !isMasked(achievement));
    const notices: Notice[] =
      kind === 'complete'
        ? [completeNotice(told)]
        : told.map((achievement) => {
            if (kind === 'progress') return progressNotice(achievement);
            const notice = unlockNotice(achievement, this.#rules);
            return kind ? { ...notice, kind } : notice;
          });
    if (told.length > 0) this.#add(notices.map((notice) => ({ ...notice, isGiven: true })));
  }

  /** The first notice. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.toast')?.focus(options);
  }

  #hear({ library }: Snapshot, changes?: StoreChanges): void {
    if (this.#toldOf !== this.store) this.#begin();
    // Another player, or nobody.
    if (!library) {
      this.#forgetPlayer();
      return;
    }
    const { achievements } = library;
    this.#queue.refresh(achievements);
    if (!changes) return;
    const { shownElsewhere } = changes;
    // Whoever sees this page is told here, whatever is on other screens.
    if (shownElsewhere && isPageHidden()) {
      for (const each of achievements) if (shownElsewhere.includes(each.key)) this.#book.noteUnlock(each);
      this.#queue.forget(shownElsewhere);
    }
    const { isWhole } = completenessOf(library);
    this.#add(this.#book.noticesOf(changes, achievements, this.#rules, isWhole));
  }

  #add(notices: readonly Notice[]): void {
    // While there was nothing to show, nobody watched the page.
    this.#hold();
    this.#queue.add(notices);
  }

  #hold(): void {
    this.#queue.isHeld = !this.isConnected || isPageHidden();
  }

  #begin(): void {
    this.#toldOf = this.store;
    this.#forgetPlayer();
  }

  /** Also what the live region says: it can be read long after it was heard. */
  #forgetPlayer(): void {
    this.#book = new NoticeBook();
    this.#announcement = '';
    if (!this.#queue.isEmpty) this.#queue.dismissAll();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.#toldOf !== this.store) this.#begin();
    this.#queue.max = Math.round(within(this.max, 1, 20, 3));
    this.#queue.duration = within(this.duration, 0.1, 86_400, 6) * 1000;
    this.#queue.stagger = within(this.stagger, 0, 60_000, 150);
    // From the script and not in the template: a strict policy refuses style attributes.
    if (changed.has('margin') || !this.hasUpdated)
      this.style.setProperty('--_margin', `${within(this.margin, 0, 10_000, 16)}px`);
    if (changed.has('scale') || !this.hasUpdated)
      this.style.setProperty('--_scale', String(within(this.scale, 0.1, 20, 1)));
    this.#tops = new Map(this.#toasts.map((toast) => [toast, toast.getBoundingClientRect().top]));
    if (this.isConnected) {
      this.#watchPage(!this.#queue.isEmpty);
      this.#hold();
    }
  }

  /** Only while there is something to show. */
  #watchPage(isWanted: boolean): void {
    if (isWanted === this.#isWatchingPage) return;
    this.#isWatchingPage = isWanted;
    if (isWanted) listenToPage('visibilitychange', this.#handlePage);
    else unlistenToPage('visibilitychange', this.#handlePage);
  }

  readonly #handlePage = (): void => this.#hold();

  #tell(shown: readonly Notice[], more: number, isNew: boolean, all: readonly Notice[]): void {
    for (const notice of shown) this.dispatchEvent(new AchievementToastEvent(achievementsOf(notice), notice.kind));
    const unlocked = shown.filter(({ isGiven }) => !isGiven).flatMap(unlockedIn);
    if (unlocked.length > 0) this.store?.markShown(unlocked.map(({ key }) => key));
    const { formats, terms } = this.#locale;
    const sentences = shown.map((notice) => this.#sentence(notice));
    if (more > 0) sentences.push(terms.toastMore(formats.number(more)));
    this.#announcement = sentences.map((sentence) => sentence.replace(/[.。]?$/, '.')).join(' ');
    this.#announced += 1;
    const sound = isNew && this.sound === 'on' ? soundOf(all) : undefined;
    if (!sound) return;
    const volume = within(this.volume, 0, 1, 0.5);
    const own = this.sounds?.[sound];
    if (!own) playTune(sound, volume, this.#clock);
    else {
      const url = safeFile(own, { base: this.baseURI });
      if (url) playFile(url, volume);
      else console.warn(`achievement-elements: the sound for ${sound} is no https: address or one of this page.`);
    }
  }

  /** What happened, and how rare that is: each may be in another direction of writing. */
  #labels(notice: Notice): readonly string[] {
    const { formats, terms } = this.#locale;
    switch (notice.kind) {
      case 'complete':
        return [terms.toastAll(formats.number(notice.achievements.length))];
      case 'summary':
        return [notice.isMissed ? terms.sectionSinceLastVisit : terms.achievements];
      case 'progress':
        return [terms.progress];
      default: {
        const words = notice.kind === 'challenge' ? terms.toastChallenge : terms.toastUnlocked;
        return [words, ...this.#words.rarity(notice.achievement).split(' · ')].filter(Boolean);
      }
    }
  }

  #name(notice: Notice): string {
    const { formats, terms } = this.#locale;
    switch (notice.kind) {
      case 'complete':
        return notice.title?.name || terms.achievements;
      case 'summary':
        return notice.unlocked.length > 0
          ? terms.toastMany(formats.number(notice.unlocked.length))
          : terms.toastMore(formats.number(countOf(notice)));
      default:
        return notice.achievement.name;
    }
  }

  /** What is told of it, in one sentence. */
  #sentence(notice: Notice): string {
    const name = this.#name(notice);
    if (notice.kind === 'progress') return `${name}: ${this.#words.progress(notice.achievement)}`;
    const rewards =
      notice.kind === 'complete' || notice.kind === 'summary'
        ? []
        : [
            ...notice.achievement.rewards.map((reward) => this.#words.reward(reward)),
            notice.achievement.pending ? this.#locale.terms.pending : '',
          ];
    return `${this.#labels(notice).join(' · ')}: ${[name, ...rewards].filter(Boolean).join(', ')}`;
  }

  override render(): TemplateResult {
    const { formats, terms } = this.#locale;
    const { shown, more } = this.#queue;
    // The live region is there from the start: what comes together with it is not read.
    return html`
      <div class="spoken" role="status" aria-live="polite">
        ${this.#announcement ? keyed(this.#announced, html`<span>${this.#announcement}</span>`) : nothing}
      </div>
      ${
        shown.length === 0
          ? nothing
          : html`<div
              part="stack"
              class="stack"
              role="group"
              aria-label=${terms.toasts}
              @pointerenter=${() => this.#pause({ isUnderPointer: true })}
              @pointerleave=${() => this.#pause({ isUnderPointer: false })}
              @focusin=${this.#handleFocusIn}
              @focusout=${() => this.#pause({ hasFocus: false })}
              @keydown=${this.#handleKey}
            >
              ${repeat(
                shown,
                ({ notice }) => notice.id,
                (each) => this.#renderToast(each),
              )}
              ${more > 0 ? html`<div part="more" class="more">+${terms.toastMore(formats.number(more))}</div>` : nothing}
            </div>`
      }
    `;
  }

  #renderToast({ notice, isLeaving }: ShownNotice) {
    const { kind } = notice;
    const achievement = 'achievement' in notice ? notice.achievement : undefined;
    const name = this.#name(notice);
    return html`<article
      part=${`toast ${kind}`}
      class=${`toast ${kind} ${isLeaving ? 'leaving' : ''}`}
      tabindex="0"
      data-id=${notice.id}
      aria-label=${this.#sentence(notice)}
    >
      <div part="picture" class="picture">${this.#renderPicture(notice)}</div>
      <div class="words">
        ${
          kind === 'progress'
            ? nothing
            : html`<div part="label" class="label">
                ${this.#labels(notice).map((label, index) => html`${index > 0 ? '\u00a0· ' : ''}<bdi>${label}</bdi>`)}
              </div>`
        }
        <div part="name" class="name"><bdi>${name}</bdi></div>
        ${kind === 'progress' ? this.#renderBar(notice.achievement) : nothing}
        ${
          kind === 'summary'
            ? html`<div class="names">
                <bdi
                  >${achievementsOf(notice)
                    .map((each) => each.name)
                    .join(', ')}</bdi
                >
              </div>`
            : nothing
        }
        ${achievement?.pending ? html`<div class="pending">${glyph(icons.clock)}${this.#locale.terms.pending}</div>` : nothing}
      </div>
      ${kind !== 'progress' && achievement ? this.#renderReward(achievement) : nothing}
      <button
        part="dismiss"
        type="button"
        class="dismiss"
        aria-label=${this.#locale.terms.toastDismiss(name)}
        @click=${() => this.#dismiss(notice.id)}
      >
        ${glyph(icons.close)}
      </button>
    </article>`;
  }

  #renderPicture(notice: Notice) {
    if (notice.kind === 'complete') return glyph(icons.trophy);
    const [first] = achievementsOf(notice);
    const url = first && this.#pictures.of(first, { base: this.baseURI });
    return url ? this.#pictures.render(url, 56) : glyph(notice.kind === 'progress' ? icons.target : icons.trophy);
  }

  #renderBar(achievement: Achievement) {
    const words = this.#words.progress(achievement);
    return html`<div class="meter">
      <progress
        part="bar"
        max="1"
        .value=${achievement.progress?.ratio ?? 0}
        aria-label=${`${this.#locale.terms.progress}: ${achievement.name}`}
        aria-valuetext=${words}
      ></progress>
      <bdi aria-hidden="true">${words}</bdi>
    </div>`;
  }

  #renderReward({ rewards }: Achievement) {
    const reward = rewards.find(({ kind }) => kind === 'points') ?? rewards[0];
    if (!reward) return nothing;
    return html`<div part="reward" class="reward">
      ${glyph(reward.kind === 'points' ? icons.trophy : icons.gift)}<bdi>${this.#words.reward(reward)}</bdi>
    </div>`;
  }

  #pause({ hasFocus = this.#hasFocus, isUnderPointer = this.#isUnderPointer }): void {
    [this.#hasFocus, this.#isUnderPointer] = [hasFocus, isUnderPointer];
    this.#queue.isPaused = hasFocus || isUnderPointer;
  }

  #handleFocusIn({ relatedTarget }: FocusEvent): void {
    const isFromOutside = relatedTarget instanceof HTMLElement && !this.renderRoot.contains(relatedTarget);
    if (isFromOutside) this.#focusedBefore = relatedTarget;
    this.#pause({ hasFocus: true });
  }

  get #toasts(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.toast:not(.leaving)')];
  }

  #handleKey(event: KeyboardEvent): void {
    if (hasModifier(event)) return;
    const toasts = this.#toasts;
    const toast = (event.target as Element).closest<HTMLElement>('.toast');
    const index = toast ? toasts.indexOf(toast) : -1;
    if (index < 0 || !toast) return;
    // As they are seen: a stack that grows upwards has its first one below.
    const isUpwards = this.grow === 'up' || (this.grow !== 'down' && this.position.startsWith('bottom'));
    const step = { ArrowDown: isUpwards ? -1 : 1, ArrowUp: isUpwards ? 1 : -1 }[event.key];
    if (step !== undefined) toasts[index + step]?.focus();
    else if (/^(?:Escape|Delete|Backspace)$/.test(event.key)) this.#dismiss(toast.dataset['id'] ?? '');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #dismiss(id: string): void {
    const toasts = this.#toasts;
    const index = toasts.findIndex((toast) => toast.dataset['id'] === id);
    const hadFocus = toasts[index]?.contains(this.shadowRoot?.activeElement ?? null);
    this.#queue.dismiss(id);
    // Its button may have the pointer, which gets no leave where the element goes.
    this.#pause({ isUnderPointer: false });
    if (!hadFocus) return;
    const next = toasts[index + 1] ?? toasts[index - 1];
    if (next) next.focus();
    else this.#giveBackFocus();
  }

  /** Where one came or went, the others move to their places. */
  #closeUp(): void {
    for (const toast of isMotionWelcome() ? this.#toasts : []) {
      const before = this.#tops.get(toast);
      if (before === undefined) continue;
      stop(toast, 'move');
      moveFrom(toast, before - toast.getBoundingClientRect().top);
    }
  }

  #giveBackFocus(): void {
    const before = this.#focusedBefore;
    this.#focusedBefore = undefined;
    if (before?.isConnected) before.focus();
    else (this.shadowRoot?.activeElement as HTMLElement | null)?.blur();
  }

  override updated(): void {
    this.#closeUp();
    // One that went by itself, or with its player, took the focus along, and tells nobody.
    if (this.#hasFocus && !this.shadowRoot?.activeElement) {
      this.#pause({ hasFocus: false });
      this.#focusedBefore = undefined;
    }
    if (this.#queue.isEmpty) {
      this.#pause({ hasFocus: false, isUnderPointer: false });
      this.#watchPage(false);
    }
  }
}
