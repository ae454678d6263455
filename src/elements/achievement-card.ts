import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import {
  achievementAt,
  descriptionFor,
  isDangerousLink,
  isMasked,
  isRare,
  nextStateChange,
  readAchievement,
  safeLink,
  visible,
  type Achievement,
  type AchievementState,
  type Clock,
  type Draft,
  type UrlPolicy,
  type VisibleAchievement,
} from '../model/index.js';
import { cardStyles } from '../styles/card.styles.js';
import { glyph, icons } from '../styles/icons.js';
import { pictureStyles } from '../styles/picture.styles.js';
import { tokens } from '../styles/tokens.js';
import { BaseElement, text } from './base-element.js';
import { renderDetails } from './card-details.js';
import { CardWords, type Fact, type Hideable, initialOf, linesOf, rewardField, stateIcon } from './card-words.js';
import { AchievementOpenEvent, AchievementProblemEvent, AchievementRevealEvent } from './events.js';
import { LocaleController } from './locale-controller.js';
import { Pictures } from './pictures.js';
import { html } from './template.js';
import { TimeController } from './time-controller.js';

/** What a list or a card is laid out as. */
export type Layout = 'list' | 'grid' | 'compact';
export type Density = 'comfortable' | 'compact' | 'spacious';
export type LockedPicture = 'grey' | 'own' | 'hidden';

/**
 * @summary One achievement: picture, name, the text that fits its state, progress, rewards, and what is special.
 *
 * @event {AchievementRevealEvent} achievement-reveal - A person asked to see a secret; cancelable.
 * @event {AchievementOpenEvent} achievement-open - A person asked to open it in its game; cancelable.
 * @event {AchievementProblemEvent} achievement-problem - It cannot be shown but for its name, or its link leads nowhere.
 *
 * @slot notes - What the page has to say about it, in its details.
 *
 * @csspart card - The whole card.
 * @csspart icon - The picture's box.
 * @csspart name - The name.
 * @csspart description - The text.
 * @csspart state - The state's badge on the picture.
 * @csspart progress - The progress bar.
 * @csspart progress-label - The words beside the bar: "7 of 10".
 * @csspart reward - One reward.
 * @csspart rarity - How rare it is.
 * @csspart time - A fact about time: when it was unlocked, starts, ends or resets.
 * @csspart details - Everything else, while it is open.
 * @csspart details-toggle - The button that opens and closes the details.
 * @csspart action - The link or button that opens it in its game.
 * @csspart reveal - The button that reveals or hides a secret.
 * @csspart pin - The button that pins it to the top of its list.
 *
 * @cssproperty [--achievement-accent] - Bars, focus and what is unlocked.
 * @cssproperty [--achievement-surface] - The card's background.
 * @cssproperty [--achievement-text] - Text.
 * @cssproperty [--achievement-muted] - Text of less weight.
 * @cssproperty [--achievement-border] - Lines.
 * @cssproperty [--achievement-gold] - Rewards and what is rare.
 * @cssproperty [--achievement-radius=16px] - The card's corners, and those inside it.
 * @cssproperty [--achievement-font] - The letters; the page's own where it is not set.
 */
export class AchievementCard extends BaseElement {
  static override styles = [tokens, pictureStyles, cardStyles];

  static override properties: PropertyDeclarations = {
    achievement: { attribute: false },
    name: {},
    description: {},
    lockedDescription: { attribute: 'locked-description' },
    icon: {},
    state: { reflect: true },
    current: { type: Number },
    target: { type: Number },
    secret: { type: Boolean, reflect: true },
    points: { type: Number },
    unlockedAt: { attribute: 'unlocked-at' },
    rarity: { type: Number },
    layout: { reflect: true },
    density: { reflect: true },
    hide: { converter: text },
    lockedPicture: { attribute: 'locked-picture', reflect: true },
    open: { type: Boolean, reflect: true },
    revealPolicy: { attribute: 'reveal-policy' },
    revealed: { attribute: false },
    linkSchemes: { converter: text, attribute: 'link-schemes' },
    locale: {},
    theme: { reflect: true },
    masked: { type: Boolean, reflect: true },
    revoked: { type: Boolean, reflect: true },
    pending: { type: Boolean, reflect: true },
    clock: { attribute: false },
    pinned: { attribute: false },
    isNew: { attribute: false },
    tabStop: { attribute: false },
  };

