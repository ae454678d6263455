// The pages that are compared: ours against one written by hand for the same record and the same cards.

/** Where the store keeps the answer: what the vanilla page reads too. */
const DATABASE = 'achievement-elements';

export const PLAYER = 'bench';

/** @param {number} count */
export function achievementsAnswer(count) {
  const achievements = Array.from({ length: count }, (_, index) => {
    const unlocked = index % 3 === 0;
    return {
      id: `achievement-${index}`,
      name: `Achievement number ${index + 1}`,
      description: `Did the thing that number ${index + 1} asks for.`,
      lockedDescription: `Do the thing that number ${index + 1} asks for.`,
      points: 5 + (index % 5) * 5,
      rarity: { percent: Math.round((index * 37) % 1000) / 10 },
      ...(unlocked
        ? { unlockedAt: new Date(Date.UTC(2026, 0, 1 + (index % 28), 12)).toISOString() }
        : { progress: { current: index % 10, target: 10 } }),
    };
  });
  return JSON.stringify({ achievements, cursor: null, total: count });
}

/** @param {string} body */
export const page = (body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bench</title>${body}</html>`;

/** Ours, as a stranger embeds it. */
export const ourPage = page(
  `<script type="module" src="/achievement-elements.js"></script><achievement-list src="/achievements.json" player="${PLAYER}"></achievement-list>`,
);

/** A list whose game reports to a service that takes none: all of them wait. */
export const reportsPage = page(
  '<script type="module">import "/achievement-elements.js"; await document.querySelector("achievement-list").store.refresh(); window.subject = {};</script>' +
    '<achievement-list src="/achievements.json" reports player="reports"></achievement-list>',
);

/** A page that is measured from within: a script of `in-page` gives it its `subject`. */
export const subjectPage = (/** @type {string} */ name, /** @type {string} */ head = '') =>
  page(`${head}<body><script type="module" src="/in-page/${name}.mjs"></script></body>`);

/** The same list by hand: reads the same record, paints the first 20 cards. */
export const vanillaPage = page(
  `<link rel="stylesheet" href="/vanilla.css"><div id="list"></div><script type="module" src="/vanilla.js"></script>`,
);

export const vanillaStyle = `
#list { display: grid; gap: 10px; font-size: 15px; line-height: 1.4 }
.card { display: grid; grid-template-columns: auto minmax(0, 1fr) fit-content(34%); column-gap: 14px; padding: 14px; border: 1px solid #e2e5ec; border-radius: 16px; background: #fff }
.icon { display: grid; place-items: center; width: 72px; height: 72px; border-radius: 14px; background: #eef0f5; color: #59616f; font-size: 24px; font-weight: 650 }
.body { display: flex; flex-direction: column; gap: 4px }
.name { font-size: 16px; font-weight: 650 }
.description, .label, .facts { color: #59616f }
.meter { display: flex; align-items: center; gap: 12px }
.label, .facts { font-size: 13px }
progress { appearance: none; flex: 1; height: 8px; border: 0; border-radius: 4px; background: #e3e6ee; overflow: hidden }
progress::-webkit-progress-bar { background: transparent }
progress::-webkit-progress-value { border-radius: 4px; background: #3454e6 }
.reward { align-self: start; padding: 3px 11px; border-radius: 999px; background: #f8efdf; color: #8a5a0b; font-size: 13px; font-weight: 650 }
button { align-self: end; border: 0; background: none; color: #59616f; font: 600 13px sans-serif }
.side { display: flex; flex-direction: column; align-items: end; justify-content: space-between }
svg { width: 1em; height: 1em; fill: none; stroke: currentColor; stroke-width: 2 }
`;

export const vanillaScript = `
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
const percents = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const glyph = (d) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
};
const make = (tag, className, ...children) => {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
};
function card({ name, description, lockedDescription, state, progress, unlockedAt, rarity, rewards }) {
  const body = make('div', 'body', make('div', 'name', name), make('div', 'description', state === 'unlocked' ? description : lockedDescription));
  if (progress && state !== 'unlocked') {
    const bar = make('progress', '');
    bar.max = 1;
    bar.value = progress.ratio;
    body.append(make('div', 'meter', bar, make('span', 'label', progress.current + ' of ' + progress.target)));
  }
  const facts = make('div', 'facts');
  if (unlockedAt !== undefined) facts.append(glyph('M5 12l5 5L20 7'), 'Unlocked ' + dates.format(unlockedAt));
  if (rarity) facts.append(glyph('M6 3h12l4 6-10 13L2 9Z'), percents.format(rarity.percent / 100));
  body.append(facts);
  const side = make('div', 'side', make('div', 'reward', glyph('M8 21h8M12 17v4'), rewards[0].value + ' points'), make('button', '', 'Details'));
  return make('article', 'card', make('div', 'icon', name[0]), body, side);
}
const open = indexedDB.open('${DATABASE}');
open.onsuccess = () => {
  const store = open.result.transaction('cache').objectStore('cache');
  const keys = store.getAllKeys();
  keys.onsuccess = () => {
    const key = keys.result.find((parts) => parts.includes('${PLAYER}') && parts.includes('answer'));
    const read = store.get(key);
    read.onsuccess = () => {
      document.querySelector('#list').append(...read.result.library.achievements.slice(0, 20).map(card));
    };
  };
};
`;
