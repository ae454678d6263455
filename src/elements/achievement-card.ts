import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import {
  achievementAt,
  aggregateProgress,
  descriptionFor,
  isMasked,
  nextStateChange,
  parseTime,
  partsMet,
  remainingProgress,
  safeImage,
  safeLink,
  visible,
  type Achievement,
  type AchievementState,
  type Clock,
  type Requirement,
  type Reward,
  type UrlPolicy,
  type VisibleAchievement,
} from '../model/index.js';
import { cardStyles } from '../styles/card.styles.js';
import { icons } from '../styles/icons.js';
import { tokens } from '../styles/tokens.js';
import { renderDetails } from './card-details.js';
import { AchievementOpenEvent, AchievementProblemEvent, AchievementRevealEvent } from './events.js';
import { LocaleController } from './locale-controller.js';
import { TimeController } from './time-controller.js';

/** From here on the card says what is left instead of leaving it to the bar. */
const NEARLY_DONE = 0.8;

const STATE_ICONS: Readonly<Record<AchievementState, TemplateResult | typeof nothing>> = {
  locked: icons.lock,
  'in-progress': nothing,
  unlocked: icons.check,
  expired: icons.hourglass,
  scheduled: icons.calendar,
  unknown: icons.question,
};

/** Whether a service calls an achievement rare, in whatever degree. */
function isRare({ rarity }: VisibleAchievement): boolean {
  return /rare|legendary|epic/i.test(rarity?.category ?? '');
}

/**
 * @summary One achievement: picture, name, the text that fits its state, progress, rewards, and what is special.
 *
 * @event {AchievementRevealEvent} achievement-reveal - A person asked to see a secret; cancelable.
 * @event {AchievementOpenEvent} achievement-open - A person asked to open it in its game; cancelable.
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
 * @csspart details - The disclosure with everything else.
 * @csspart action - The link or button that opens it in its game.
 * @csspart reveal - The button that reveals or hides a secret.
 *
 * @cssproperty [--achievement-accent] - Bars, focus and what is unlocked.
 * @cssproperty [--achievement-surface] - The card's background.
 * @cssproperty [--achievement-text] - Text.
 * @cssproperty [--achievement-muted] - Text of less weight.
 * @cssproperty [--achievement-border] - Lines.
 * @cssproperty [--achievement-gold] - Rewards and what is rare.
 * @cssproperty [--achievement-radius=16px] - The card's corners.
 */
export class AchievementCard extends LitElement {
  static override styles = [tokens, cardStyles];

  /** The achievement to show. Without one, the card shows what its attributes say. */
  @property({ attribute: false }) achievement?: Achievement;

  /** The name, for a card written by hand. */
  @property() name = '';

  /** The text for when it is unlocked. */
  @property() description = '';

  /** The text for before. */
  @property({ attribute: 'locked-description' }) lockedDescription = '';

  /** The picture's URL. */
  @property() icon = '';

  /** `locked`, `in-progress`, `unlocked`, `expired`, `scheduled`; reflects what is shown. */
  @property({ reflect: true }) state: AchievementState | '' = '';

  /** How far it is, for a card written by hand. */
  @property({ type: Number }) current?: number;

  /** What it takes. */
  @property({ type: Number }) target?: number;

  /** Masked until it is unlocked or revealed. */
  @property({ type: Boolean, reflect: true }) secret = false;

  /** Points earned with it. */
  @property({ type: Number }) points?: number;

  /** When it was unlocked, as an RFC 3339 time. */
  @property({ attribute: 'unlocked-at' }) unlockedAt = '';

  /** How many percent of players have it, 0 to 100. */
  @property({ type: Number }) rarity?: number;

  /** `list`: in a row; `grid`: a tile; `compact`: one line. */
  @property({ reflect: true }) layout: 'list' | 'grid' | 'compact' = 'list';

  /** Whether a secret may be revealed: `ask` shows a button, `never` none, `always` shows every secret. */
  @property({ attribute: 'reveal-policy' }) revealPolicy: 'ask' | 'never' | 'always' = 'ask';

  /** Whether a secret is shown now. */
  @property({ attribute: false }) revealed = false;

