import type { State } from './fields.js';

/** A service as this page offers it. */
export interface Service {
  readonly label: string;
  readonly description: string;
  /** What a page writes; with a token `src` begins with `/secure`. Absent for `together` and `paste`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Who the visitors of the demo are at this service. */
  readonly players: Readonly<Record<string, string>>;
  /** The paths of what plays with it, and the words for it; nothing plays with a file. */
  readonly plays?: readonly ('xbox' | 'talon-one' | 'json')[];
  readonly playLabel?: string;
}

/** What is pasted, and a file, come from nobody who could have faults. */
export const hasFaults = ({ plays }: Service): boolean => plays !== undefined;

/** Simulated by `demo/services`; the game, the shop and the club are made up. */
const XBOX = '/xbox/users/me/achievements?titleId=1846223907';
const TALON_ONE = '/talon-one/achievements?achievementStatus=active,scheduled';
const JSON_SERVICE = '/json/achievements';

const XUIDS = { nova: '2533274790395904', wren: '2533274811223344', guest: 'guest' };

/** What is shown as one library, in this order: the names of the backends' functions, and what each asks. */
export const TOGETHER = [
  ['xbox', XBOX],
  ['talonOne', TALON_ONE],
  ['json', JSON_SERVICE],
] as const;

export const SERVICES: Readonly<Record<string, Service>> = {
  starfall: {
    label: 'Starfall',
    description: 'A game on Xbox Live',
    attributes: { backend: 'xbox', src: XBOX },
    players: XUIDS,
    plays: ['xbox'],
    playLabel: 'Play a round',
  },
  shop: {
    label: 'Coffee shop',
    description: 'Loyalty with Talon.One',
    attributes: { backend: 'talon-one', src: TALON_ONE, overrides: '/shop-overrides.json' },
    players: { nova: 'customer-17', wren: 'customer-23', guest: 'guest' },
    plays: ['talon-one'],
    playLabel: 'Buy a coffee',
  },
  trailmark: {
    label: 'Trailmark',
    description: 'Any server with JSON',
    attributes: { src: JSON_SERVICE },
    players: { nova: 'nova', wren: 'wren', guest: 'guest' },
    plays: ['json'],
    playLabel: 'Walk a trail',
  },
  file: {
    label: 'A file',
    description: 'Static JSON, no server',
    attributes: { src: '/achievements.json' },
    players: { nova: 'ada', wren: 'grace', guest: 'guest' },
  },
  together: {
    label: 'Together',
    description: 'Three services, one list',
    attributes: { overrides: '/shop-overrides.json' },
    players: { nova: 'nova', wren: 'wren', guest: 'guest' },
    plays: ['xbox', 'talon-one', 'json'],
    playLabel: 'Play everywhere',
  },
  paste: {
    label: 'Your own',
    description: 'Paste an answer',
    // What is pasted is nobody's, and nothing of it is kept.
    players: {},
  },
};

/** The service of a state. @throws {Error} where there is none of that name */
export function serviceOf(state: State): Service {
  const service = SERVICES[state['service'] ?? ''];
  if (!service) throw new Error(`There is no service “${state['service']}”`);
  return service;
}
