import { describe, expect, it } from 'vitest';
import { GamepadInput, familyOf, type Pad } from '../../../src/elements/gamepad-input.js';

interface Held {
  readonly buttons?: readonly number[];
  readonly axes?: readonly number[];
  readonly id?: string;
  readonly index?: number;
  readonly mapping?: string;
}

function pad({ axes = [0, 0], buttons = [], id = 'Gamepad', index = 0, mapping = 'standard' }: Held = {}): Pad {
  return {
    id,
    index,
    mapping,
    connected: true,
    axes,
    buttons: Array.from({ length: 17 }, (_, button) => ({ pressed: buttons.includes(button) })),
  };
}

/** The actions of one look after the other, 16 milliseconds apart; a repetition has a star. */
function actionsOf(looks: readonly (Held | readonly Held[])[], input = new GamepadInput()): string[] {
  return looks.map((held, frame) =>
    input
      .read([held].flat().map(pad as (each: unknown) => Pad), frame * 16)
      .map(({ action, isRepeat }) => (isRepeat ? `${action}*` : action))
      .join(' '),
  );
}

describe('buttons of a gamepad', () => {
  it.each([
    [0, 'select'],
    [1, 'back'],
    [2, 'dismiss'],
    [3, ''],
    [4, 'page-up'],
    [5, 'page-down'],
    [6, ''],
    [7, ''],
    [8, 'region'],
    [9, ''],
    [12, 'up'],
    [13, 'down'],
    [14, 'left'],
    [15, 'right'],
    [16, ''],
  ])('%i is %s', (button, action) => {
    expect(actionsOf([{ buttons: [button] }])).toEqual([action]);
  });

  it('without the standard mapping are the first ones; what the pad sends as others, nobody knows', () => {
    expect(actionsOf([{ buttons: [0], mapping: '' }])).toEqual(['select']);
    expect(actionsOf([{ buttons: [12], mapping: '' }])).toEqual(['']);
    expect(actionsOf([{ axes: [0, 1], mapping: '' }])).toEqual(['down']);
  });

  it('are pressed once, however long they are held, and again once they were let go', () => {
    expect(actionsOf([{ buttons: [0] }, { buttons: [0] }, {}, { buttons: [0] }])).toEqual(['select', '', '', 'select']);
  });

  it('that are held when looking begins are no press', () => {
    const input = new GamepadInput();
    input.hold([pad({ buttons: [0, 13] })]);
    expect(actionsOf([{ buttons: [0, 13] }, {}, { buttons: [0] }], input)).toEqual(['', '', 'select']);
  });

  it('control: of a gamepad that just came they are', () => {
    expect(actionsOf([[], { buttons: [0] }])).toEqual(['', 'select']);
  });

  it('may be pressed together, on several gamepads, and one that goes is forgotten', () => {
    expect(actionsOf([{ buttons: [0, 4] }])).toEqual(['select page-up']);
    const first = { buttons: [0] };
    const second = { index: 1, buttons: [1] };
    expect(actionsOf([first, [first, second], second, [first, second]])).toEqual(['select', 'back', '', 'select']);
  });

  it('survive a gamepad with hardly any', () => {
    const odd = { ...pad(), axes: [], buttons: [] };
    expect(new GamepadInput().read([odd], 0)).toEqual([]);
  });

  it('of a Nintendo gamepad go by the letter: A is to the right', () => {
    const id = 'Pro Controller (STANDARD GAMEPAD Vendor: 057e Product: 2009)';
    expect(
      actionsOf([
        { id, buttons: [1] },
        { id, buttons: [0] },
        { id, buttons: [2] },
      ]),
    ).toEqual(['select', 'back', 'dismiss']);
  });
});