  /** The achievement to show. Without one, the card shows what its attributes say. */
  achievement?: Achievement;

  /** The name, for a card written by hand. */
  name = '';

  /** The text for when it is unlocked. */
  description = '';

  /** The text for before. */
  lockedDescription = '';

  /** The picture's URL. */
  icon = '';

  /** `locked`, `in-progress`, `unlocked`, `expired`, `scheduled`; reflects what is shown. */
  state: AchievementState | '' = '';

  /** How far it is, for a card written by hand. */
  current?: number;

  /** What it takes. */
  target?: number;

  /** Masked until it is unlocked or revealed. */
  secret = false;

  /** Points earned with it. */
  points?: number;

  /** When it was unlocked, as an RFC 3339 time. */
  unlockedAt = '';

  /** How many percent of players have it, 0 to 100. */
  rarity?: number;

  /** `list`: in a row; `grid`: a tile; `compact`: one line. */
  layout: Layout = 'list';

  /** How much room it takes: `comfortable`, `compact` or `spacious`. */
  density: Density = 'comfortable';

  /**
   * What is not shown, neither on the card nor in its details, separated by spaces: `icon state description progress
   * points rewards rarity time marks estimate details action`. The name always is.
   */
  hide = '';

  /** The picture before the unlock: `grey`, its `own` colours, or `hidden`. */
  lockedPicture: LockedPicture = 'grey';

  /** Whether the details are shown. */
  open = false;

  /** Whether a secret may be revealed: `ask` shows a button, `never` none, `always` shows every secret. */
  revealPolicy: 'ask' | 'never' | 'always' = 'ask';

  /** Whether a secret is shown now. */
  revealed = false;

  /** Schemes beside `https:` that the deep link may open, separated by spaces. */
  linkSchemes = '';

  /** The language, as a BCP 47 tag; the default is the nearest `lang`. */
  locale = '';

  /** `light` or `dark`; `auto` follows the page. */
  theme: 'auto' | 'light' | 'dark' = 'auto';

  /** Masked now; read-only. */
  masked = false;

  /** Taken back by the service; read-only. */
  revoked = false;

  /** What it shows has reports in it that the service has not answered yet; read-only. */
  pending = false;

  /** Where the time comes from, for tests and unusual hosts. */
  clock?: Clock;

  /** Whether it is pinned; `undefined` where it cannot be. Pressing its button raises `pin-toggle`. */
  pinned?: boolean | undefined;

  /** Marked as added since the last visit. */
  isNew = false;

  /**
   * In a list that is one stop for the Tab key: whether this card is that stop. `undefined` for a card on its own, whose
   * buttons are stops themselves.
   */
  tabStop?: boolean;

  readonly #pictures = new Pictures(this);
  readonly #locale = new LocaleController(this, () => this.locale);
  readonly #time = new TimeController(this, () => this.clock);
  readonly #words = new CardWords(this.#locale, this.#time);
  #shown: VisibleAchievement | undefined;
  #whole: Achievement | undefined;
  #hidden: ReadonlySet<Hideable> = new Set();
  /** Of the achievement that was set last. */
  #key: string | undefined;
  /** The achievement cannot be shown, only its name. */
  #isBroken = false;
  /** What was left out of the present one, in words. */
  #omitted = '';
  /** What a problem was raised for. */
  #toldOf: object | undefined;
  #authoredState: AchievementState | '' = '';
  #authoredSecret = false;

