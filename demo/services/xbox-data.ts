import { DAY, HOUR, MINUTE } from './http.js';

/** One requirement as the service keeps it: numbers are text, and `null` means that it does not tell. */
export interface Part {
  readonly current: string | null;
  readonly target: string;
  readonly operation?: string;
  /** `null`: not sent at all. */
  readonly valueType?: string | null;
  readonly participation?: 'Individual' | 'Group';
}

export interface ModernReward {
  readonly type: string;
  readonly name?: string;
  readonly description?: string;
  readonly value?: string;
  /** A picture of the catalogue. */
  readonly picture?: string;
  /** Some titles leave the member out altogether. */
  readonly withoutMediaAsset?: true;
}

/** A modern achievement and where the seeded player stands. Times are offsets from now, negative in the past. */
export interface ModernSeed {
  readonly id: string;
  readonly name: string;
  /** Imperative, before the unlock. */
  readonly todo: string;
  /** Past tense, after it. */
  readonly done: string;
  readonly state: string;
  /** `null`: the service sends null instead of a list. */
  readonly parts: readonly Part[] | null;
  /** An offset, or a text that is sent as it is. */
  readonly unlocked?: number | string;
  /** A picture of the catalogue; a URL with a scheme or a leading slash is sent as it is; absent: no picture. */
  readonly picture?: string;
  /** 16:9 instead of square. */
  readonly wide?: true;
  readonly gamerscore?: number;
  readonly rewards?: readonly ModernReward[] | null;
  /** `'unsaid'`: the member is missing. */
  readonly secret?: true | 'unsaid';
  readonly revoked?: true;
  readonly group?: true;
  readonly challenge?: { readonly starts: number; readonly ends: number };
  /** Absent: the service has none, whatever the contract. */
  readonly rarity?: { readonly currentCategory?: string; readonly currentPercentage?: number };
  readonly estimatedTime?: string;
  readonly deeplink?: string | null;
  readonly platforms?: readonly string[];
  /** The documented spelling of an old sample: one text instead of a list. */
  readonly platform?: string;
  readonly titleVersion?: string;
}

export interface ModernTitle {
  readonly id: number;
  readonly name: string;
  readonly serviceConfigId: string;
  readonly productId: string;
  /** Title-managed: the game reports percents, and what is unlocked has no requirements any more. */
  readonly titleManaged: boolean;
  readonly platforms: readonly string[];
  readonly achievements: readonly ModernSeed[];
}

export interface LegacySeed {
  readonly id: number;
  readonly name: string;
  readonly todo: string;
  readonly done: string;
  readonly gamerscore: number;
  /** 1 completion, 2 leveling, 3 unlock, 4 event, 5 tournament, 6 checkpoint, 7 other. */
  readonly type: number;
  readonly secret?: true;
  readonly rarity?: { readonly currentCategory?: string; readonly currentPercentage?: number };
  /** How the seeded player earned it: an offset, or unlocked without a connection at an unknown time. */
  readonly earned?: number | 'offline';
}

/** An Xbox 360 title. */
export interface LegacyTitle {
  readonly id: number;
  readonly name: string;
  readonly achievements: readonly LegacySeed[];
}

export const STARFALL_TITLE_ID = 1846223907;
export const STARFALL_SCID = '5f1c9a34-7be2-4d0e-9c41-2a6d83f07b15';
export const PAPER_COMETS_TITLE_ID = 2061137290;
export const PAPER_COMETS_SCID = `00000000-0000-0000-0000-0000${PAPER_COMETS_TITLE_ID.toString(16)}`;
export const NIGHTJAR_TITLE_ID = 1161890214;
export const COMET_PATROL_TITLE_ID = 1161890377;

/** Xbox Live's way of saying "never". */
export const NEVER = '0001-01-01T00:00:00.0000000Z';
/** Xbox Live's launch day: "never" on Xbox 360. */
export const NEVER_LEGACY = '2002-11-15T00:00:00.0000000Z';
/** Unlocked on a console without a connection: nobody knows when. */
export const UNKNOWN_LEGACY = '1753-01-01T00:00:00.0000000Z';

const count = (current: number | null, target: number): Part => ({
  current: current === null ? null : String(current),
  target: String(target),
});

/** A single condition that is met or not. */
const once = (done: boolean): Part[] => [count(done ? 1 : null, 1)];

/** Several conditions of one step each, of which some are met; the service tells nothing about the others. */
const several = (met: number, total: number): Part[] =>
  Array.from({ length: total }, (_, index) => count(index < met ? 1 : null, 1));

const LONG_STORY =
  'Carry the sealed letter of the lighthouse keeper from the Cradle to the far end of the Long Reach: without opening ' +
  'it, without selling it to the three merchants who will offer you more each time, without losing it in the ion storm ' +
  'off Halcyon, and without telling your navigator what you believe is in it. Deliver it by hand to the woman who has ' +
  'not received any post for forty years, wait until she has read it twice, accept the cup of tea, and leave only when ' +
  'she asks you to. There is a shortcut through the Tangle. Everyone who has taken it has regretted it, and most of them ' +
  'have written songs about it.';

