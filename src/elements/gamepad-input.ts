/** What a press on a gamepad means. */
export type GamepadAction =
  'up' | 'down' | 'left' | 'right' | 'select' | 'back' | 'dismiss' | 'page-up' | 'page-down' | 'region';

const DIRECTIONS = ['up', 'down', 'left', 'right'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const isDirection = (action: GamepadAction): action is Direction => DIRECTIONS.some((each) => each === action);

/** Whose names the buttons have. */
export type GamepadFamily = 'xbox' | 'playstation' | 'nintendo' | 'generic';

/** What is read of the platform's `Gamepad`. */
export interface Pad {
  readonly id: string;
  readonly index: number;
  readonly connected: boolean;
  readonly mapping: string;
  readonly axes: readonly number[];
  readonly buttons: readonly { readonly pressed: boolean }[];
}

/** One press, or one repetition of a direction that is held. */
export interface GamepadPress {
  readonly action: GamepadAction;
  readonly pad: Pad;
  readonly isRepeat: boolean;
}

/** A direction that is held repeats after this, and from then on after the second one, in milliseconds. */
const FIRST_REPEAT = 400;
const NEXT_REPEAT = 120;

/** From here on a stick points somewhere, of 1; it does until it is back below the second one, so that it never trembles. */
const DEAD_ZONE = 0.5;
const RELEASE_ZONE = 0.4;
/** So much further the other axis has to be before a stick that is held points there. */
const TURN = 0.1;

/** Buttons by their place in the standard mapping: 0 below, 1 right, 2 left; 4 and 5 at the shoulders, 8 at the middle. */
const BUTTONS: Readonly<Record<number, GamepadAction>> = {
  0: 'select',
  1: 'back',
  2: 'dismiss',
  4: 'page-up',
  5: 'page-down',
  8: 'region',
};

/** Without the standard mapping nobody knows what these are. */
const DIRECTION_BUTTONS: Readonly<Record<number, Direction>> = { 12: 'up', 13: 'down', 14: 'left', 15: 'right' };

/** Vendor ids first, which some browsers put into the id: names such as “Wireless Controller” are used by several. */
const FAMILIES: readonly (readonly [GamepadFamily, RegExp])[] = [
  ['xbox', /\b045e\b/i],
  ['playstation', /\b054c\b/i],
  ['nintendo', /\b057e\b/i],
  ['xbox', /x-?box|xinput/i],
  ['playstation', /playstation|dualshock|dualsense|sony|^wireless controller/i],
  ['nintendo', /nintendo|switch|joy-?con|^pro controller/i],
];

/** Whose names the buttons of a gamepad have, as far as its id tells. */
export function familyOf({ id }: Pick<Pad, 'id'>): GamepadFamily {
  return FAMILIES.find(([, names]) => names.test(id))?.[0] ?? 'generic';
}

/** Where on a Nintendo gamepad the other two have A, it has B: players go by the letter. */
function actionOf(button: number, pad: Pad): GamepadAction | undefined {
  const isSwapped = button < 2 && familyOf(pad) === 'nintendo';
  return BUTTONS[isSwapped ? 1 - button : button];
}

/** What is known of one gamepad from the frame before. */
interface PadState {
  held: ReadonlySet<number>;
  direction?: Direction | undefined;
  /** When the direction is due again, on the caller's clock. */
  repeatsAt: number;
}

function stickOf([x = 0, y = 0]: readonly number[], before: Direction | undefined): Direction | undefined {
  const wasAlongX = before === 'left' || before === 'right';
  const wasAlongY = before === 'up' || before === 'down';
  const isAlongX = Math.abs(x) + (wasAlongX ? TURN : 0) > Math.abs(y) + (wasAlongY ? TURN : 0);
  const value = isAlongX ? x : y;
  const direction: Direction = isAlongX ? (value < 0 ? 'left' : 'right') : value < 0 ? 'up' : 'down';
  return Math.abs(value) >= (direction === before ? RELEASE_ZONE : DEAD_ZONE) ? direction : undefined;
}

function directionOf({ axes, buttons, mapping }: Pad, before: Direction | undefined): Direction | undefined {
  if (mapping === 'standard') {
    const pressed = Object.keys(DIRECTION_BUTTONS).find((button) => buttons[Number(button)]?.pressed);
    if (pressed) return DIRECTION_BUTTONS[Number(pressed)];
  }
  return stickOf(axes, before);
}

const heldOf = ({ buttons }: Pad) =>
  new Set(
    Object.keys(BUTTONS)
      .map(Number)
      .filter((button) => buttons[button]?.pressed),
  );

/** Tells presses from what is held, from one look at the gamepads to the next. */
export class GamepadInput {
  readonly #states = new Map<number, PadState>();

  /** What is held now is no press: it was there before anybody looked. */
  hold(pads: readonly Pad[]): void {
    this.#states.clear();
    for (const pad of pads) {
      this.#states.set(pad.index, { held: heldOf(pad), direction: directionOf(pad, undefined), repeatsAt: Infinity });
    }
  }

  /**
   * The presses since the last look, in no order among those of one look.
   * @param now milliseconds on any clock, always the same one
   */
  read(pads: readonly Pad[], now: number): GamepadPress[] {
    for (const index of this.#states.keys()) {
      if (!pads.some((pad) => pad.index === index)) this.#states.delete(index);
    }
    return pads.flatMap((pad) => this.#readPad(pad, now));
  }

  #readPad(pad: Pad, now: number): GamepadPress[] {
    const state: PadState = this.#states.get(pad.index) ?? { held: new Set(), repeatsAt: Infinity };
    const presses: GamepadPress[] = [];
    const held = heldOf(pad);
    for (const button of held) {
      const action = state.held.has(button) ? undefined : actionOf(button, pad);
      if (action) presses.push({ action, pad, isRepeat: false });
    }
    const direction = directionOf(pad, state.direction);
    let { repeatsAt } = state;
    if (direction !== state.direction) {
      repeatsAt = now + FIRST_REPEAT;
      if (direction) presses.push({ action: direction, pad, isRepeat: false });
    } else if (direction && now >= repeatsAt) {
      // One, however late it is: nobody wants to fly past where he was going.
      repeatsAt = now + NEXT_REPEAT;
      presses.push({ action: direction, pad, isRepeat: true });
    }
    this.#states.set(pad.index, { held, direction, repeatsAt });
    return presses;
  }
}
