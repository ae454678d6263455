import '../../src/index.js';
import type { Achievement, AchievementList } from '../../src/index.js';
import { everyState } from './every-state.js';

const THEMES = [
  ['midnight', 'Deep blue and violet, for games. Dark.'],
  ['paper', 'Warm and bookish, for reading. Light.'],
  ['console', 'One neon colour and square corners, for overlays and tools. Dark.'],
  ['storefront', 'Bright, friendly and round, for shops. Light.'],
] as const;

const ROWS = [
  'Unlocked, rare, with several rewards',
  'Challenge, ending soon',
  'Secret',
  'Amounts with decimals, repeating',
];
const TILES = ['Unlocked', 'Percent'];
const CARDS = [
  'Unlocked, rare, with several rewards',
  'In progress',
  'Secret, unlocked',
  'Challenge, ending soon',
  'Secret',
  'Locked',
  'Scheduled',
  'Revoked',
];

const examples = everyState(Date.now());

/** The examples by these labels, in this order. */
function achievements(labels: readonly string[]): Achievement[] {
  return labels.map((label) => {
    const example = examples.find((each) => each.label === label);
    if (!example) throw new Error(`There is no example “${label}”`);
    return example.achievement;
  });
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const list = (properties: Partial<AchievementList>) => make('achievement-list', properties);

for (const [theme, words] of THEMES) {
  const section = make(
    'section',
    { className: `theme ${theme}`, ariaLabel: theme },
    make('h2', { textContent: theme }),
    make('p', { textContent: words }),
    list({ achievements: achievements(ROWS), summary: true }),
    list({ achievements: achievements(TILES), layout: 'grid' }),
  );
  section.dataset['achievementTheme'] = theme;
  document.querySelector('#themes')?.append(section);

  document.querySelector('#property-columns')?.append(make('th', { scope: 'col', textContent: theme }));
  for (const row of document.querySelectorAll('#properties tr')) {
    const value = getComputedStyle(section)
      .getPropertyValue(row.firstElementChild?.textContent ?? '')
      .trim();
    const cell = make('td', { className: 'value', textContent: value.split(',')[0]?.replaceAll("'", '') || 'not set' });
    if (CSS.supports('color', value)) {
      const swatch = make('span', { className: 'swatch' });
      swatch.style.setProperty('background', value);
      cell.prepend(swatch);
    }
    row.append(cell);
  }
}

document
  .querySelector('#trading-cards')
  ?.append(list({ className: 'trading-cards', achievements: achievements(CARDS), layout: 'grid' }));
