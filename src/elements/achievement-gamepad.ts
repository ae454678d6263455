import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { systemClock, type Clock } from '../model/index.js';
import { gamepadGlyph, type GamepadControl } from '../styles/gamepad-glyphs.js';
import { gamepadStyles } from '../styles/gamepad.styles.js';
import { tokens } from '../styles/tokens.js';
import { BaseElement, text } from './base-element.js';
import {
  FocusRing,
  chooseNext,
  controlTowards,
  deepActiveElement,
  focusNextRegion,
  isBesideCards,
  isCard,
  isFilled,
  isOurs,
  regionOf,
  regionsIn,
} from './gamepad-focus.js';
import {
  GamepadInput,
  familyOf,
  isDirection,
  type GamepadAction,
  type GamepadFamily,
  type Pad,
} from './gamepad-input.js';
import { LocaleController } from './locale-controller.js';
import { SourceConsumer } from './source-context.js';
import { html } from './template.js';
import { isPageHidden, listenToPage } from './dom.js';

/** What a gamepad element uses of the world, so that a test can play any gamepad. */
export interface GamepadEnvironment {
  /** As `navigator.getGamepads`; a throw means that the page may not ask. */
  readonly getGamepads: () => readonly (Pad | null)[];
  /** As `requestAnimationFrame`. */
  readonly requestFrame: (callback: () => void) => number;
  readonly cancelFrame: (handle: number) => void;
  readonly clock: Pick<Clock, 'now'>;
  readonly isVisible: () => boolean;
}

const browser: GamepadEnvironment = {
  // Not there over plain http.
  getGamepads: () => navigator.getGamepads?.() ?? [],
  requestFrame: (callback) => requestAnimationFrame(callback),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
  clock: systemClock,
  isVisible: () => !isPageHidden(),
};

/** The keys that presses stand for. */
const KEYS: Readonly<Partial<Record<GamepadAction, string>>> = {
  up: 'ArrowUp',
  down: 'ArrowDown',
  left: 'ArrowLeft',
  right: 'ArrowRight',
  select: 'Enter',
  back: 'Escape',
  dismiss: 'Delete',
  'page-up': 'PageUp',
  'page-down': 'PageDown',
};

/** What a click does something to; synthetic keys do nothing to them. */
const PRESSABLE = 'button, a[href], summary, input:is([type="checkbox"], [type="radio"])';

/** Those in the document, in the order they came: of several, one acts, or each press would count twice. */
const present = new Set<AchievementGamepad>();

/** Where the focus is, as far as the legend cares. */
interface Place {
  /** The tag of the region with the focus; empty where it is in none. */
  readonly region: string;
  /** Whether there is another region to go to. */
  readonly hasOthers: boolean;
  /** Nothing has the focus, or something of ours. */
  readonly isOurs: boolean;
}

/**
 * @summary Lets a gamepad travel through lists, details, trackers and toasts, and shows what its buttons do.
 *
 * The stick and the directional pad are the arrow keys, the button below is a click or Enter, the one to the right is
 * Escape, the shoulders turn pages, and the button left of the middle goes to the next list, toasts or tracker. One
 * element serves the whole page; of several, the first that is not disabled. While the focus is in something else of the
 * page, only that last button does anything.
 * Gamepads are looked at once per frame while one is connected and the page is visible, and never otherwise.
 *
 * @csspart legend - What the buttons do.
 * @csspart entry - One glyph with its word.
 *
 * @cssproperty [--achievement-surface] - The legend's background.
 * @cssproperty [--achievement-text] - Its glyphs.
 * @cssproperty [--achievement-muted] - Its words.
 */
export class AchievementGamepad extends BaseElement {
  static override styles = [tokens, gamepadStyles];

  static override properties: PropertyDeclarations = {
    legend: { converter: text },
    disabled: { type: Boolean },
    locale: { converter: text },
    theme: { reflect: true },
    environment: { attribute: false },
    isUsed: { attribute: false },
    family: { attribute: false },
    place: { attribute: false },
  };

  /** When the legend is shown: `auto` while a gamepad was what was used last, `always`, or `never`. */
  legend: 'auto' | 'always' | 'never' = 'auto';

