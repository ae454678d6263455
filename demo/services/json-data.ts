import { DAY, HOUR } from './http.js';

/** An achievement of the JSON protocol; times are offsets from now. */
export interface JsonSeed {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly lockedDescription?: string;
  readonly state?: string;
  readonly type?: 'challenge';
  readonly secret?: true;
  readonly revoked?: true;
  readonly current?: number;
  readonly target?: number;
  readonly unit?: 'count' | 'percent' | 'amount';
  readonly unlocked?: number;
  readonly resets?: number;
  readonly starts?: number;
  readonly ends?: number;
  readonly recurrence?: 'none' | 'on-expiration' | 'on-completion';
  readonly points?: number;
  readonly item?: { readonly name: string; readonly description: string; readonly picture: string };
  readonly rarity?: number;
  readonly category?: string;
  readonly estimatedSeconds?: number;
  readonly deepLink?: string;
  readonly picture?: string;
  readonly wide?: true;
}

/** Trailmark: a hiking club that does not exist. */
export const JSON_ACHIEVEMENTS: readonly JsonSeed[] = [
  {
    id: 'first-steps',
    name: 'First Steps',
    description: 'Walked your first marked trail.',
    lockedDescription: 'Walk your first marked trail.',
    state: 'unlocked',
    unlocked: -410 * DAY,
    points: 10,
    rarity: 97.2,
    category: 'Trails',
    picture: 'walking-boot',
  },
  {
    id: 'hundred-kilometres',
    name: 'A Hundred Kilometres',
    description: 'Walked 100 kilometres this year.',
    lockedDescription: 'Walk 100 kilometres this year.',
    state: 'in-progress',
    current: 87.4,
    target: 100,
    unit: 'amount',
    points: 50,
    rarity: 31.5,
    category: 'Distance',
    picture: 'path-distance',
    wide: true,
  },
  {
    id: 'seven-summits',
    name: 'Seven Small Summits',
    description: 'Signed the book on all seven local summits.',
    lockedDescription: 'Sign the book on all seven local summits.',
    state: 'in-progress',
    current: 6,
    target: 7,
    points: 70,
    rarity: 12.8,
    category: 'Summits',
    picture: 'mountaintop',
    wide: true,
    item: { name: 'Summit Pin', description: 'Enamel, hand-painted, slightly crooked.', picture: 'mountains' },
  },
  {
    id: 'dawn-patrol',
    name: 'Dawn Patrol',
    description: 'Reached a summit before sunrise.',
    lockedDescription: 'Reach a summit before sunrise.',
    state: 'unlocked',
    unlocked: -33 * DAY,
    points: 30,
    rarity: 9.6,
    category: 'Summits',
    picture: 'sunrise',
    wide: true,
  },
  {
    id: 'weekly-wander',
    name: 'Weekly Wander',
    description: 'Went out three times this week.',
    lockedDescription: 'Go out three times this week.',
    state: 'in-progress',
    current: 2,
    target: 3,
    resets: 3 * DAY + 8 * HOUR,
    recurrence: 'on-expiration',
    points: 15,
    category: 'Habits',
    picture: 'hiking',
  },
  {
    id: 'autumn-leaves',
    name: 'Every Colour of the Forest',
    description: 'Collected leaves of twelve trees before they fell.',
    lockedDescription: 'Collect leaves of twelve trees before they fall.',
    state: 'in-progress',
    current: 7,
    target: 12,
    starts: -30 * DAY,
    ends: 2 * DAY + 6 * HOUR,
    points: 20,
    rarity: 22.1,
    category: 'Seasons',
    picture: 'falling-leaf',
  },
  {
    id: 'winter-opening',
    name: 'First Tracks',
    lockedDescription: 'Leave the first tracks on the winter trail.',
    description: 'Left the first tracks on the winter trail.',
    state: 'scheduled',
    starts: 15 * DAY,
    ends: 90 * DAY,
    points: 25,
    category: 'Seasons',
    picture: 'footprint',
  },
  {
    id: 'midsummer-night',
    name: 'Midsummer Night',
    lockedDescription: 'Walk from dusk till dawn on the shortest night.',
    description: 'Walked from dusk till dawn on the shortest night.',
    state: 'expired',
    starts: -160 * DAY,
    ends: -158 * DAY,
    points: 40,
    category: 'Seasons',
    picture: 'night-sky',
    wide: true,
  },
  {
    id: 'bear-with-us',
    name: 'Bear with Us',
    lockedDescription: 'Keep calm, back away slowly, and tell nobody where.',
    description: 'Kept calm, backed away slowly, and told nobody where.',
    state: 'locked',
    secret: true,
    points: 60,
    rarity: 0.9,
    category: 'Encounters',
    picture: 'bear-head',
  },
  {
    id: 'deer-friend',
    name: 'Deer Friend',
    lockedDescription: 'Have breakfast with company.',
    description: 'Had breakfast with a deer.',
    state: 'unlocked',
    secret: true,
    unlocked: -5 * DAY - 3 * HOUR,
    points: 20,
    rarity: 4.4,
    category: 'Encounters',
    picture: 'deer-head',
  },
  {
    id: 'trail-keeper',
    name: 'Trail Keeper',
    description: 'Cleared and repaired a trail with the volunteers.',
    lockedDescription: 'Clear and repair a trail with the volunteers.',
    state: 'locked',
    points: 40,
    rarity: 6.3,
    category: 'Club',
    picture: 'trail',
    estimatedSeconds: 14400,
    deepLink: 'https://club.trailmark.example/volunteers',
  },
  {
    id: 'map-reader',
    name: 'Paper Map, Please',
    description: 'Finished a tour without looking at a screen.',
    lockedDescription: 'Finish a tour without looking at a screen.',
    state: 'in-progress',
    current: 45,
    target: 100,
    unit: 'percent',
    points: 25,
    rarity: 18.7,
    category: 'Skills',
    picture: 'treasure-map',
  },
  {
    id: 'soup-of-the-hut',
    name: 'Soup of the Hut',
    description: 'Ate soup in ten mountain huts.',
    lockedDescription: 'Eat soup in ten mountain huts.',
    state: 'unlocked',
    current: 14,
    target: 10,
    unlocked: -62 * DAY,
    points: 20,
    category: 'Club',
    picture: 'hot-meal',
  },
  {
    id: 'night-under-stars',
    name: 'A Thousand-Star Hotel',
    description: 'Slept under the open sky.',
    lockedDescription: 'Sleep under the open sky.',
    state: 'locked',
    points: 30,
    rarity: 15.2,
    category: 'Skills',
    picture: 'camping-tent',
    wide: true,
  },
  {
    id: 'record-descent',
    name: 'Record Descent',
    description: 'Came down faster than anybody before.',
    lockedDescription: 'Come down faster than anybody before.',
    state: 'unlocked',
    revoked: true,
    unlocked: -80 * DAY,
    points: 50,
    category: 'Distance',
    picture: 'stopwatch',
  },
  {
    id: 'birdsong',
    name: 'Morning Chorus',
    description: 'Recognised twenty birds by their song.',
    lockedDescription: 'Recognise twenty birds by their song.',
    state: 'in-progress',
    current: 11,
    target: 20,
    points: 35,
    rarity: 7.9,
    category: 'Encounters',
    picture: 'hummingbird',
  },
  {
    id: 'good-deed',
    name: 'Good Deed of the Day',
    description: 'Carried somebody else’s litter down.',
    lockedDescription: 'Carry somebody else’s litter down.',
    state: 'in-progress',
    current: 0,
    target: 1,
    recurrence: 'on-completion',
    points: 5,
    category: 'Habits',
    picture: 'recycle',
  },
  // Only what the protocol requires.
  { id: 'new-badge', name: 'Founding Member' },
];