const STARFALL_ACHIEVEMENTS: readonly ModernSeed[] = [
  {
    id: '1',
    name: 'First Light',
    todo: 'Complete your maiden flight.',
    done: 'Completed your maiden flight.',
    state: 'Achieved',
    parts: [count(3, 1)],
    unlocked: -318 * DAY,
    picture: 'sunrise',
    wide: true,
    gamerscore: 10,
    rarity: { currentCategory: 'Common', currentPercentage: 92.41 },
    deeplink: null,
  },
  {
    id: '2',
    name: 'Wayfinder',
    todo: 'Chart every planet of one star system.',
    done: 'Charted every planet of one star system.',
    state: 'Achieved',
    parts: [count(1, 1)],
    unlocked: -311 * DAY,
    picture: 'compass',
    gamerscore: 10,
    rarity: { currentCategory: 'Common', currentPercentage: 78.06 },
  },
  {
    id: '3',
    name: 'Escape Velocity',
    todo: 'Leave the gravity well of ten different worlds.',
    done: 'Left the gravity well of ten different worlds.',
    state: 'InProgress',
    parts: [count(8, 10)],
    picture: 'rocket-flight',
    wide: true,
    gamerscore: 25,
    rarity: { currentCategory: 'Common', currentPercentage: 12.4 },
    estimatedTime: '02:30:00',
    deeplink: `ms-xbl-${STARFALL_TITLE_ID.toString(16)}://play/launchpad?world=10`,
  },
  {
    id: '4',
    name: 'Dragonslayer',
    todo: 'Defeat the Ashen Dragon without being hit once.',
    done: 'Defeated the Ashen Dragon without being hit once.',
    state: 'Achieved',
    parts: [count(1, 1)],
    unlocked: -12 * DAY - 5 * HOUR,
    picture: 'dragon-head',
    wide: true,
    gamerscore: 80,
    rewards: [
      {
        type: 'InApp',
        name: 'Ember Cloak',
        description: 'A cloak that keeps its embers, even in the rain.',
        value: 'EMBER-CLOAK',
        picture: 'cloak',
      },
    ],
    rarity: { currentCategory: 'Rare', currentPercentage: 1.83 },
  },
  {
    id: '5',
    name: 'Weekend Sprint',
    todo: 'Finish five time trials before the weekend is over.',
    done: 'Finished five time trials before the weekend was over.',
    state: 'InProgress',
    parts: [count(3, 5)],
    picture: 'hourglass',
    challenge: { starts: -2 * DAY, ends: 9 * HOUR + 30 * MINUTE },
    rewards: [
      {
        type: 'Art',
        name: 'Sprint Wallpaper',
        description: 'The finish line at dawn, for the wall of your choice.',
        picture: 'checkered-flag',
      },
    ],
    rarity: { currentCategory: 'Common', currentPercentage: 22.7 },
  },
  {
    id: '6',
    name: 'King of the Hill',
    todo: 'Hold the summit of Mount Halcyon for three minutes.',
    done: 'Held the summit of Mount Halcyon for three minutes.',
    state: 'NotStarted',
    parts: [count(null, 1)],
    picture: 'summits',
    gamerscore: 15,
    rarity: { currentCategory: 'Common', currentPercentage: 34 },
    estimatedTime: '06:00:00',
  },
  {
    id: '7',
    name: 'Winter Bloom',
    todo: 'Grow a crystal garden during the Frost Festival.',
    done: 'Grew a crystal garden during the Frost Festival.',
    state: 'NotStarted',
    parts: [count(null, 12)],
    picture: 'crystal-growth',
    wide: true,
    challenge: { starts: 9 * DAY + 6 * HOUR, ends: 23 * DAY },
    rewards: [
      {
        type: 'Art',
        name: 'Frost Festival Poster',
        description: 'Hand-printed in the greenhouse of Halcyon.',
        picture: 'snowflake-2',
      },
    ],
  },
  {
    id: '8',
    name: 'Untouchable',
    todo: 'Cross the Maelstrom with your shields down.',
    done: 'Crossed the Maelstrom with your shields down.',
    state: 'Achieved',
    parts: [count(1, 1)],
    unlocked: -96 * DAY,
    picture: 'vortex',
    gamerscore: 50,
    revoked: true,
    rarity: { currentCategory: 'Rare', currentPercentage: 0.94 },
  },
  {
    id: '9',
    name: 'The Lamplighters',
    todo: 'Relight all fifteen beacons of the Long Reach.',
    done: 'Relit all fifteen beacons of the Long Reach.',
    state: 'InProgress',
    parts: several(13, 15),
    picture: 'lighthouse',
    wide: true,
    gamerscore: 25,
    rarity: { currentCategory: 'Rare', currentPercentage: 8.2 },
    estimatedTime: '04:45:00',
  },
  {
    id: '10',
    name: 'Three Keys',
    todo: 'Find the keys of brass, bone and starlight.',
    done: 'Found the keys of brass, bone and starlight.',
    state: 'InProgress',
    parts: several(1, 3),
    picture: 'three-keys',
    gamerscore: 20,
    rarity: { currentCategory: 'Common', currentPercentage: 41.55 },
  },
  {
    id: '11',
    name: 'Family Portrait',
    todo: 'Hang the portraits of all thirteen crew members.',
    done: 'Hung the portraits of all thirteen crew members.',
    state: 'InProgress',
    parts: several(9, 13),
    picture: 'three-friends',
    gamerscore: 25,
    rarity: { currentCategory: 'Common', currentPercentage: 17.32 },
  },
  {
    id: '12',
    name: 'Constellation Keeper',
    todo: 'Trace all fifteen constellations of the northern sky.',
    done: 'Traced all fifteen constellations of the northern sky.',
    state: 'Achieved',
    parts: several(15, 15),
    unlocked: -140 * DAY - 3 * HOUR,
    picture: 'star-formation',
    wide: true,
    gamerscore: 25,
    rarity: { currentCategory: 'Rare', currentPercentage: 9.04 },
  },
  {
    id: '13',
    name: 'The Hollow Sun',
    todo: 'Story progression',
    done: 'Stood in the heart of the Hollow Sun and chose to let it burn.',
    state: 'NotStarted',
    parts: once(false),
    picture: 'eclipse',
    wide: true,
    gamerscore: 40,
    secret: true,
    rarity: { currentCategory: 'Rare', currentPercentage: 0.61 },
  },
  {
    id: '14',
    name: 'A Voice in the Static',
    todo: 'Collect the four fragments of the lost transmission.',
    done: 'Collected the four fragments and heard what they had to say.',
    state: 'InProgress',
    parts: [count(2, 4)],
    picture: 'radio-tower',
    gamerscore: 20,
    secret: true,
    rarity: { currentCategory: 'Rare', currentPercentage: 6.9 },
    deeplink: `ms-xbl-${STARFALL_TITLE_ID.toString(16)}://play/transmission`,
  },
  {
    id: '15',
    name: 'Never Alone',
    todo: 'Story progression',
    done: 'Learned who had been answering your distress calls all along.',
    state: 'Achieved',
    parts: once(true),
    unlocked: -44 * DAY - 7 * HOUR,
    picture: 'ghost-ally',
    gamerscore: 20,
    secret: true,
    rarity: { currentCategory: 'Common', currentPercentage: 24.88 },
  },
  {
    id: '16',
    name: 'Best Friend in the Dark',
    todo: 'Pet the Void Hound. It has been waiting.',
    done: 'Pet the Void Hound. It has been waiting.',
    state: 'NotStarted',
    parts: once(false),
    picture: 'hound',
    gamerscore: 5,
    secret: true,
    rarity: { currentCategory: 'Common', currentPercentage: 11.01 },
  },
  {
    id: '17',
    name: 'All Hands',
    todo: 'Together with your fleet, deliver 500 crates to the colony.',
    done: 'Delivered 500 crates to the colony, together with your fleet.',
    state: 'InProgress',
    parts: [{ ...count(214, 500), participation: 'Group' }],
    picture: 'cargo-crate',
    wide: true,
    gamerscore: 15,
    group: true,
    rarity: { currentCategory: 'Common', currentPercentage: 28.3 },
  },
  {
    id: '18',
    name: 'Master Cartographer',
    todo: 'Discover 150 places that are on nobody’s map.',
    done: 'Discovered 150 places that were on nobody’s map.',
    state: 'InProgress',
    parts: [{ ...count(147, 150), operation: 'SUM' }],
    picture: 'treasure-map',
    gamerscore: 30,
    rarity: { currentCategory: 'Rare', currentPercentage: 4.17 },
  },
  {
    id: '19',
    name: 'The Long Haul',
    todo: 'Travel 1,000 light-years at the helm.',
    done: 'Travelled 1,000 light-years at the helm.',
    state: 'InProgress',
    parts: [{ current: '612.75', target: '1000', valueType: 'Double' }],
    picture: 'orbit',
    wide: true,
    gamerscore: 25,
    rarity: { currentCategory: 'Common', currentPercentage: 15.73 },
    estimatedTime: '1.02:30:00.0000000',
  },
  {
    id: '20',
    name: 'Tidy Orbit',
    todo: 'Clear 25 pieces of debris from the shipping lanes.',
    done: 'Cleared 25 pieces of debris from the shipping lanes.',
    state: 'Achieved',
    parts: [count(43579, 25)],
    unlocked: -205 * DAY,
    picture: 'fragmented-meteor',
    gamerscore: 15,
    rarity: { currentCategory: 'Common', currentPercentage: 63.5 },
  },
  {
    id: '21',
    name: 'Photo Finish',
    todo: 'Lap the Rings of Oriel in 90 seconds or less.',
    done: 'Lapped the Rings of Oriel in 90 seconds or less.',
    state: 'InProgress',
    parts: [{ ...count(104, 90), operation: 'MINIMUM' }],
    picture: 'ringed-planet',
    wide: true,
    gamerscore: 20,
    rarity: { currentCategory: 'Rare', currentPercentage: 3.84 },
  },
  {
    id: '22',
    name: 'Streak of Fortune',
    todo: 'Win 25 asteroid derbies in a row.',
    done: 'Won 25 asteroid derbies in a row.',
    state: 'InProgress',
    parts: [{ ...count(18, 25), operation: 'Maximum' }],
    picture: 'burning-meteor',
    gamerscore: 25,
    rarity: { currentCategory: 'Rare', currentPercentage: 2.2 },
  },
  {
    id: '23',
    name: 'Ghost Signal',
    todo: 'Listen to signals from nowhere. Nobody knows how many there are.',
    done: 'Listened to every signal from nowhere.',
    state: 'InProgress',
    parts: [{ current: '8', target: '0', operation: 'SUM' }],
    picture: 'radar-sweep',
    gamerscore: 10,
    rarity: { currentCategory: 'Rare', currentPercentage: 7.75 },
  },
  {
    id: '24',
    name: 'Old Acquaintance',
    todo: 'Visit the innkeeper of Far Harbour on seven different days.',
    done: 'Visited the innkeeper of Far Harbour on seven different days.',
    state: 'InProgress',
    parts: [count(5, 7)],
    // A date on something not unlocked: seen in the service's own samples, and it means nothing.
    unlocked: '2013-01-17T03:19:00.3087016Z',
    picture: 'tavern-sign',
    gamerscore: 10,
    rarity: { currentCategory: 'Common', currentPercentage: 36.6 },
  },
  {
    id: '25',
    name: 'Somewhere, Sometime',
    todo: 'Find the island that no two charts agree on.',
    done: 'Found the island that no two charts agree on.',
    state: 'Achieved',
    parts: once(true),
    unlocked: NEVER,
    picture: 'island',
    wide: true,
    gamerscore: 15,
    rarity: { currentCategory: 'Common', currentPercentage: 19.9 },
  },
  {
    id: '26',
    name: 'For the View',
    todo: 'Switch off the engines and watch a whole sunset.',
    done: 'Switched off the engines and watched a whole sunset.',
    state: 'Achieved',
    parts: once(true),
    unlocked: -72 * DAY - 2 * HOUR,
    picture: 'sunset',
    wide: true,
    rewards: [],
    rarity: { currentCategory: 'Common', currentPercentage: 55.12 },
  },
  {
    id: '27',
    name: 'Its Own Reward',
    todo: 'Return a lost toy to its owner.',
    done: 'Returned a lost toy to its owner.',
    state: 'NotStarted',
    parts: once(false),
    picture: 'balloon-dog',
    rewards: null,
    rarity: { currentCategory: 'Common', currentPercentage: 47.21 },
  },
  {
    id: '28',
    name: 'Zero-G Ballet',
    todo: 'Dance in the cargo bay with the gravity turned off.',
    done: 'Danced in the cargo bay with the gravity turned off.',
    state: 'Achieved',
    parts: once(true),
    unlocked: -61 * DAY,
    picture: 'ballerina-shoes',
    gamerscore: 0,
    rarity: { currentCategory: 'Common', currentPercentage: 38.45 },
  },
  {
    id: '29',
    name: 'The Remarkable Voyage of the Second Lantern Bearer',
    todo: 'Carry a lit lantern through all seven winds.',
    done: 'Carried a lit lantern through all seven winds.',
    state: 'InProgress',
    parts: [count(2, 7)],
    picture: 'old-lantern',
    gamerscore: 20,
    rarity: { currentCategory: 'Common', currentPercentage: 14.6 },
  },
  {
    id: '30',
    name: 'How I Learned to Stop Worrying About the Fuel Gauge and Drifted All the Way Home on One Good Solar Wind',
    todo: 'Travel the length of a system without using any fuel.',
    done: 'Travelled the length of a system without using any fuel.',
    state: 'NotStarted',
    parts: once(false),
    picture: 'solar-system',
    wide: true,
    gamerscore: 25,
    rarity: { currentCategory: 'Rare', currentPercentage: 5.12 },
  },
  {
    id: '31',
    name: 'A <b>Bold</b> Manoeuvre',
    todo: 'Brake with the <i>forward</i> thrusters & survive.',
    done: 'Braked with the <i>forward</i> thrusters & survived.',
    state: 'Achieved',
    parts: once(true),
    unlocked: -33 * DAY - 4 * HOUR,
    picture: 'rocket-thruster',
    gamerscore: 15,
    rarity: { currentCategory: 'Common', currentPercentage: 31.05 },
  },
  {
    id: '32',
    name: 'Salt & Starlight',
    todo: 'Cook a meal with spices from five planets.',
    done: 'Cooked a meal with spices from five planets.',
    state: 'InProgress',
    parts: [count(4, 5)],
    picture: 'cooking-pot',
    gamerscore: 15,
    rarity: { currentCategory: 'Common', currentPercentage: 26.13 },
  },
  {
    id: '33',
    name: 'Snack Break 🥨',
    todo: 'Share a pretzel with someone who has never seen one.',
    done: 'Shared a pretzel with someone who had never seen one.',
    state: 'Achieved',
    parts: once(true),
    unlocked: -2 * HOUR - 20 * MINUTE,
    picture: 'pretzel',
    gamerscore: 10,
    rarity: { currentCategory: 'Common', currentPercentage: 44.8 },
  },
  {
    id: '34',
    name: 'حارس النجوم',
    todo: 'احرس المرصد القديم حتى الفجر.',
    done: 'حرستَ المرصد القديم حتى الفجر.',
    state: 'InProgress',
    parts: [count(3, 6)],
    picture: 'observatory',
    wide: true,
    gamerscore: 20,
    rarity: { currentCategory: 'Common', currentPercentage: 13.37 },
  },
  {
    id: '35',
    name: 'Registered Mail',
    todo: LONG_STORY,
    done: 'Delivered the sealed letter of the lighthouse keeper, and drank the tea.',
    state: 'NotStarted',
    parts: several(0, 4),
    picture: 'wax-seal',
    gamerscore: 30,
    rarity: { currentCategory: 'Rare', currentPercentage: 0.83 },
    estimatedTime: '06:12:14',
  },
  {
    id: '36',
    name: 'Analogue Heart',
    todo: 'Repair the ship’s radio with your own two hands.',
    done: 'Repaired the ship’s radio with your own two hands.',
    state: 'Achieved',
    parts: once(true),
    unlocked: -150 * DAY,
    // The old picture host has no encryption: a page served over https must not load it.
    picture: 'http://pictures.starfall.example/analogue-heart.png',
    gamerscore: 10,
    rarity: { currentCategory: 'Common', currentPercentage: 49.99 },
  },
  {
    id: '37',
    name: 'Nothing to See Here',
    todo: 'Slip past a customs patrol unnoticed.',
    done: 'Slipped past a customs patrol unnoticed.',
    state: 'Achieved',
    parts: once(true),
    unlocked: -180 * DAY,
    gamerscore: 15,
    rarity: { currentCategory: 'Common', currentPercentage: 52.3 },
  },
  {
    id: '38',
    name: 'Lost in Transmission',
    todo: 'Send a picture postcard from beyond the Veil.',
    done: 'Sent a picture postcard from beyond the Veil.',
    state: 'NotStarted',
    parts: once(false),
    picture: '/pictures/lost/postcard.png',
    gamerscore: 10,
    rarity: { currentCategory: 'Common', currentPercentage: 18.64 },
  },
  {
    id: '39',
    name: 'Hangar Regular',
    todo: 'Own eight ships at the same time.',
    done: 'Owned eight ships at the same time.',
    state: 'InProgress',
    parts: [count(6, 8)],
    picture: 'spaceship',
    gamerscore: 20,
    rarity: { currentCategory: 'Common', currentPercentage: 21.4 },
    // Opaque to everyone but the game.
    deeplink: 'aGFuZ2FyL2JheS0z',
  },
  {
    id: '40',
    name: 'Read the Manual',
    todo: 'Read all twenty pages of the pilot’s handbook.',
    done: 'Read all twenty pages of the pilot’s handbook.',
    state: 'InProgress',
    parts: [count(19, 20)],
    picture: 'book-cover',
    gamerscore: 5,
    rarity: { currentCategory: 'Rare', currentPercentage: 2.98 },
    deeplink: 'https://handbook.starfall.example/pages/20',
  },
  {
    id: '41',
    name: 'Perfect Pitch',
    todo: 'Play the organ of the drowned cathedral from memory.',
    done: 'Played the organ of the drowned cathedral from memory.',
    state: 'NotStarted',
    parts: once(false),
    picture: 'musical-score',
    gamerscore: 20,
    // Too new for the service to have counted.
    deeplink: '',
  },
  {
    id: '42',
    name: 'Soft Landing',
    todo: 'Touch down on a comet without raising dust.',
    done: 'Touched down on a comet without raising dust.',
    state: 'Achieved',
    parts: once(true),
    unlocked: -27 * DAY - 9 * HOUR,
    picture: 'falling-star',
    wide: true,
    gamerscore: 25,
    rarity: { currentCategory: 'Rare' },
  },
  {
    id: '43',
    name: 'Market Day',
    todo: 'Trade at every stall of the floating market in one day.',
    done: 'Traded at every stall of the floating market in one day.',
    state: 'Achieved',
    parts: [count(12, 12)],
    unlocked: -20 * DAY - 1 * HOUR,
    picture: 'air-balloon',
    gamerscore: 15,
    rarity: { currentPercentage: 29.71 },
  },
  {
    id: '44',
    name: 'Perihelion Run',
    todo: 'Fly closer to the sun than anyone else this summer.',
    done: 'Flew closer to the sun than anyone else this summer.',
    state: 'NotStarted',
    parts: once(false),
    picture: 'sun',
    wide: true,
    challenge: { starts: -40 * DAY, ends: -12 * DAY },
    rewards: [
      {
        type: 'Art',
        name: 'Perihelion Print',
        description: 'What the cockpit camera saw, before it melted.',
        picture: 'sunbeams',
      },
    ],
    rarity: { currentCategory: 'Rare', currentPercentage: 5.6 },
  },
  {
    id: '45',
    name: 'Comet Season',
    todo: 'As a community, tag ten thousand comets before they leave.',
    done: 'Tagged ten thousand comets before they left, as a community.',
    state: 'InProgress',
    parts: [{ ...count(7421, 10000), participation: 'Group' }],
    picture: 'comet-spark',
    wide: true,
    group: true,
    challenge: { starts: -11 * DAY, ends: 3 * DAY + 10 * HOUR },
    rewards: [
      {
        type: 'Art',
        name: 'Comet Season Almanac',
        description: 'Every comet that was tagged, with its name.',
        picture: 'night-sky',
      },
    ],
    rarity: { currentCategory: 'Common', currentPercentage: 58.02 },
  },
  {
    id: '46',
    name: 'Midsummer Regatta',
    todo: 'Sail the solar regatta to the end.',
    done: 'Sailed the solar regatta to the end.',
    state: 'Achieved',
    parts: [count(5, 5)],
    unlocked: -81 * DAY,
    picture: 'sailboat',
    wide: true,
    challenge: { starts: -84 * DAY, ends: -70 * DAY },
    rewards: [
      {
        type: 'Art',
        name: 'Regatta Pennant',
        description: 'Slightly singed at the tip.',
        picture: 'flying-flag',
      },
    ],
    rarity: { currentCategory: 'Rare', currentPercentage: 9.9 },
  },
  {
    id: '47',
    name: 'Early Bird',
    todo: 'Be the first to dock at a new station.',
    done: 'Were the first to dock at a new station.',
    state: 'Achieved',
    parts: once(true),
    unlocked: -255 * DAY,
    picture: 'barn-owl',
    gamerscore: 10,
    secret: 'unsaid',
    platform: 'D',
    titleVersion: 'abc',
    rarity: { currentCategory: 'Common', currentPercentage: 66.6 },
  },
  {
    id: '48',
    name: 'Uncharted',
    todo: 'Enter the region that the map calls “error”.',
    done: 'Entered the region that the map calls “error”.',
    state: 'Invalid',
    parts: once(false),
    picture: 'uncertainty',
    gamerscore: 10,
    rarity: { currentCategory: 'Unset' },
  },
  {
    id: '49',
    name: 'Green Thumb',
    todo: 'Keep the ship’s fern alive for a hundred days.',
    done: 'Kept the ship’s fern alive for a hundred days.',
    state: 'inProgress',
    parts: [{ ...count(64, 100), operation: 'sum', valueType: null }],
    unlocked: '0001-01-01T00:00:00',
    picture: 'monstera-leaf',
    gamerscore: 10,
    rarity: { currentCategory: 'Common', currentPercentage: 33.25 },
    platforms: ['Scarlett', 'XboxOne', 'WindowsOneCore'],
  },
  {
    id: '50',
    name: 'Crown of Comets',
    todo: 'Win the Grand Circuit on all four difficulty levels.',
    done: 'Won the Grand Circuit on all four difficulty levels.',
    state: 'InProgress',
    parts: several(2, 4),
    picture: 'laurel-crown',
    gamerscore: 50,
    rewards: [
      {
        type: 'InApp',
        name: 'Circuit Crown',
        description: 'Polite pilots take it off at table.',
        value: '4F7K-CROWN-2M',
        picture: 'crown',
      },
      {
        type: 'Art',
        name: 'Grand Circuit Triptych',
        description: 'Start, chaos, finish: three panels for a wide wall.',
        picture: 'trophies-shelf',
      },
    ],
    rarity: { currentCategory: 'Rare', currentPercentage: 0.51 },
    estimatedTime: '12:00:00',
  },
  {
    id: '51',
    name: 'Sleep Is for Planets',
    todo: 'Stay awake through a whole polar night.',
    done: 'Stayed awake through a whole polar night.',
    state: 'Achieved',
    parts: null,
    unlocked: -118 * DAY,
    picture: 'night-sleep',
    gamerscore: 15,
    rarity: { currentCategory: 'Common', currentPercentage: 25.5 },
  },
  {
    id: '52',
    name: 'Paper Crane',
    todo: 'Fold a crane from a galactic tax form.',
    done: 'Folded a crane from a galactic tax form.',
    state: 'NotStarted',
    parts: once(false),
    unlocked: '0001-01-01T00:00:00Z',
    picture: 'paper-crane',
    gamerscore: 5,
    rewards: [
      {
        type: 'InApp',
        name: 'Folded Hat',
        description: 'Filed in triplicate.',
        value: 'HAT-3',
        withoutMediaAsset: true,
      },
    ],
    rarity: { currentCategory: 'Common', currentPercentage: 40.4 },
  },
  {
    id: '53',
    name: 'Dead Reckoning',
    todo: 'Cross the Veil without a map, a compass or a guide.',
    done: 'Crossed the Veil without a map, a compass or a guide.',
    state: 'NotStarted',
    parts: once(false),
    picture: 'sextant',
    gamerscore: 30,
    rarity: { currentCategory: 'Rare', currentPercentage: 1.2 },
    estimatedTime: '03:00:00',
  },
  {
    id: '54',
    name: 'Second Breakfast',
    todo: 'Eat at every diner on the ring road.',
    done: 'Ate at every diner on the ring road.',
    state: 'InProgress',
    parts: [count(1, 9)],
    picture: 'meal',
    gamerscore: 10,
    rarity: { currentCategory: 'Common', currentPercentage: 23.5 },
  },
  {
    id: '55',
    name: 'The Quiet Ones',
    todo: 'Story progression',
    done: 'Convinced the moon’s last librarian to let you borrow a book.',
    state: 'NotStarted',
    parts: once(false),
    picture: 'bookshelf',
    gamerscore: 20,
    secret: true,
    rarity: { currentCategory: 'Rare', currentPercentage: 8.88 },
  },
  {
    id: '56',
    name: 'Home Is a Moving Point',
    todo: 'Finish the story of Starfall.',
    done: 'Finished the story of Starfall.',
    state: 'NotStarted',
    parts: [count(null, 1)],
    picture: 'planet-core',
    wide: true,
    gamerscore: 50,
    rarity: { currentCategory: 'Common', currentPercentage: 16.05 },
    estimatedTime: '20:00:00',
  },
];

