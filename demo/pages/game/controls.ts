import type { Point, Wish } from './night.js';

/** By `KeyboardEvent.code`, so that the letters stay in their places on every keyboard. */
const KEYS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  KeyA: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  KeyD: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  KeyW: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  KeyS: { x: 0, y: 1 },
};

/** Below this a stick is at rest. */
const DEAD_ZONE = 0.2;
/** Of the standard gamepad: up, down, left, right. */
const PAD_DIRECTIONS: readonly (readonly [button: number, direction: Point])[] = [
  [12, { x: 0, y: -1 }],
  [13, { x: 0, y: 1 }],
  [14, { x: -1, y: 0 }],
  [15, { x: 1, y: 0 }],
];
/** A and Start. */
const PAD_START = [0, 9];
const PAD_PAUSE = 9;

/** What the game pad says in one frame. */
interface PadState {
  readonly direction: Point | undefined;
  readonly isStart: boolean;
  readonly isPause: boolean;
}

export interface Controls {
  /** Whether there is a gamepad. */
  hasPad(): boolean;
  /** Where the player wants to go, by whichever was used. */
  wish(): Wish;
  /** A button of a gamepad that was pressed since it was last asked. */
  pressed(): 'start' | 'pause' | undefined;
  /** Forgets keys and pointers that are held: their release may be told to somebody else. */
  release(): void;
}

const firstPad = () => (navigator.getGamepads?.() ?? []).find((pad) => pad?.connected);

function readPad(): PadState | undefined {
  const pad = firstPad();
  if (!pad) return undefined;
  let [x = 0, y = 0] = pad.axes;
  if (Math.hypot(x, y) < DEAD_ZONE) [x, y] = [0, 0];
  const isDown = (button: number) => pad.buttons[button]?.pressed ?? false;
  for (const [button, direction] of PAD_DIRECTIONS) {
    if (!isDown(button)) continue;
    x += direction.x;
    y += direction.y;
  }
  return {
    direction: x === 0 && y === 0 ? undefined : { x, y },
    isStart: PAD_START.some(isDown),
    isPause: isDown(PAD_PAUSE),
  };
}

/**
 * Keyboard, pointer and gamepad of a game.
 * @param field takes the keys and the pointer
 * @param toField turns a place on the screen into one of the field
 */
export function listenToPlayer(field: HTMLElement, toField: (event: PointerEvent) => Point): Controls {
  const held = new Set<string>();
  let place: Point | undefined;
  let wasStart = false;
  let wasPause = false;

  field.addEventListener('keydown', (event) => {
    if (!(event.code in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    held.add(event.code);
    place = undefined;
  });
  field.addEventListener('keyup', ({ code }) => held.delete(code));
  field.addEventListener('blur', () => held.clear());
  const follow = (event: PointerEvent) => void (place = toField(event));
  field.addEventListener('pointerdown', (event) => {
    field.setPointerCapture(event.pointerId);
    follow(event);
  });
  field.addEventListener('pointermove', follow);
  // A mouse that leaves leaves the light where it points; a finger that is lifted stops it.
  for (const end of ['pointerup', 'pointercancel'] as const) {
    field.addEventListener(end, ({ pointerType }) => {
      if (pointerType !== 'mouse') place = undefined;
    });
  }

  return {
    hasPad: () => Boolean(firstPad()),
    wish() {
      const pad = readPad()?.direction;
      if (pad) {
        place = undefined;
        return { direction: pad };
      }
      if (held.size === 0) return place ? { place } : {};
      const direction = { x: 0, y: 0 };
      for (const code of held) {
        direction.x += KEYS[code]?.x ?? 0;
        direction.y += KEYS[code]?.y ?? 0;
      }
      return { direction };
    },
    pressed() {
      const { isStart = false, isPause = false } = readPad() ?? {};
      const pressed = isPause && !wasPause ? 'pause' : isStart && !wasStart ? 'start' : undefined;
      [wasStart, wasPause] = [isStart, isPause];
      return pressed;
    },
    release() {
      held.clear();
      place = undefined;
    },
  };
}