  override willUpdate(changed: PropertyValues<this>): void {
    // What `willUpdate` itself reflected is not what the author wrote.
    if (changed.has('state')) this.#authoredState = this.state;
    if (changed.has('secret')) this.#authoredSecret = this.secret;
    this.#isBroken = false;
    this.#omitted = '';
    try {
      this.#look(changed);
    } catch {
      this.#isBroken = true;
      this.#shown = this.#whole = this.#key = undefined;
      this.state = 'unknown';
      this.secret = this.masked = this.revoked = this.pending = false;
    }
  }

  #look(changed: PropertyValues<this>): void {
    // Of the one before only what was read of it then: it may be one that cannot be read.
    const before = this.#key;
    const given = this.achievement ? this.#read(this.achievement) : undefined;
    this.#key = given?.key;
    if (before !== undefined && before !== this.#key) {
      if (!changed.has('open')) this.open = false;
      if (!changed.has('revealed')) this.revealed = false;
    }
    const whole = achievementAt(given ?? this.#authored(), this.#time.now);
    this.#time.changesAt(nextStateChange([whole], this.#time.now));
    this.#whole = whole;
    this.#shown = visible(whole, this.#isRevealed);
    this.state = whole.state;
    this.secret = whole.secret;
    this.masked = Boolean(this.#shown.masked);
    this.revoked = whole.revoked;
    this.pending = whole.pending ?? false;
    this.#hidden = new Set(this.hide.split(/\s+/) as Hideable[]);
  }

  /** A host is told once of each achievement that cannot be shown, without a word of it: it may be a secret one. */
  protected override updated(): void {
    const broken = this.#isBroken || this.#omitted ? (this.achievement ?? this) : undefined;
    if (broken && broken !== this.#toldOf) {
      const message = this.#isBroken
        ? 'An achievement could not be shown: it does not have the shape that the model gives it. ' +
          'Compare what is set as `achievement` with the type `Achievement`.'
        : `An achievement is shown without something. ${this.#omitted}`;
      this.dispatchEvent(new AchievementProblemEvent({ code: 'bad-shape', message }));
    }
    this.#toldOf = broken;
  }

  /** Everything that can be pressed in it, in its order. */
  get controls(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.card :is(a, button)')];
  }

  /** In a list, the card itself; on its own, its first button. */
  override focus(options?: FocusOptions): void {
    const [first] = this.controls;
    const card = this.renderRoot.querySelector<HTMLElement>('.card');
    (this.tabStop === undefined ? first : card)?.focus(options);
  }

  get #isRevealed(): boolean {
    return this.revealPolicy === 'always' || (this.revealed && this.revealPolicy !== 'never');
  }