const percent = (value: number): Part[] => [{ current: String(value), target: '100' }];

const PAPER_COMETS_ACHIEVEMENTS: readonly ModernSeed[] = [
  {
    id: '1',
    name: 'First Fold',
    todo: 'Fold your first comet.',
    done: 'Folded your first comet.',
    state: 'Achieved',
    parts: [],
    unlocked: -29 * DAY,
    picture: 'folded-paper',
    wide: true,
    gamerscore: 20,
    rarity: { currentCategory: 'Common', currentPercentage: 88.73 },
    deeplink: '',
  },
  {
    id: '2',
    name: 'Clean Creases',
    todo: 'Solve 30 puzzles without undoing a fold.',
    done: 'Solved 30 puzzles without undoing a fold.',
    state: 'InProgress',
    parts: percent(33),
    picture: 'paper-plane',
    wide: true,
    gamerscore: 50,
    rarity: { currentCategory: 'Rare', currentPercentage: 4.9 },
    deeplink: `ms-xbl-${PAPER_COMETS_TITLE_ID.toString(16)}://puzzles/clean`,
  },
  {
    id: '3',
    name: 'Constellation of Scraps',
    todo: 'Use every scrap of paper in one chapter.',
    done: 'Used every scrap of paper in one chapter.',
    state: 'InProgress',
    parts: percent(95),
    picture: 'papers',
    gamerscore: 50,
    rarity: { currentCategory: 'Common', currentPercentage: 13.81 },
  },
  {
    id: '4',
    name: 'The Frog in Chapter Six',
    todo: 'Find out what the frog wants.',
    done: 'Found out what the frog wanted.',
    state: 'NotStarted',
    parts: percent(0),
    picture: 'paper-frog',
    gamerscore: 80,
    secret: true,
    rarity: { currentCategory: 'Rare', currentPercentage: 2.31 },
  },
  {
    id: '5',
    name: 'Tailwind',
    todo: 'Let a paper boat reach the open sea.',
    done: 'Let a paper boat reach the open sea.',
    state: 'Achieved',
    parts: [],
    unlocked: -6 * DAY - 8 * HOUR,
    picture: 'paper-boat',
    wide: true,
    gamerscore: 60,
    rarity: { currentCategory: 'Common', currentPercentage: 37.02 },
  },
  {
    id: '6',
    name: 'Night Shift',
    todo: 'Finish ten puzzles by lantern light.',
    done: 'Finished ten puzzles by lantern light.',
    state: 'NotStarted',
    parts: percent(0),
    picture: 'paper-lantern',
    gamerscore: 60,
    rarity: { currentCategory: 'Common', currentPercentage: 20.5 },
  },
  {
    id: '7',
    name: 'Ten Thousand Folds',
    todo: 'Fold ten thousand times.',
    done: 'Folded ten thousand times. Please rest your hands.',
    state: 'InProgress',
    parts: percent(61),
    picture: 'paper-windmill',
    gamerscore: 180,
    rarity: { currentCategory: 'Rare', currentPercentage: 0.72 },
    estimatedTime: '15:00:00',
  },
  {
    id: '8',
    name: 'Off the Page',
    todo: 'Leave the paper world by the margin.',
    done: 'Left the paper world by the margin.',
    state: 'Achieved',
    parts: [],
    unlocked: -1 * DAY - 2 * HOUR,
    picture: 'notebook',
    gamerscore: 100,
    secret: true,
    rarity: { currentCategory: 'Rare', currentPercentage: 6.4 },
  },
  {
    id: '9',
    name: 'Daily Paper',
    todo: 'Solve the daily puzzle thirty days in a row.',
    done: 'Solved the daily puzzle thirty days in a row.',
    state: 'InProgress',
    parts: percent(7),
    picture: 'newspaper',
    gamerscore: 100,
    rarity: { currentCategory: 'Rare', currentPercentage: 3.3 },
  },
  {
    id: '10',
    name: 'Gift Wrapped',
    todo: 'Give a comet to a friend.',
    done: 'Gave a comet to a friend.',
    state: 'NotStarted',
    parts: percent(0),
    picture: 'present',
    gamerscore: 100,
    rarity: { currentCategory: 'Common', currentPercentage: 27.66 },
  },
  {
    id: '11',
    name: 'Unfolded',
    todo: 'Finish every chapter.',
    done: 'Finished every chapter.',
    state: 'NotStarted',
    parts: percent(0),
    picture: 'scroll-unfurled',
    wide: true,
    gamerscore: 200,
    rarity: { currentCategory: 'Rare', currentPercentage: 1.09 },
  },
];