  /** Schemes beside `https:` that the deep link may open, separated by spaces. */
  @property({ attribute: 'link-schemes' }) linkSchemes = '';

  /** The language, as a BCP 47 tag; the default is the nearest `lang`. */
  @property() locale = '';

  /** `light` or `dark`; `auto` follows the page. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  /** Masked now; read-only. */
  @property({ type: Boolean, reflect: true }) masked = false;

  /** Taken back by the service; read-only. */
  @property({ type: Boolean, reflect: true }) revoked = false;

  /** Where the time comes from, for tests and unusual hosts. */
  @property({ attribute: false }) clock?: Clock;

  /** The picture that could not be loaded. */
  @state() private brokenImage = '';

  @state() private detailsOpen = false;

  readonly #locale = new LocaleController(this, () => this.locale);
  readonly #time = new TimeController(this, () => this.clock);
  #shown: VisibleAchievement | undefined;
  #whole: Achievement | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('achievement');
    if (before && before.key !== this.achievement?.key) {
      this.detailsOpen = false;
      if (!changed.has('revealed')) this.revealed = false;
    }
    const whole = achievementAt(this.achievement ?? this.#authored(changed), this.#time.now);
    this.#time.changesAt(nextStateChange([whole], this.#time.now));
    this.#whole = whole;
    this.#shown = visible(whole, this.#isRevealed);
    this.state = whole.state;
    this.secret = whole.secret;
    this.masked = Boolean(this.#shown.masked);
    this.revoked = whole.revoked;
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

  /** The attributes as an achievement. */
  #authored(changed: PropertyValues<this>): Achievement {
    const { name, description, lockedDescription, icon, current, target, points, rarity } = this;
    const unlockedAt = parseTime(this.unlockedAt);
    // What `willUpdate` itself reflected is not what the author wrote.
    if (changed.has('state')) this.#authoredState = this.state;
    const reached = current !== undefined && target !== undefined && target > 0 && current >= target;
    const authored: AchievementState =
      this.#authoredState ||
      (unlockedAt !== undefined || reached ? 'unlocked' : (current ?? 0) > 0 ? 'in-progress' : 'locked');
    const requirements: Requirement[] =
      target === undefined ? [] : [{ id: '', target, unit: 'count', ...(current === undefined ? {} : { current }) }];
    const progress = aggregateProgress(requirements, authored);
    return {
      key: '',
      id: '',
      backend: '',
      name,
      description,
      ...(lockedDescription ? { lockedDescription } : {}),
      state: authored,
      secret: this.secret,
      revoked: false,
      requirements,
      ...(progress ? { progress } : {}),
      ...(unlockedAt === undefined ? {} : { unlockedAt }),
      rewards: points === undefined ? [] : [{ kind: 'points', value: points }],
      media: icon ? { icon: { url: icon } } : {},
      ...(rarity === undefined ? {} : { rarity: { percent: rarity } }),
      platforms: [],
      titles: [],
      campaigns: [],
    };
  }

  #authoredState: AchievementState | '' = '';

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

  /** The name as shown: a secret has a stand-in. */
  #nameOf({ name }: VisibleAchievement): string {
    return name ?? this.#locale.term('secretName');
  }

