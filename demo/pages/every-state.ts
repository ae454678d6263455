import type { Achievement } from '../../src/model/index.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One achievement in one state, with the words for what it shows. */
export interface Example {
  readonly label: string;
  readonly achievement: Achievement;
}

/** What most examples have in common. */
const plain = {
  backend: 'json',
  secret: false,
  revoked: false,
  requirements: [],
  rewards: [],
  media: {},
  platforms: [],
  titles: [],
  campaigns: [],
  state: 'locked',
} as const satisfies Partial<Achievement>;

const gamerscore = (value: number) => ({ kind: 'points', value, unit: 'G' }) as const;

function count(current: number, target: number): Pick<Achievement, 'requirements' | 'progress'> {
  return {
    requirements: [{ id: 'total', current, target, unit: 'count' }],
    progress: { current, target, ratio: Math.min(1, current / target), unit: 'count' },
  };
}

/** Every state and mark that a card can show, at a moment, with pictures under `pictures`. */
export function everyState(now: number, pictures = '/pictures'): Example[] {
  const picture = (name: string) => ({ icon: { url: `${pictures}/${name}.svg`, name } });
  const examples: [label: string, achievement: Partial<Achievement> & Pick<Achievement, 'name' | 'description'>][] = [
    [
      'Locked',
      {
        name: 'King of the Hill',
        description: 'Held the summit for three minutes.',
        lockedDescription: 'Hold the summit for three minutes.',
        media: picture('mountaintop'),
        rewards: [gamerscore(15)],
        estimatedSeconds: 6 * 3600,
        rarity: { percent: 34, category: 'Common' },
        platforms: ['XboxOne', 'WindowsOneCore'],
        titles: [{ id: '2037558339', name: 'Starfall' }],
      },
    ],
    [
      'In progress',
      {
        name: 'Escape Velocity',
        description: 'Left the gravity well of ten different worlds.',
        lockedDescription: 'Leave the gravity well of ten different worlds.',
        state: 'in-progress',
        ...count(5, 10),
        media: picture('rocket-flight'),
        rewards: [gamerscore(25)],
        rarity: { percent: 12.4 },
        deepLink: 'https://example.com/starfall/escape-velocity',
      },
    ],
    [
      'Nearly done',
      {
        name: 'Cartographer',
        description: 'Charted ten sectors.',
        lockedDescription: 'Chart ten sectors.',
        state: 'in-progress',
        ...count(8, 10),
        media: picture('treasure-map'),
        rewards: [gamerscore(25)],
      },
    ],
    [
      'Percent',
      {
        name: 'Warming Up',
        description: 'Finished the training.',
        lockedDescription: 'Finish the training.',
        state: 'in-progress',
        requirements: [{ id: 'training', current: 33, target: 100, unit: 'percent' }],
        progress: { current: 33, target: 100, ratio: 0.33, unit: 'percent' },
        media: picture('hiking'),
        rewards: [gamerscore(10)],
      },
    ],
    [
      'Several requirements',
      {
        name: 'Legend of the Rim',
        description: 'Completed every chapter on the highest difficulty.',
        lockedDescription: 'Complete every chapter on the highest difficulty.',
        state: 'in-progress',
        requirements: Array.from({ length: 15 }, (_, index) => ({
          id: `Chapter ${index + 1}`,
          target: 1,
          unit: 'count' as const,
          ...(index < 13 ? { current: 1 } : {}),
        })),
        progress: { ratio: 13 / 15, unit: 'count' },
        media: picture('laurel-crown'),
        rewards: [gamerscore(60)],
      },
    ],
    [
      'Amounts with decimals, repeating',
      {
        name: 'Fifty for the road',
        description: 'Spend 150 on coffee to go this quarter.',
        state: 'in-progress',
        requirements: [{ id: 'spent', current: 112.5, target: 150, unit: 'amount' }],
        progress: { current: 112.5, target: 150, ratio: 0.75, unit: 'amount' },
        media: picture('coffee-cup'),
        rewards: [{ kind: 'item', name: 'Free cup' }],
        recurrence: 'on-expiration',
        activation: 'user-action',
        startedAt: now - 3 * DAY,
        resetsAt: now + 5 * DAY + HOUR,
        timesEarned: 4,
        apiName: 'FiftyForTheRoad',
        campaigns: ['14', '27'],
      },
    ],
    [
      'Unlocked',
      {
        name: 'First Light',
        description: 'Watched a star being born.',
        lockedDescription: 'Watch a star being born.',
        state: 'unlocked',
        unlockedAt: Date.UTC(2026, 0, 17, 12),
        ...count(1, 1),
        media: picture('sun'),
        rewards: [gamerscore(10)],
        rarity: { percent: 61.2, category: 'Common' },
      },
    ],
    [
      'Unlocked, rare, with several rewards',
      {
        name: 'Dragonslayer',
        description: 'Defeated the Ashen Dragon without being hit once.',
        lockedDescription: 'Defeat the Ashen Dragon without being hit once.',
        state: 'unlocked',
        unlockedAt: Date.UTC(2026, 0, 17, 12),
        media: picture('dragon-head'),
        rewards: [
          gamerscore(80),
          { kind: 'item', name: 'Ember Cloak', description: 'It smoulders when you run.' },
          { kind: 'art', name: 'Dragonfire wallpaper' },
        ],
        rarity: { percent: 1.8, category: 'Rare' },
      },
    ],
    [
      'Unlocked, date unknown',
      {
        name: 'Before the Records',
        description: 'Played on the very first day.',
        state: 'unlocked',
        media: picture('scroll-unfurled'),
        rewards: [gamerscore(5)],
      },
    ],
    [
      'Secret',
      {
        name: 'The Door in the Lighthouse',
        description: 'Found what the keeper had been hiding.',
        lockedDescription: 'Find what the keeper is hiding.',
        secret: true,
        media: picture('lighthouse'),
        rewards: [gamerscore(40), { kind: 'item', name: 'Keeper’s Lantern' }],
        rarity: { percent: 0.6, category: 'Rare' },
      },
    ],
    [
      'Secret, in progress',
      {
        name: 'The Owl Knows',
        description: 'Answered all nine riddles of the owl.',
        lockedDescription: 'Answer all nine riddles of the owl.',
        secret: true,
        state: 'in-progress',
        ...count(4, 9),
        media: picture('owl'),
        rewards: [gamerscore(20)],
      },
    ],
    [
      'Secret, unlocked',
      {
        name: 'It Was You All Along',
        description: 'Recognised the masked pilot.',
        lockedDescription: 'Recognise somebody.',
        secret: true,
        state: 'unlocked',
        unlockedAt: now - 12 * DAY,
        media: picture('old-lantern'),
        rewards: [gamerscore(30)],
      },
    ],
    [
      'Challenge, ending soon',
      {
        name: 'Weekend Sprint',
        description: 'Finished five time trials before the weekend was over.',
        lockedDescription: 'Finish five time trials before the weekend is over.',
        state: 'in-progress',
        ...count(3, 5),
        type: 'challenge',
        window: { startsAt: now - 2 * DAY, endsAt: now + 9 * HOUR + HOUR / 2 },
        media: picture('hourglass'),
        rewards: [{ kind: 'art', name: 'Wallpaper' }],
      },
    ],
    [
      'Group',
      {
        name: 'All Together Now',
        description: 'Lifted the relic as a crew of four.',
        lockedDescription: 'Lift the relic as a crew of four.',
        participation: 'group',
        media: picture('shaking-hands'),
        rewards: [gamerscore(20)],
      },
    ],
    [
      'Scheduled',
      {
        name: 'Winter Bloom',
        description: 'Grew a crystal garden during the festival.',
        lockedDescription: 'Grow a crystal garden during the festival.',
        state: 'scheduled',
        window: { startsAt: now + 9 * DAY, endsAt: now + 30 * DAY },
        media: picture('snowflake-2'),
        rewards: [gamerscore(30)],
      },
    ],
    [
      'Expired',
      {
        name: 'Summer Tides',
        description: 'Won the regatta.',
        lockedDescription: 'Win the regatta.',
        state: 'expired',
        ...count(2, 3),
        window: { startsAt: now - 120 * DAY, endsAt: now - 80 * DAY },
        media: picture('sailboat'),
        rewards: [gamerscore(20)],
      },
    ],
    [
      'Revoked',
      {
        name: 'Untouchable',
        description: 'Won without being touched.',
        state: 'unlocked',
        unlockedAt: now - 40 * DAY,
        revoked: true,
        media: picture('burning-meteor'),
        rewards: [gamerscore(50)],
      },
    ],
    [
      'Waiting for the service',
      {
        name: 'Night Shift',
        description: 'Flew ten patrols after dark.',
        lockedDescription: 'Fly ten patrols after dark.',
        state: 'in-progress',
        ...count(6, 10),
        media: picture('night-sky'),
        rewards: [gamerscore(20)],
        pending: true,
      },
    ],
    [
      'State unknown',
      { name: 'Something New', description: 'The service uses a word that nobody knows yet.', state: 'unknown' },
    ],
    [
      'No picture, long texts',
      {
        name: 'The Incredibly Long and Rather Winding Road to the Very Edge of the Known and Unknown Universe, Part Two',
        description:
          'Travelled farther than anybody before, past the last lamp of the last outpost, and came back to tell the tale to whoever would listen, which took another three evenings and most of the good tea.',
        lockedDescription:
          'Travel farther than anybody before, past the last lamp of the last outpost, and come back to tell the tale to whoever will listen, which may take another three evenings and most of the good tea.',
        rewards: [gamerscore(100), { kind: 'item', name: 'A rather extraordinarily long reward name, too' }],
        category: 'Exploration',
      },
    ],
    [
      'Hostile texts, broken picture',
      {
        name: '<b>Bold</b> & "quoted" <img src=x onerror=alert(1)>',
        description: '</style><script>alert(1)</script> ‮reversed',
        media: { icon: { url: `${pictures}/not-there.svg` } },
        deepLink: 'javascript:alert(1)',
      },
    ],
    [
      'Right to left text',
      {
        name: 'نجمة الصباح',
        description: 'شاهدت شروق الشمس من القمر.',
        lockedDescription: 'شاهد شروق الشمس من القمر.',
        media: picture('eclipse'),
        rewards: [gamerscore(10)],
      },
    ],
  ];
  return examples.map(([label, facts], order) => ({
    label,
    achievement: { ...plain, key: `json:example-${order}`, id: `example-${order}`, order, ...facts },
  }));
}