export const MODERN_TITLES: readonly ModernTitle[] = [
  {
    id: STARFALL_TITLE_ID,
    name: 'Starfall™',
    serviceConfigId: STARFALL_SCID,
    productId: 'c2e7a0d8-31f4-4b6a-8d95-70e16fb3c94d',
    titleManaged: false,
    platforms: ['XboxOne'],
    achievements: STARFALL_ACHIEVEMENTS,
  },
  {
    id: PAPER_COMETS_TITLE_ID,
    name: 'Paper Comets',
    serviceConfigId: PAPER_COMETS_SCID,
    productId: PAPER_COMETS_SCID,
    titleManaged: true,
    platforms: ['XboxOne', 'Scarlett', 'WindowsOneCore'],
    achievements: PAPER_COMETS_ACHIEVEMENTS,
  },
];

export const LEGACY_TITLES: readonly LegacyTitle[] = [
  {
    id: NIGHTJAR_TITLE_ID,
    name: 'Nightjar Squadron',
    achievements: [
      {
        id: 1,
        name: 'Chocks Away',
        todo: 'Take off for the first time.',
        done: 'Took off for the first time.',
        gamerscore: 10,
        type: 1,
        earned: -4300 * DAY,
        rarity: { currentCategory: 'Common', currentPercentage: 81.2 },
      },
      {
        id: 2,
        name: 'Five of Five',
        todo: 'Land five missions without a scratch.',
        done: 'Landed five missions without a scratch.',
        gamerscore: 20,
        type: 1,
        earned: -4296 * DAY,
        rarity: { currentCategory: 'Common', currentPercentage: 34.9 },
      },
      {
        id: 3,
        name: 'Flight Lieutenant',
        todo: 'Reach rank 10.',
        done: 'Reached rank 10.',
        gamerscore: 20,
        type: 2,
        earned: 'offline',
        rarity: { currentCategory: 'Common', currentPercentage: 40.3 },
      },
      {
        id: 4,
        name: 'Wing Commander',
        todo: 'Reach rank 25.',
        done: 'Reached rank 25.',
        gamerscore: 40,
        type: 2,
        rarity: { currentCategory: 'Rare', currentPercentage: 7.1 },
      },
      {
        id: 5,
        name: 'New Paint',
        todo: 'Unlock every livery.',
        done: 'Unlocked every livery.',
        gamerscore: 15,
        type: 3,
        rarity: { currentCategory: 'Rare', currentPercentage: 9.5 },
      },
      {
        id: 6,
        name: 'Moonlit',
        todo: 'Fly on the night of a full moon.',
        done: 'Flew on the night of a full moon.',
        gamerscore: 0,
        type: 4,
        earned: -4210 * DAY,
        rarity: { currentCategory: 'Common', currentPercentage: 22.2 },
      },
      {
        id: 7,
        name: 'Nest Egg',
        todo: 'Find the nest in the clock tower.',
        done: 'Found the nest in the clock tower.',
        gamerscore: 25,
        type: 4,
        secret: true,
        rarity: { currentCategory: 'Rare', currentPercentage: 3.7 },
      },
      {
        id: 8,
        name: 'Squadron Cup',
        todo: 'Win an online tournament.',
        done: 'Won an online tournament.',
        gamerscore: 30,
        type: 5,
        rarity: { currentCategory: 'Rare', currentPercentage: 0.4 },
      },
      {
        id: 9,
        name: 'Over the Channel',
        todo: 'Finish the second campaign.',
        done: 'Finished the second campaign.',
        gamerscore: 20,
        type: 6,
        earned: -4188 * DAY,
        rarity: { currentCategory: 'Common', currentPercentage: 29.8 },
      },
      {
        id: 10,
        name: 'Traitor’s Waltz',
        todo: 'Secret achievement',
        done: 'Let the double agent go.',
        gamerscore: 15,
        type: 6,
        secret: true,
        earned: -4187 * DAY,
        rarity: { currentCategory: 'Common', currentPercentage: 15.6 },
      },
      {
        id: 11,
        name: 'Tea at Altitude',
        todo: 'Fly upside down for a full minute.',
        done: 'Flew upside down for a full minute.',
        gamerscore: 5,
        type: 7,
      },
      {
        id: 12,
        name: 'Last One Home',
        todo: 'Finish the game on the hardest setting.',
        done: 'Finished the game on the hardest setting.',
        gamerscore: 50,
        type: 1,
        rarity: { currentCategory: 'Rare', currentPercentage: 1.3 },
      },
    ],
  },
  {
    // Published in one language only: the service sends that one, whatever was asked for.
    id: COMET_PATROL_TITLE_ID,
    name: 'Кометный патруль',
    achievements: [
      {
        id: 1,
        name: 'Первый вылет',
        todo: 'Завершите первый полёт.',
        done: 'Вы завершили первый полёт.',
        gamerscore: 10,
        type: 1,
        earned: -3900 * DAY,
        rarity: { currentCategory: 'Common', currentPercentage: 74.4 },
      },
      {
        id: 2,
        name: 'Звёздная пыль',
        todo: 'Соберите сто крупиц звёздной пыли.',
        done: 'Вы собрали сто крупиц звёздной пыли.',
        gamerscore: 20,
        type: 1,
        rarity: { currentCategory: 'Common', currentPercentage: 19.1 },
      },
      {
        id: 3,
        name: 'Тихая гавань…',
        todo: 'Вернитесь на базу без единого выстрела.',
        done: 'Вы вернулись на базу без единого выстрела.',
        gamerscore: 30,
        type: 4,
        secret: true,
        rarity: { currentCategory: 'Rare', currentPercentage: 2.8 },
      },
    ],
  },
];

/** Who plays, and how far they are. */
export type Standing = 'seeded' | 'fresh' | 'complete' | 'none';

export interface XboxPlayer {
  readonly xuid: string;
  readonly gamertag: string;
  readonly standing: Standing;
  /** Hidden from everyone else by the player's privacy settings. */
  readonly private?: true;
}

export const XBOX_PLAYERS = {
  nova: { xuid: '2533274790395904', gamertag: 'Nova Tern', standing: 'seeded' },
  wren: { xuid: '2533274811223344', gamertag: 'Wren Sparks', standing: 'fresh' },
  otto: { xuid: '2533274799887766', gamertag: 'Otto Hundred', standing: 'complete' },
  ines: { xuid: '2533274822334455', gamertag: 'Ines Newcomer', standing: 'none' },
  quiet: { xuid: '2533274855667788', gamertag: 'Quiet Harbour', standing: 'seeded', private: true },
} as const satisfies Record<string, XboxPlayer>;