  /** Shows a secret: its name and its locked description. Does nothing where there is none to show. */
  reveal(): void {
    if (!this.#whole || !isMasked(this.#whole, this.#isRevealed) || this.revealPolicy === 'never') return;
    if (!this.dispatchEvent(new AchievementRevealEvent(visible(this.#whole)))) return;
    this.#setRevealed(true);
  }

  /** Hides a revealed secret again. */
  mask(): void {
    this.#setRevealed(false);
  }

  #setRevealed(revealed: boolean): void {
    if (this.revealed === revealed) return;
    this.revealed = revealed;
    // Not composed: between a card and the list that keeps the choice.
    this.dispatchEvent(new Event('revealed-change'));
  }

  /**
   * What was set, as it may be used. What is no achievement cannot be shown; what is odd in one is left out, and told.
   * @throws {TypeError} where it is none
   */
  #read(given: unknown): Achievement {
    let omitted = '';
    const context = { form: 'either', backend: '', base: this.baseURI, now: this.#time.now } as const;
    const made = readAchievement(given, context, (member, expected) => {
      omitted ||= `Its member "${member}" is not what is expected there (${expected}), and was left out.`;
    });
    if (typeof made === 'string') throw new TypeError(made);
    this.#omitted = omitted;
    return made;
  }

  /** The attributes as an achievement. */
  #authored(): Achievement {
    const { lockedDescription, icon } = this;
    const [current, target] = [told(this.current), told(this.target)];
    const draft: Draft = {
      id: '-',
      // Without one there is nothing to be seen, which is no mistake while a page is being made.
      name: this.name || '-',
      // A removed attribute is null.
      description: this.description ?? '',
      lockedDescription,
      state: this.#authoredState,
      secret: this.#authoredSecret,
      requirements: target === undefined ? [] : [{ id: '-', current, target, unit: 'count' }],
      unlockedAt: this.unlockedAt,
      points: told(this.points),
      icon,
      rarity: { percent: told(this.rarity) },
    };
    const made = this.#read(draft);
    return { ...made, key: '', id: '', backend: '', name: this.name ? made.name : '' };
  }

  get #urlPolicy(): UrlPolicy {
    return { base: this.baseURI, linkSchemes: this.linkSchemes.split(/\s+/).filter(Boolean) };
  }

  #handleOpen(event: Event): void {
    const deepLink = this.#shown?.deepLink;
    if (!deepLink) return;
    const goOn = this.dispatchEvent(new AchievementOpenEvent(deepLink));
    if (!goOn) event.preventDefault();
    else if (!safeLink(deepLink, this.#urlPolicy)) {
      const scheme = /^([a-z][a-z0-9+.-]*:)/i.exec(deepLink)?.[1];
      const message = scheme
        ? `This deep link opens ${scheme} addresses, which this page does not allow. List the scheme in link-schemes, or handle achievement-open.`
        : 'This deep link is no address a browser can open. Handle achievement-open to open it.';
      this.dispatchEvent(new AchievementProblemEvent({ code: 'unknown', message }));
    }
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.#isBroken) {
      try {
        return this.#shown ? this.#renderCard(this.#shown) : nothing;
      } catch {
        this.#isBroken = true;
      }
    }
    return this.#renderName(this.#nameAtLeast());
  }

  /** The name of one that cannot be shown, or the stand-in where it may not be told or cannot be read. */
  #nameAtLeast(): string {
    try {
      const achievement = this.achievement ?? this;
      const isTold = !achievement.secret || achievement.state === 'unlocked' || this.#isRevealed;
      const { name } = achievement;
      if (isTold && typeof name === 'string' && name) return name;
    } catch {
      // Not even that.
    }
    return this.#locale.terms.secretName;
  }

