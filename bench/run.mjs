// What the elements cost, each figure with its budget. Prints medians; a timing is never a test. Names of figures as
// arguments measure only those: `npm run bench -- typing`.

import { readFileSync } from 'node:fs';
import { measureFirstCard } from './first-card.mjs';
import { measureLargeList } from './large-list.mjs';
import { measureOneChange } from './one-change.mjs';
import {
  achievementsAnswer,
  ourPage,
  page,
  reportsPage,
  subjectPage,
  vanillaPage,
  vanillaScript,
  vanillaStyle,
} from './pages.mjs';
import { measureOverlay } from './overlay.mjs';
import { measurePeers } from './peers.mjs';
import { measureTyping } from './typing.mjs';
import { measureReports } from './reports.mjs';
import { openWorld } from './world.mjs';

/** What the store of the first figure's page reads. */
const CACHED = 200;

/** Where the built files are; another build is measured with `BUILT`. */
const folder = process.env['BUILT'] ?? new URL('../dist/cdn', import.meta.url).pathname;
const built = (/** @type {string} */ file) => readFileSync(`${folder}/${file}`);
const ourFile = built('achievement-elements.js');

/** @type {Readonly<Record<string, (world: import('./world.mjs').World) => Promise<void>>>} */
const FIGURES = {
  'first-card': measureFirstCard,
  'large-list': measureLargeList,
  'one-change': measureOneChange,
  typing: measureTyping,
  overlay: measureOverlay,
  reports: measureReports,
  peers: (world) => measurePeers(world, ourFile),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in FIGURES));
if (unknown.length > 0) {
  throw new Error(`There is no figure ${unknown.join(', ')}; there are ${Object.keys(FIGURES).join(', ')}.`);
}

const elementsScript = '<script type="module" src="/achievement-elements.js"></script>';
const world = await openWorld();
try {
  world.files
    .set('/ours.html', ['text/html', ourPage])
    .set('/reports.html', ['text/html', reportsPage])
    .set('/vanilla.html', ['text/html', vanillaPage])
    .set('/vanilla.js', ['text/javascript', vanillaScript])
    .set('/vanilla.css', ['text/css', vanillaStyle])
    .set('/in-page/elements.html', ['text/html', subjectPage('elements', elementsScript)])
    .set('/in-page/by-hand.html', ['text/html', subjectPage('by-hand')])
    .set('/in-page/overlay.html', ['text/html', subjectPage('overlay')])
    .set('/in-page/overlay-by-hand.html', ['text/html', subjectPage('overlay-by-hand')])
    .set('/in-page/empty.html', ['text/html', page('')])
    .set('/achievement-elements.js', ['text/javascript', ourFile])
    .set('/achievement-overlay.js', ['text/javascript', built('achievement-overlay.js')])
    .set('/achievements.json', ['application/json', achievementsAnswer(CACHED)]);
  for (const [name, measure] of Object.entries(FIGURES)) {
    if (wanted.length === 0 || wanted.includes(name)) await measure(world);
  }
} finally {
  await world.close();
}