  /** Leaves gamepads to the page, such as while its game is played: they are not even looked at. */
  disabled = false;

  /** The language, as a BCP 47 tag; the default is that of the source around it, else the nearest `lang`. */
  locale = '';

  /** `light` or `dark`; `auto` follows the page's `color-scheme`. */
  theme: 'auto' | 'light' | 'dark' = 'auto';

  /** Gamepads, frames, clock and visibility, for tests and unusual hosts. */
  environment?: Partial<GamepadEnvironment>;

  /** Whether a gamepad was used last. */
  private isUsed = false;

  /** Of the gamepad that was used last. */
  private family: GamepadFamily | undefined;

  private place: Place = { region: '', hasOthers: true, isOurs: true };

  readonly #source = new SourceConsumer(this);
  readonly #locale = new LocaleController(this, () => this.locale || this.#source.value.locale);
  readonly #input = new GamepadInput();
  readonly #ring = new FocusRing();
  #life: AbortController | undefined;
  /** Ends listening for what else is used. */
  #otherInput: AbortController | undefined;
  #frame: number | undefined;
  /** What had the focus when the legend was made. */
  #active: HTMLElement | undefined;
  /** Something came that may be gone to. */
  #isPlaceOld = false;

  get #world(): GamepadEnvironment {
    return { ...browser, ...this.environment };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    present.add(this);
    const { signal } = (this.#life = new AbortController());
    addEventListener('gamepadconnected', () => this.#start(), { signal });
    addEventListener('gamepaddisconnected', () => this.#look(), { signal });
    listenToPage('visibilitychange', () => this.#look(), { signal });
    if (this.hasUpdated) this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#life?.abort();
    this.#stop();
    this.#become(false);
    present.delete(this);
    for (const other of present) other.#look();
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Also the first time, in which both are new: gamepads may be there already.
    if (changed.has('disabled') || changed.has('environment')) for (const each of present) each.#look();
  }

  // Looking at gamepads

  get #pads(): Pad[] {
    try {
      return this.#world.getGamepads().filter((pad): pad is Pad => pad !== null && pad.connected);
    } catch {
      // The page's permissions policy forbids it.
      return [];
    }
  }

  /** Whether this is the one that acts. */
  get #isActing(): boolean {
    return [...present].find(({ disabled }) => !disabled) === this;
  }

  get #mayPoll(): boolean {
    return this.#isActing && this.#world.isVisible();
  }

  /** Begins or ends to poll. What was held while nobody looked is no press. */
  #look(): void {
    const pads = this.#mayPoll ? this.#pads : [];
    if (pads.length === 0) {
      this.#stop();
      // Without a gamepad there is nothing to tell of one.
      if (!this.#isActing || this.#pads.length === 0) this.#become(false);
    } else if (this.#frame === undefined) {
      this.#input.hold(pads);
      this.#poll();
    }
  }

  /** A gamepad is there only since one of its buttons was pressed: that counts as a press. */
  #start(): void {
    if (this.#frame === undefined && this.#mayPoll && this.#pads.length > 0) this.#poll();
  }