  #renderName(name: string) {
    return html`<article
      part="card"
      class="card"
      tabindex=${this.#tabIndexWhere(this.tabStop === true)}
      aria-label=${name}
    >
      <div class="body"><div part="name" class="name" dir="auto">${name}</div></div>
    </article>`;
  }

  #renderCard(achievement: VisibleAchievement): TemplateResult {
    const facts = this.#words.facts(achievement, this.isNew).filter(({ field }) => !this.#hidden.has(field));
    const rare = isRare(achievement) && achievement.state === 'unlocked' && !achievement.revoked;
    return html`
      <article
        part="card"
        class=${rare ? 'card rare' : 'card'}
        tabindex=${this.#tabIndexWhere(this.tabStop === true)}
        aria-label=${this.#words.sentence(achievement, facts, this.#hidden)}
      >
        ${this.#hidden.has('icon') ? nothing : this.#renderIcon(achievement)}
        <div class="body">
          <div part="name" class="name" dir="auto">${this.#words.name(achievement)}</div>
          ${this.#renderDescription(achievement)} ${this.#renderProgress(achievement)} ${this.#renderFacts(facts)}
        </div>
        ${this.#renderSide(achievement)} ${this.#renderDetails(achievement)}
      </article>
    `;
  }

  /** Nothing for a card on its own. */
  #tabIndexWhere(isStop: boolean): number | typeof nothing {
    return this.tabStop === undefined ? nothing : isStop ? 0 : -1;
  }

  #renderIcon(achievement: VisibleAchievement) {
    const { masked, name, state } = achievement;
    const isLocked = state !== 'unlocked' && state !== 'in-progress';
    const image =
      isLocked && this.lockedPicture === 'hidden' ? undefined : this.#pictures.of(achievement, this.#urlPolicy);
    const picture = masked
      ? html`<span class="placeholder pattern">${glyph(icons.eyeOff)}</span>`
      : image
        ? this.#pictures.render(image, 72)
        : html`<span class="placeholder" aria-hidden="true">${initialOf(name)}</span>`;
    const badge = stateIcon(achievement);
    return html`
      <div part="icon" class="icon">
        ${picture}
        <span part="state" class="state" ?hidden=${!badge || this.#hidden.has('state')}>
          <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true"><path d=${badge}></path></svg>
          <span class="spoken">${this.#words.state(achievement)}</span>
        </span>
      </div>
    `;
  }

  #renderDescription(achievement: VisibleAchievement) {
    const { secretDescription, revokedDescription } = this.#locale.terms;
    const text = achievement.masked
      ? secretDescription
      : achievement.revoked
        ? revokedDescription
        : linesOf(descriptionFor(achievement));
    return text && !this.#hidden.has('description')
      ? html`<div part="description" class="description" dir="auto">${text}</div>`
      : nothing;
  }

  #renderProgress(achievement: VisibleAchievement) {
    const { progress, state } = achievement;
    if (!progress || state === 'unlocked' || this.#hidden.has('progress')) return nothing;
    return this.renderBar(progress.ratio, this.#words.progress(achievement), this.#words.name(achievement));
  }

  /** A bar with its words; also used for each requirement in the details. */
  private renderBar(ratio: number, words: string, label: string) {
    return html`<div class="meter">
      <progress
        part="progress"
        max="1"
        .value=${ratio}
        aria-label=${`${this.#locale.terms.progress}: ${label}`}
        aria-valuetext=${words}
      ></progress>
      <bdi part="progress-label" class="progress-label" aria-hidden="true">${words}</bdi>
    </div>`;
  }

  #renderFacts(facts: readonly Fact[]) {
    if (facts.length === 0) return nothing;
    return html`<ul class="facts" role="list">
      ${facts.map(
        ({ icon, look, part, text }) =>
          html`<li part=${part ?? nothing} class=${`fact ${look ?? ''}`}>
            <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true"><path d=${icon}></path></svg><bdi>${text}</bdi>
          </li>`,
      )}
    </ul>`;
  }

  /** What stands at the end of the line: rewards, and what can be done. */
  #renderSide(achievement: VisibleAchievement) {
    const actions = [
      this.#renderReveal(achievement),
      this.layout === 'compact' ? nothing : this.#renderOpen(achievement),
      this.#renderTools(achievement),
    ];
    return html`<div class="side">
      ${this.#renderRewards(achievement)}
      <div class="actions">${actions}</div>
    </div>`;
  }

  #renderRewards({ rewards }: VisibleAchievement) {
    const shown = rewards.filter((reward) => !this.#hidden.has(rewardField(reward)));
    if (shown.length === 0) return nothing;
    return html`<ul class="rewards" role="list">
      ${shown.map((reward) => {
        const image = this.#pictures.at(reward.image, this.#urlPolicy);
        return html`<li part="reward" class=${`reward ${reward.kind}`}>
          ${image ? this.#pictures.render(image, 20) : glyph(reward.kind === 'points' ? icons.trophy : icons.gift)}
          <bdi>${this.#words.reward(reward)}</bdi>
        </li>`;
      })}
    </ul>`;
  }

  #renderReveal({ masked, name }: VisibleAchievement) {
    if (!this.#whole || this.revealPolicy !== 'ask' || !isMasked(this.#whole)) return nothing;
    const { terms } = this.#locale;
    // One button for both ways, so that it keeps the focus.
    return html`<button
      part="reveal"
      type="button"
      class="button"
      tabindex=${this.#tabIndexWhere(false)}
      aria-label=${masked ? terms.revealLabel : terms.maskLabel(name)}
      @click=${masked ? this.reveal : this.mask}
    >
      ${glyph(masked ? icons.eye : icons.eyeOff)}${masked ? terms.reveal : terms.mask}
    </button>`;
  }

  #renderOpen(achievement: VisibleAchievement) {
    const { deepLink, revoked } = achievement;
    if (!deepLink || revoked || this.#hidden.has('action') || isDangerousLink(deepLink)) return nothing;
    const { terms } = this.#locale;
    const label = terms.openLabel(this.#words.name(achievement));
    const words = html`${glyph(icons.external)}${terms.openInGame}`;
    const link = safeLink(deepLink, this.#urlPolicy);
    if (!link) {
      return html`<button
        part="action"
        type="button"
        class="button"
        tabindex=${this.#tabIndexWhere(false)}
        aria-label=${label}
        @click=${this.#handleOpen}
      >
        ${words}
      </button>`;
    }
    // A game's own scheme opens the game over this page: it needs no new tab.
    const target = /^https?:/.test(link) ? '_blank' : nothing;
    return html`<a
      part="action"
      class="button"
      href=${link}
      target=${target}
      tabindex=${this.#tabIndexWhere(false)}
      rel="noopener noreferrer"
      aria-label=${label}
      @click=${this.#handleOpen}
      >${words}</a
    >`;
  }

  #hasDetails(achievement: VisibleAchievement): achievement is Achievement {
    return !achievement.masked && achievement.key !== '' && !this.#hidden.has('details');
  }

  #renderTools(achievement: VisibleAchievement) {
    if (this.pinned === undefined && !this.#hasDetails(achievement)) return nothing;
    return html`<div class="tools">${this.#renderPin(achievement)}${this.#renderToggle(achievement)}</div>`;
  }

  #renderPin(achievement: VisibleAchievement) {
    if (this.pinned === undefined) return nothing;
    const label = this.#locale.terms.pinLabel(this.#words.name(achievement));
    return html`<button
      part="pin"
      type="button"
      class="toggle pin"
      tabindex=${this.#tabIndexWhere(false)}
      aria-pressed=${this.pinned}
      aria-label=${label}
      title=${this.#locale.terms.pin}
      @click=${() => this.dispatchEvent(new Event('pin-toggle'))}
    >
      ${glyph(icons.pin)}
    </button>`;
  }

  #renderToggle(achievement: VisibleAchievement) {
    if (!this.#hasDetails(achievement)) return nothing;
    return html`<button
      part="details-toggle"
      type="button"
      class="toggle"
      tabindex=${this.#tabIndexWhere(false)}
      aria-expanded=${this.open}
      aria-controls="details"
      aria-label=${this.#locale.terms.detailsLabel(achievement.name)}
      @click=${this.#handleToggle}
    >
      <span>${this.#locale.terms.details}</span>
      <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true"><path d=${icons.chevron}></path></svg>
    </button>`;
  }

  #handleToggle(): void {
    this.open = !this.open;
    this.dispatchEvent(new Event('open-change'));
  }

  /** Empty until it is opened: most never are. */
  #renderDetails(achievement: VisibleAchievement) {
    if (!this.#hasDetails(achievement)) return nothing;
    return html`<div part="details" id="details" class="details" ?hidden=${!this.open}>
      ${
        this.open
          ? html`${renderDetails(achievement, this.#hidden, this.#locale, this.#words, (ratio, words, label) =>
                this.renderBar(ratio, words, label),
              )}${this.layout === 'compact' ? this.#renderOpen(achievement) : nothing}<slot name="notes"></slot>`
          : nothing
      }
    </div>`;
  }
}

/** The number that an attribute tells: a removed one is null, and a text that is no number is NaN. */
function told(value: number | null | undefined): number | undefined {
  return Number.isFinite(value) ? (value as number) : undefined;
}
