// Defines the elements that are already in the page, each in a task of its own: bare classes in the order of `?define=`,
// or by the modules that are there for it, in the order of `?load=`.

import '../../../../src/define/backends.js';
import { AchievementCard } from '../../../../src/elements/achievement-card.js';
import { AchievementList } from '../../../../src/elements/achievement-list.js';
import { AchievementSource } from '../../../../src/elements/achievement-source.js';
import { AchievementSummary } from '../../../../src/elements/achievement-summary.js';

const { record } = window;
const classes: Readonly<Record<string, CustomElementConstructor>> = {
  card: AchievementCard,
  list: AchievementList,
  source: AchievementSource,
  summary: AchievementSummary,
};

let requests = 0;
const { fetch } = window;
window.fetch = (...request) => {
  requests += 1;
  return fetch(...request);
};

async function run() {
  const source = document.querySelector('achievement-source')!;
  const isIdle = new Promise<void>((resolve) => {
    source.addEventListener('achievement-sync', ({ status }) => {
      if (status.activity === 'idle') resolve();
    });
  });
  const asked = new URLSearchParams(location.search);
  for (const name of asked.get('define')?.split(' ') ?? []) {
    customElements.define(`achievement-${name}`, classes[name]!);
    await new Promise((resolve) => setTimeout(resolve));
  }
  for (const name of asked.get('load')?.split(' ') ?? []) {
    await import(new URL(`/src/define/achievement-${name}.ts`, location.href).href);
    await new Promise((resolve) => setTimeout(resolve));
  }
  await isIdle;
  const list = document.querySelector('achievement-list')!;
  const summary = document.querySelector('achievement-summary')!;
  await list.updateComplete;
  await summary.updateComplete;
  const cards = [...list.shadowRoot!.querySelectorAll('achievement-card')];
  await Promise.all(cards.map((card) => card.updateComplete));
  record.done = {
    names: cards.map((card) => card.shadowRoot?.querySelector('[part~="name"]')?.textContent?.trim()),
    totals: summary.shadowRoot?.querySelector('[part~="totals"]')?.textContent?.trim(),
    requests,
  };
}

run().catch((error: unknown) => record.errors.push(`the page itself: ${String(error)}`));
