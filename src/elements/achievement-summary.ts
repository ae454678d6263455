import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import {
  completenessOf,
  isMasked,
  percentOf,
  shownNumber,
  totalsOf,
  systemClock,
  type Achievement,
  type GivenAchievement,
  type Library,
  type Totals,
} from '../model/index.js';
import type { Store } from '../store/store.js';
import { summaryStyles } from '../styles/summary.styles.js';
import { tokens } from '../styles/tokens.js';
import { BaseElement } from './base-element.js';
import { GivenAchievements } from './given-achievements.js';
import { LocaleController } from './locale-controller.js';
import { SourceConsumer } from './source-context.js';
import { StoreController } from './store-controller.js';
import { html, svg } from './template.js';

/**
 * @summary What a player has of what there is: unlocked, percent and points. Revoked achievements count in neither. Of a
 * list that is short it says so much as is known: of how many there are where the service tells, and no sum of points.
 *
 * @slot - The heading; the default is the game's name where all achievements are of one game.
 *
 * @csspart ring - The ring with the percentage.
 * @csspart heading - The heading.
 * @csspart totals - The numbers in words.
 */
export class AchievementSummary extends BaseElement {
  static override styles = [tokens, summaryStyles];

  static override properties: PropertyDeclarations = {
    achievements: { attribute: false },
    library: { attribute: false },
    locale: {},
    theme: { reflect: true },
  };

  /** What to add up, in the form of the model or of the JSON protocol; without it, those of the source around it. */
  achievements?: readonly GivenAchievement[];

  /** The same as a store knows it, with how many there are in all; `achievements` wins. */
  library?: Pick<Library, 'achievements' | 'total' | 'isPart'>;

  /** The language, as a BCP 47 tag; the default is the nearest `lang`. */
  locale = '';

  /** `light` or `dark`; `auto` follows the page's `color-scheme`. */
  theme: 'auto' | 'light' | 'dark' = 'auto';

  readonly #reader = new GivenAchievements();
  readonly #source = new SourceConsumer(this);
  readonly #locale = new LocaleController(this, () => this.locale || this.#source.value.locale);
  readonly #store = new StoreController(this, () => (this.achievements || this.library ? undefined : this.store));

  get #now(): number {
    return (this.#source.value.clock ?? systemClock).now();
  }

  /** The store of the source around it. */
  get store(): Store | undefined {
    return this.#source.value.store;
  }

  override render(): TemplateResult | typeof nothing {
    const given = this.achievements ?? this.library?.achievements;
    const library = this.achievements ? undefined : (this.library ?? this.#store.snapshot?.library);
    const achievements = given ? this.#reader.read(given, this.baseURI, this.#now) : library?.achievements;
    if (!achievements) return nothing;
    const { isWhole, total } = completenessOf({ ...library, achievements });
    const totals = totalsOf(achievements, total);
    return html`
      <div class="summary">
        ${total === undefined ? nothing : this.#renderRing(totals)}
        <div class="words">
          <div part="heading" class="heading">
            <slot><bdi>${this.#titleOf(achievements)}</bdi></slot>
          </div>
          <div part="totals" class="totals">
            <bdi>${isWhole ? this.#words(totals) : this.#wordsOfPart(totals, total !== undefined)}</bdi>
          </div>
        </div>
      </div>
    `;
  }

  /** The one game that all are of; a secret's game is not told. */
  #titleOf(achievements: readonly Achievement[]): string {
    const names = new Set(
      achievements
        .filter((achievement) => !isMasked(achievement))
        .flatMap(({ titles }) => titles.map(({ name }) => name)),
    );
    const [name] = names;
    return names.size === 1 && name ? name : this.#locale.terms.achievements;
  }

  #words({ unlocked, total, pointsEarned, pointsTotal, pointsUnit }: Totals): string {
    const { formats } = this.#locale;
    const count = this.#locale.terms.unlockedOf(formats.number(unlocked), formats.number(total));
    if (pointsTotal === 0) return count;
    const [earned, all] = [formats.number(shownNumber(pointsEarned, pointsTotal)), formats.number(pointsTotal)];
    const points = pointsUnit
      ? `${this.#locale.terms.progressOf(earned, all)} ${pointsUnit}`
      : this.#locale.terms.pointsOf(earned, all, pointsTotal);
    // No line begins with the dot.
    return `${count}\u00a0· ${points}`;
  }

  /** What is known of a part: the points of the rest are not, nor perhaps how many there are. */
  #wordsOfPart({ unlocked, total, pointsEarned, pointsTotal, pointsUnit }: Totals, isTotalKnown: boolean): string {
    const { formats, terms } = this.#locale;
    const count = isTotalKnown
      ? terms.unlockedOf(formats.number(unlocked), formats.number(total))
      : terms.toastMany(formats.number(unlocked));
    if (pointsTotal === 0) return count;
    const earned = formats.number(shownNumber(pointsEarned));
    const points = pointsUnit ? `${earned} ${pointsUnit}` : terms.points(earned, pointsEarned);
    return `${count}\u00a0· ${points}`;
  }

  #renderRing({ percent, total, unlocked }: Totals) {
    return html`
      <div part="ring" class="ring">
        <svg viewBox="0 0 36 36" aria-hidden="true">
          <circle class="track" cx="18" cy="18" r="15.5" />
          ${
            percent > 0
              ? svg`<circle class="arc" cx="18" cy="18" r="15.5" pathLength="100" stroke-dasharray=${`${percent} 100`} />`
              : nothing
          }
        </svg>
        <span class="percent">${this.#locale.formats.percent(percentOf(unlocked, total))}</span>
      </div>
    `;
  }
}