  #poll(): void {
    this.#frame = this.#world.requestFrame(() => this.#handleFrame());
  }

  #stop(): void {
    if (this.#frame !== undefined) this.#world.cancelFrame(this.#frame);
    this.#frame = undefined;
    this.#input.hold([]);
  }

  #handleFrame(): void {
    this.#frame = undefined;
    const pads = this.#mayPoll ? this.#pads : [];
    if (pads.length === 0) {
      this.#look();
      return;
    }
    const presses = this.#input.read(pads, this.#world.clock.now());
    // Before anything is done: what is done may fail, or take this element out of the page.
    this.#poll();
    for (const { action, isRepeat, pad } of presses) {
      this.family = familyOf(pad);
      this.#act(action, isRepeat);
    }
    if (presses.length > 0) this.#become(true);
    // Looked at with each frame: from outside nobody hears the focus move within a shadow root.
    const isMoved = this.#isPlaceOld || deepActiveElement() !== this.#active;
    if (this.isUsed && (presses.length > 0 || isMoved)) this.#settlePlace();
  }

  // What presses do

  #act(action: GamepadAction, repeat: boolean): void {
    const active = deepActiveElement();
    if (action === 'region' || !active) {
      focusNextRegion();
      return;
    }
    if (!isOurs(active)) return;
    if (action === 'dismiss' && regionOf(active)?.localName !== 'achievement-toasts') return;
    if (action === 'select' && active.matches(PRESSABLE)) active.click();
    else if (action === 'select' && active instanceof HTMLSelectElement) chooseNext(active);
    else this.#press(action, active, repeat);
  }

  /** As the key for it, and where the keys of a browser scroll or do nothing, as the direction that it is. */
  #press(action: GamepadAction, active: HTMLElement, repeat: boolean): void {
    const control = isDirection(action)
      ? controlTowards(action, active)
      : action === 'back' && isBesideCards(active)
        ? regionOf(active)
        : undefined;
    // Whoever holds the stick until the first card is there does not mean to leave the cards.
    if (control && isCard(active)) {
      if (!repeat) control.focus();
      return;
    }
    const key = KEYS[action] ?? '';
    const isUnused = active.dispatchEvent(
      new KeyboardEvent('keydown', { key, repeat, bubbles: true, composed: true, cancelable: true }),
    );
    if (isUnused) control?.focus();
  }

  // The legend

  /** A gamepad is used, until something else is. */
  #become(isUsed: boolean): void {
    if (isUsed === this.isUsed) return;
    this.isUsed = isUsed;
    this.#otherInput?.abort();
    this.#otherInput = undefined;
    if (!isUsed) {
      this.#ring.hide();
      return;
    }
    const { signal } = (this.#otherInput = new AbortController());
    // The keys of gamepads themselves are not trusted.
    const other = ({ isTrusted }: Event) => isTrusted && this.#become(false);
    for (const type of ['pointerdown', 'keydown']) addEventListener(type, other, { signal, capture: true });
    // It is told before it is rendered, and looked at with the next frame.
    addEventListener('achievement-toast', () => (this.#isPlaceOld = true), { signal });
  }

  #settlePlace(): void {
    const active = deepActiveElement();
    this.#active = active;
    this.#isPlaceOld = false;
    this.#ring.show(isOurs(active) ? active : undefined);
    const region = regionOf(active);
    const place: Place = {
      region: region?.localName ?? '',
      hasOthers: regionsIn(document).some((each) => each !== region && isFilled(each)),
      isOurs: !active || isOurs(active),
    };
    const isSame = Object.entries(place).every(([name, value]) => this.place[name as keyof Place] === value);
    if (!isSame) this.place = place;
  }

  get #entries(): (readonly [GamepadControl, string])[] {
    const { terms } = this.#locale;
    const { hasOthers, isOurs: isHere, region } = this.place;
    const isSwapped = this.#shownFamily === 'nintendo';
    const entries: (readonly [GamepadControl, string] | false)[] = [
      isHere && ['move', terms.gamepadMove],
      isHere && [isSwapped ? 'right' : 'below', terms.gamepadSelect],
      isHere && [isSwapped ? 'below' : 'right', terms.gamepadBack],
      isHere && region === 'achievement-toasts' && ['left', terms.gamepadDismiss],
      isHere && region === 'achievement-list' && ['shoulders', terms.gamepadPage],
      hasOthers && ['middle', terms.gamepadRegion],
    ];
    return entries.filter((entry) => entry !== false);
  }

  get #shownFamily(): GamepadFamily {
    const [pad] = this.family ? [] : this.#pads;
    return this.family ?? (pad ? familyOf(pad) : 'generic');
  }

  override render(): TemplateResult | typeof nothing {
    if (this.legend === 'never' || this.disabled || (this.legend !== 'always' && !this.isUsed)) return nothing;
    const entries = this.#entries;
    if (entries.length === 0) return nothing;
    // Who cannot see the glyphs does not need them: every key that they stand for does the same.
    return html`<div part="legend" class="legend" aria-hidden="true">
      ${entries.map(
        ([control, word]) =>
          html`<span part="entry" class="entry"
            ><span class="glyphs">${gamepadGlyph(control, this.#shownFamily)}</span
            ><bdi class="words">${word}</bdi></span
          >`,
      )}
    </div>`;
  }
}
