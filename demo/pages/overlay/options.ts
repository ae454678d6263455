/** What a value of the page's address may be. */
type Kind =
  | { readonly kind: 'text' }
  | { readonly kind: 'switch' }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'one-of'; readonly values: readonly string[] };

/** The element that an option is for, or the page itself. */
export type OptionOwner = 'source' | 'toasts' | 'tracker' | 'page';

interface OverlayOption {
  readonly owner: OptionOwner;
  readonly value: Kind;
  readonly about: string;
}

const text: Kind = { kind: 'text' };
const flag: Kind = { kind: 'switch' };
const number = (least: number, most: number): Kind => ({ kind: 'number', least, most });
const oneOf = (...values: string[]): Kind => ({ kind: 'one-of', values });

export const PLACES = [
  'top-start',
  'top',
  'top-end',
  'start',
  'center',
  'end',
  'bottom-start',
  'bottom',
  'bottom-end',
] as const;
const places = oneOf(...PLACES);

/** Every option of the overlay's address. Those of an element have the name of its attribute. */
export const OPTIONS: Readonly<Record<string, OverlayOption>> = {
  backend: { owner: 'source', value: oneOf('json', 'xbox', 'talon-one'), about: 'the service; json without it' },
  src: { owner: 'source', value: text, about: 'where the achievements are: a URL of your own server, or a JSON file' },
  player: { owner: 'source', value: text, about: 'who they belong to; without it nothing is kept' },
  locale: { owner: 'source', value: text, about: 'the language, such as de or pt-BR' },
  refresh: { owner: 'source', value: number(0, 86_400), about: 'seconds between polls; 0 polls never' },
  reports: { owner: 'source', value: flag, about: 'the json service takes reports' },
  events: { owner: 'source', value: flag, about: 'the json service tells of changes' },
  overrides: { owner: 'source', value: text, about: 'a URL of pictures and texts instead of the service’s' },

  position: { owner: 'toasts', value: places, about: 'where notices appear; bottom-end without it' },
  margin: { owner: 'toasts', value: number(0, 1000), about: 'pixels from the edges; 16 without it' },
  scale: { owner: 'toasts', value: number(0.5, 8), about: 'size of everything; 1 without it, 2 for a 4K canvas' },
  grow: { owner: 'toasts', value: oneOf('auto', 'down', 'up'), about: 'where the next notice goes' },
  max: { owner: 'toasts', value: number(1, 20), about: 'notices at once; 3 without it' },
  duration: { owner: 'toasts', value: number(1, 600), about: 'seconds of a notice; 6 without it' },
  stagger: { owner: 'toasts', value: number(0, 5000), about: 'milliseconds between notices; 150 without it' },
  milestones: { owner: 'toasts', value: text, about: 'percents that are told, such as "25 50 75", or none' },
  muted: { owner: 'toasts', value: text, about: 'ids of achievements or titles whose progress is not told' },
  missed: { owner: 'toasts', value: flag, about: 'also tells what was unlocked since the last visit' },
  sound: { owner: 'toasts', value: oneOf('on', 'off'), about: 'off without it' },
  volume: { owner: 'toasts', value: number(0, 1), about: '0.5 without it' },
  'rare-below': { owner: 'toasts', value: number(0, 100), about: 'the percent under which one is rare' },

  tracker: {
    owner: 'page',
    value: text,
    about: 'shows the tracker: all, or some of pinned nearly-done running-out unlocked',
  },
  'tracker-position': { owner: 'page', value: places, about: 'top-start without it' },
  'tracker-limit': { owner: 'tracker', value: number(1, 10), about: 'lines; 4 without it' },
  list: { owner: 'page', value: flag, about: 'shows the list from the start; a game can show it by the bridge' },
  gamepad: { owner: 'page', value: flag, about: 'a gamepad travels through list and notices' },
  theme: { owner: 'page', value: oneOf('auto', 'light', 'dark'), about: 'dark without it' },
  dir: { owner: 'page', value: oneOf('ltr', 'rtl'), about: 'the direction of writing' },
  origins: { owner: 'page', value: text, about: 'who may speak to the overlay by the bridge, separated by spaces' },
  background: { owner: 'page', value: oneOf('none', 'game'), about: 'a picture of a game behind it, to try it out' },
  test: { owner: 'page', value: flag, about: 'plays a scripted scene, again and again; needs no service' },
};

/** What an address asks for, with everything that cannot be used left out. */
export interface OverlayOptions {
  /** Attributes by element; the value of a switch is empty. */
  readonly attributes: Readonly<Record<Exclude<OptionOwner, 'page'>, Readonly<Record<string, string>>>>;
  readonly page: Readonly<Record<string, string>>;
  /** What is wrong with the address, one sentence each. */
  readonly mistakes: readonly string[];
}

/** @returns why a value cannot be used; nothing where it can */
function mistakeIn(name: string, value: string, kind: Kind): string | undefined {
  if (kind.kind === 'number') {
    const read = Number(value);
    if (value.trim() === '' || !(read >= kind.least && read <= kind.most))
      return `${name}=${value} is no number from ${kind.least} to ${kind.most}.`;
  }
  if (kind.kind === 'one-of' && !kind.values.includes(value))
    return `${name}=${value} is none of ${kind.values.join(', ')}.`;
  return undefined;
}

/** @param search the page's query, with or without its question mark */
export function readOptions(search: string): OverlayOptions {
  const attributes: Record<Exclude<OptionOwner, 'page'>, Record<string, string>> = {
    source: {},
    toasts: {},
    tracker: {},
  };
  const page: Record<string, string> = {};
  const mistakes: string[] = [];
  for (const [name, value] of new URLSearchParams(search)) {
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (!option) {
      mistakes.push(`There is no option ${name}.`);
      continue;
    }
    const mistake = mistakeIn(name, value, option.value);
    if (mistake) {
      mistakes.push(mistake);
      continue;
    }
    // As people write it: ?reports, ?reports=1 and ?reports=true are on.
    if (option.value.kind === 'switch' && /^(?:0|false|off|no)$/i.test(value)) continue;
    const members = option.owner === 'page' ? page : attributes[option.owner];
    members[name.replace(/^tracker-(?=limit)/, '')] = option.value.kind === 'switch' ? '' : value;
  }
  return { attributes, page, mistakes };
}