  #stateWords({ state, revoked }: VisibleAchievement): string {
    if (revoked) return this.#locale.term('revoked');
    switch (state) {
      case 'locked':
        return this.#locale.term('stateLocked');
      case 'in-progress':
        return this.#locale.term('stateInProgress');
      case 'unlocked':
        return this.#locale.term('stateUnlocked');
      case 'expired':
        return this.#locale.term('stateExpired');
      case 'scheduled':
        return this.#locale.term('stateScheduled');
      case 'unknown':
        return this.#locale.term('stateUnknown');
    }
  }

  /** "7 of 10", "33 %", "13 of 15 parts". */
  #progressWords({ progress, requirements }: VisibleAchievement): string {
    if (!progress) return '';
    const { formats } = this.#locale;
    if (progress.current === undefined || progress.target === undefined) {
      const { met, total } = partsMet(requirements);
      // While masked the parts are not told, only how far it is.
      if (total < 2) return formats.percent(Math.floor(progress.ratio * 100));
      return this.#locale.term('partsOf', formats.number(met), formats.number(total));
    }
    if (progress.unit === 'percent') return formats.percent(Math.floor(progress.ratio * 100));
    return this.#locale.term('progressOf', formats.number(progress.current), formats.number(progress.target));
  }

  /** What is special about its time, most pressing first. */
  #timeFacts(achievement: VisibleAchievement): { icon: TemplateResult; text: string; urgent?: boolean }[] {
    const { state, window, unlockedAt, resetsAt, recurrence } = achievement;
    const { formats } = this.#locale;
    const now = this.#time.now;
    const facts: { icon: TemplateResult; text: string; urgent?: boolean }[] = [];
    if (state === 'unlocked') {
      const done = recurrence ? ('completedOn' as const) : ('unlockedOn' as const);
      facts.push({
        icon: icons.circleCheck,
        text:
          unlockedAt === undefined
            ? this.#locale.term('stateUnlocked')
            : this.#locale.term(done, formats.date(unlockedAt)),
      });
    }
    if (state === 'scheduled') {
      facts.push({
        icon: icons.calendar,
        text:
          window?.startsAt === undefined
            ? this.#locale.term('stateScheduled')
            : this.#locale.term('startsOn', formats.date(window.startsAt)),
      });
    }
    if (state === 'expired') {
      const endedAt = window?.endsAt !== undefined && window.endsAt <= now ? window.endsAt : resetsAt;
      facts.push({
        icon: icons.hourglass,
        text:
          endedAt === undefined || endedAt > now
            ? this.#locale.term('stateExpired')
            : this.#locale.term('ended', formats.date(endedAt)),
      });
    }
    const open = state === 'locked' || state === 'in-progress' || state === 'unknown';
    if (open && window?.endsAt !== undefined && window.endsAt > now) {
      facts.push({
        icon: icons.timer,
        text: this.#locale.term('ends', this.#time.until(window.endsAt, formats)),
        urgent: window.endsAt - now < 2 * 86_400_000,
      });
    }
    if (state !== 'expired' && resetsAt !== undefined && resetsAt > now) {
      facts.push({ icon: icons.reset, text: this.#locale.term('resets', this.#time.until(resetsAt, formats)) });
    }
    return facts;
  }

  #rewardWords(reward: Reward): string {
    if (reward.kind !== 'points') return reward.name || this.#locale.term('reward');
    const value = typeof reward.value === 'number' ? reward.value : 0;
    const number = this.#locale.formats.number(value);
    return reward.unit ? `${number} ${reward.unit}` : this.#locale.term('points', number, value);
  }

  #rarityWords({ rarity }: VisibleAchievement): string {
    const percent = rarity?.percent === undefined ? '' : this.#locale.formats.percent(rarity.percent);
    const category = rarity?.category && !/^common$/i.test(rarity.category) ? rarity.category : '';
    return [percent, category].filter(Boolean).join(' · ');
  }

  /** Everything a card says, as one sentence for a screen reader. */
  #sentence(achievement: VisibleAchievement): string {
    const { rarity } = achievement;
    const parts = [
      this.#nameOf(achievement),
      this.#stateWords(achievement),
      achievement.state === 'unlocked' ? '' : this.#progressWords(achievement),
      ...this.#timeFacts(achievement).map(({ text }) => text),
      ...achievement.rewards.map((reward) => this.#rewardWords(reward)),
      rarity?.percent === undefined
        ? ''
        : this.#locale.term('rarityLabel', this.#locale.formats.percent(rarity.percent)),
      rarity?.category && isRare(achievement) ? rarity.category : '',
    ];
    return [...new Set(parts.filter(Boolean))].join(', ');
  }

  override render() {
    const achievement = this.#shown;
    if (!achievement) return nothing;
    const classes = {
      card: true,
      rare: isRare(achievement) && achievement.state === 'unlocked' && !achievement.revoked,
    };
    return html`
      <article part="card" class=${classMap(classes)} aria-label=${this.#sentence(achievement)}>
        ${this.#renderIcon(achievement)}
        <div class="body">
          <div part="name" class="name" dir="auto">${this.#nameOf(achievement)}</div>
          ${this.#renderDescription(achievement)} ${this.#renderProgress(achievement)} ${this.#renderFacts(achievement)}
        </div>
        ${this.#renderRewards(achievement)} ${this.#renderActions(achievement)} ${this.#renderDetails(achievement)}
      </article>
    `;
  }

  #renderIcon(achievement: VisibleAchievement) {
    const { masked, media, revoked, state } = achievement;
    const image = safeImage(media.icon?.url ?? media.art?.url, this.#urlPolicy);
    const picture = masked
      ? html`<span class="placeholder pattern">${icons.eyeOff}</span>`
      : image && image !== this.brokenImage
        ? html`<img
            src=${image}
            alt=""
            width="72"
            height="72"
            loading="lazy"
            decoding="async"
            referrerpolicy="no-referrer"
            @error=${() => (this.brokenImage = image)}
          />`
        : html`<span class="placeholder" aria-hidden="true">${initialOf(achievement.name)}</span>`;
    const badge = revoked ? icons.ban : STATE_ICONS[state];
    return html`
      <div part="icon" class="icon">
        ${picture}
        <span part="state" class="state" ?hidden=${badge === nothing}>
          ${badge}<span class="spoken">${this.#stateWords(achievement)}</span>
        </span>
      </div>
    `;
  }

  #renderDescription(achievement: VisibleAchievement) {
    const text = achievement.masked
      ? this.#locale.term('secretDescription')
      : achievement.revoked
        ? this.#locale.term('revokedDescription')
        : descriptionFor(achievement);
    return text ? html`<div part="description" class="description" dir="auto">${text}</div>` : nothing;
  }

  #renderProgress(achievement: VisibleAchievement) {
    const { progress, state } = achievement;
    if (!progress || state === 'unlocked') return nothing;
    return html`
      <div class="meter">
        ${this.renderBar(progress.ratio, this.#progressWords(achievement), this.#nameOf(achievement))}
      </div>
    `;
  }

  /** A bar with its words; also used for each requirement in the details. */
  private renderBar(ratio: number, words: string, label: string) {
    return html`
      <progress
        part="progress"
        max="1"
        .value=${ratio}
        aria-label=${`${this.#locale.term('progress')}: ${label}`}
        aria-valuetext=${words}
      ></progress>
      <span part="progress-label" class="progress-label" aria-hidden="true">${words}</span>
    `;
  }

  #renderFacts(achievement: VisibleAchievement) {
    const { estimatedSeconds, participation, progress, recurrence, revoked, state, timesEarned, type } = achievement;
    const { formats } = this.#locale;
    const remaining = achievement.masked ? undefined : remainingProgress(achievement as Achievement);
    const nearlyDone =
      progress?.unit === 'count' &&
      remaining !== undefined &&
      remaining > 0 &&
      progress.ratio >= NEARLY_DONE &&
      (state === 'in-progress' || state === 'locked');
    const rarity = this.#rarityWords(achievement);
    const facts = [
      revoked ? html`<li class="fact danger">${icons.ban}${this.#locale.term('revoked')}</li>` : nothing,
      state === 'locked' || state === 'unknown' || (state === 'in-progress' && !progress)
        ? html`<li class="fact">${this.#stateWords({ ...achievement, revoked: false } as VisibleAchievement)}</li>`
        : nothing,
      type === 'challenge' ? html`<li class="fact chip">${icons.flag}${this.#locale.term('challenge')}</li>` : nothing,
      participation === 'group'
        ? html`<li class="fact chip">${icons.users}${this.#locale.term('group')}</li>`
        : nothing,
      recurrence && recurrence !== 'none'
        ? html`<li class="fact chip">${icons.repeat}${this.#locale.term('repeats')}</li>`
        : nothing,
      nearlyDone
        ? html`<li class="fact urgent">${icons.target}${this.#locale.term('left', formats.number(remaining))}</li>`
        : nothing,
      this.#timeFacts(achievement).map(
        ({ icon, text, urgent }) =>
          html`<li part="time" class=${classMap({ fact: true, urgent: Boolean(urgent) })}>${icon}${text}</li>`,
      ),
      timesEarned
        ? html`<li class="fact">${this.#locale.term('timesEarned', formats.number(timesEarned), timesEarned)}</li>`
        : nothing,
      estimatedSeconds !== undefined && (state === 'locked' || state === 'in-progress')
        ? html`<li class="fact">${icons.clock}${this.#locale.term('about', formats.duration(estimatedSeconds))}</li>`
        : nothing,
      rarity
        ? html`<li part="rarity" class=${classMap({ fact: true, gold: isRare(achievement) })}>
            ${icons.gem}${rarity}
          </li>`
        : nothing,
    ];
    return facts.every((fact) => fact === nothing || (Array.isArray(fact) && fact.length === 0))
      ? nothing
      : html`<ul class="facts" role="list">
          ${facts}
        </ul>`;
  }

  #renderRewards({ rewards }: VisibleAchievement) {
    if (rewards.length === 0) return nothing;
    return html`<ul class="rewards" role="list">
      ${rewards.map((reward) => {
        const image = safeImage(reward.image, this.#urlPolicy);
        return html`<li part="reward" class="reward" dir="auto">
          ${
            image
              ? html`<img
                  class="reward-image"
                  src=${image}
                  alt=""
                  width="20"
                  height="20"
                  loading="lazy"
                  decoding="async"
                  referrerpolicy="no-referrer"
                />`
              : REWARD_ICONS[reward.kind]
          }<span>${this.#rewardWords(reward)}</span>
        </li>`;
      })}
    </ul>`;
  }

  #renderActions(achievement: VisibleAchievement) {
    const reveal = this.#renderReveal(achievement);
    const action = this.#renderOpen(achievement);
    return reveal === nothing && action === nothing ? nothing : html`<div class="actions">${reveal}${action}</div>`;
  }

  #renderReveal(achievement: VisibleAchievement) {
    if (!this.#whole || this.revealPolicy !== 'ask' || !isMasked(this.#whole)) return nothing;
    return achievement.masked
      ? html`<button
          part="reveal"
          type="button"
          class="button"
          aria-label=${this.#locale.term('revealLabel')}
          @click=${this.reveal}
        >
          ${icons.eye}${this.#locale.term('reveal')}
        </button>`
      : html`<button
          part="reveal"
          type="button"
          class="button"
          aria-label=${this.#locale.term('maskLabel', achievement.name)}
          @click=${this.mask}
        >
          ${icons.eyeOff}${this.#locale.term('mask')}
        </button>`;
  }

  #renderOpen(achievement: VisibleAchievement) {
    const { deepLink } = achievement;
    if (!deepLink || achievement.revoked) return nothing;
    const label = this.#locale.term('openLabel', this.#nameOf(achievement));
    const words = html`${icons.external}${this.#locale.term('openInGame')}`;
    const link = safeLink(deepLink, this.#urlPolicy);
    if (!link) {
      return html`<button part="action" type="button" class="button" aria-label=${label} @click=${this.#handleOpen}>
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
      rel="noopener noreferrer"
      aria-label=${label}
      @click=${this.#handleOpen}
      >${words}</a
    >`;
  }

  #renderDetails(achievement: VisibleAchievement) {
    if (achievement.masked || this.layout === 'compact' || !achievement.key) return nothing;
    return html`<details
      part="details"
      .open=${this.detailsOpen}
      @toggle=${(event: Event) => (this.detailsOpen = (event.currentTarget as HTMLDetailsElement).open)}
    >
      <summary aria-label=${this.#locale.term('detailsLabel', achievement.name)}>
        <span>${this.#locale.term('details')}</span>
      </summary>
      ${
        this.detailsOpen
          ? renderDetails(achievement, this.#locale, {
              bar: (ratio, words, label) => this.renderBar(ratio, words, label),
              now: this.#time.now,
            })
          : nothing
      }
    </details>`;
  }
}

const REWARD_ICONS: Readonly<Record<Reward['kind'], TemplateResult>> = {
  points: icons.trophy,
  item: icons.gift,
  art: icons.image,
  other: icons.gift,
};

/** The first letter of a name, whole even where it takes several code units. */
function initialOf(name: string | undefined): string {
  const letter = /[\p{L}\p{N}]\p{M}*/u.exec(name ?? '')?.[0];
  return letter?.toLocaleUpperCase() ?? '?';
}
