// Renders every state with the one-file build, does everything a person can do, and then what must be caught.

import type { AchievementCard } from '../../../../src/elements/achievement-card.js';
import type { AchievementList } from '../../../../src/elements/achievement-list.js';
import { everyState } from '../../../../demo/pages/every-state.js';
import { compileText, writeMarkup } from './controls.js';

const { record } = window;
const achievements = everyState(Date.now()).map(({ achievement }) => achievement);

const cardsOf = (list: AchievementList) => [...list.shadowRoot!.querySelectorAll<AchievementCard>('achievement-card')];

async function settled(list: AchievementList) {
  await list.updateComplete;
  await Promise.all(cardsOf(list).map((card) => card.updateComplete));
}

function clickAll(list: AchievementList, name: string) {
  for (const card of cardsOf(list)) card.shadowRoot!.querySelector<HTMLElement>(`[part~="${name}"]`)?.click();
  return settled(list);
}

/** What is visible of a list, as numbers. */
function shownBy(list: AchievementList) {
  const cards = cardsOf(list);
  const every = (selector: string) => cards.flatMap((card) => [...card.shadowRoot!.querySelectorAll(selector)]);
  return {
    cards: cards.length,
    names: every('[part~="name"]').filter((name) => name.textContent?.trim()).length,
    openDetails: every('[part~="details"]:not([hidden])').length,
    masked: cards.filter((card) => card.hasAttribute('masked')).length,
    // A style sheet that was refused leaves the browser's own display.
    styled: every('article').filter((card) => getComputedStyle(card).display === 'grid').length,
  };
}

async function run() {
  await import(new URL('/dist/cdn/achievement-elements.js', location.href).href);
  const shown: ReturnType<typeof shownBy>[] = [];
  for (const layout of ['list', 'grid', 'compact'] as const) {
    const list = Object.assign(document.createElement('achievement-list'), { achievements, layout, summary: true });
    document.body.append(list);
    await settled(list);
    await clickAll(list, 'details-toggle');
    shown.push(shownBy(list));
    await clickAll(list, 'reveal');
    shown.push(shownBy(list));
    // Again with other values, another order, another place.
    list.achievements = structuredClone(achievements).reverse();
    list.sort = 'name';
    await settled(list);
    document.body.prepend(list);
    list.layout = 'list';
    await settled(list);
  }
  const source = document.createElement('achievement-source');
  Object.assign(source, { src: '/demo/public/achievements.json', cache: 'memory' });
  const list = source.appendChild(document.createElement('achievement-list'));
  const isIdle = new Promise<void>((resolve) => {
    source.addEventListener('achievement-sync', ({ status }) => {
      if (status.activity === 'idle') resolve();
    });
  });
  document.body.append(source);
  await isIdle;
  await settled(list);
  shown.push(shownBy(list));

  const isStrict = !location.search.includes('policy=none');
  record.done = {
    shown,
    problem: source.store?.snapshot.problem?.code,
    violations: [...record.violations],
    ...(isStrict ? { compiled: await compileText(), markup: await writeMarkup() } : {}),
  };
}

run().catch((error: unknown) => record.errors.push(`the page itself: ${String(error)}`));