describe('the stick', () => {
  it.each([
    [[0.49, 0], ''],
    [[0.5, 0], 'right'],
    [[-0.5, 0], 'left'],
    [[0, 0.5], 'down'],
    [[0, -0.5], 'up'],
    [[0.6, 0.9], 'down'],
    [[0.9, -0.6], 'right'],
    [[0.35, 0.35], ''],
    [[Number.NaN, 0], ''],
    [[], ''],
  ])('at %j points %s', (axes, action) => {
    expect(actionsOf([{ axes }])).toEqual([action]);
  });

  it('does not tremble where the dead zone ends, nor in the diagonal', () => {
    expect(actionsOf([[0.5], [0.45], [0.5], [0.39], [0.5]].map((axes) => ({ axes })))).toEqual([
      'right',
      '',
      '',
      '',
      'right',
    ]);
    expect(
      actionsOf(
        [
          [0.71, 0.7],
          [0.7, 0.71],
          [0.7, 0.75],
          [0.6, 0.8],
        ].map((axes) => ({ axes })),
      ),
    ).toEqual(['right', '', '', 'down']);
  });

  it('gives way to the directional pad', () => {
    expect(actionsOf([{ axes: [1, 0], buttons: [12] }])).toEqual(['up']);
  });
});

describe('a direction that is held', () => {
  /** When it acts, in milliseconds, looking every 10. */
  function actsAt(until: number, lookEvery = 10): number[] {
    const input = new GamepadInput();
    const acts: number[] = [];
    for (let now = 0; now <= until; now += lookEvery) {
      if (input.read([pad({ buttons: [13] })], now).length > 0) acts.push(now);
    }
    return acts;
  }

  it('repeats after 400 milliseconds, then every 120', () => {
    expect(actsAt(900)).toEqual([0, 400, 520, 640, 760, 880]);
  });

  it('never makes up for what was missed', () => {
    expect(actsAt(4000, 1000)).toEqual([0, 1000, 2000, 3000, 4000]);
    const input = new GamepadInput();
    input.read([pad({ buttons: [13] })], 0);
    expect(input.read([pad({ buttons: [13] })], 60_000)).toHaveLength(1);
    expect(input.read([pad({ buttons: [13] })], 60_016)).toEqual([]);
  });

  it('begins anew with another direction', () => {
    const input = new GamepadInput();
    const at = (now: number, button: number) =>
      input.read([pad({ buttons: [button] })], now).map(({ isRepeat }) => isRepeat);
    expect([at(0, 13), at(390, 12), at(410, 12), at(789, 12), at(790, 12)]).toEqual([[false], [false], [], [], [true]]);
  });
});

describe('the family of a gamepad', () => {
  it.each([
    ['Xbox 360 Controller (XInput STANDARD GAMEPAD)', 'xbox'],
    ['Xbox Wireless Controller (STANDARD GAMEPAD Vendor: 045e Product: 0b13)', 'xbox'],
    ['045e-028e-Microsoft X-Box 360 pad', 'xbox'],
    ['xinput', 'xbox'],
    ['Xbox Wireless Controller Extended Gamepad', 'xbox'],
    ['DualSense Wireless Controller (STANDARD GAMEPAD Vendor: 054c Product: 0ce6)', 'playstation'],
    ['Wireless Controller (STANDARD GAMEPAD Vendor: 054c Product: 09cc)', 'playstation'],
    ['054c-05c4-Sony Computer Entertainment Wireless Controller', 'playstation'],
    ['Wireless Controller Extended Gamepad', 'playstation'],
    ['Pro Controller (STANDARD GAMEPAD Vendor: 057e Product: 2009)', 'nintendo'],
    ['057e-2009-Pro Controller', 'nintendo'],
    ['Joy-Con L+R (STANDARD GAMEPAD Vendor: 057e Product: 200e)', 'nintendo'],
    ['Nintendo Switch Pro Controller Extended Gamepad', 'nintendo'],
    ['Logitech Gamepad F310 (Vendor: 046d Product: c21d)', 'generic'],
    ['USB Gamepad', 'generic'],
    ['', 'generic'],
  ])('%s: %s', (id, family) => {
    expect(familyOf({ id })).toBe(family);
  });
});
