// Shows achievements that hold what looks like a template of Lit's: first from the device, then as a page gives them, and
// at last with Lit's own `html`, which renders it.

import { html, render } from 'lit';
import '../../../../src/define/achievement-list.js';
import '../../../../src/define/achievement-summary.js';
import '../../../../src/define/backends.js';
import type { AchievementList } from '../../../../src/elements/achievement-list.js';
import type { Achievement } from '../../../../src/model/index.js';
import { foreignIn, keptOf, poison, poisonedMembers, wasAlive } from '../../../support/elements/poison.js';

const { record } = window;
const player = `poisoned ${crypto.randomUUID()}`;

/** Waits for a frame, or a little longer where none are painted. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

async function isSo(condition: () => unknown) {
  while (!(await condition())) await turn();
}

const cardsOf = (list: AchievementList) => [...list.shadowRoot!.querySelectorAll('achievement-card')];

/** Opens every card; gives what can be read there. */
async function readIn(list: AchievementList) {
  await list.updateComplete;
  const texts: string[] = [];
  for (const card of cardsOf(list)) {
    card.open = true;
    await card.updateComplete;
    texts.push(card.shadowRoot!.querySelector('[part~="name"]')?.textContent?.trim() ?? '');
  }
  return { names: texts, foreign: foreignIn(document) };
}

let held = Promise.resolve();
const answer = async () => {
  await held;
  return new Response(JSON.stringify({ achievements: [{ id: 'one', name: 'Good', category: 'Sky' }] }), {
    headers: { 'content-type': 'application/json', etag: '"same"' },
  });
};

function visit(): AchievementList {
  document.body.replaceChildren();
  const list = document.createElement('achievement-list');
  Object.assign(list, { src: '/list.json', player, fetch: answer, summary: true, groupBy: 'category' });
  document.body.append(list);
  return list;
}

async function run() {
  visit();
  await isSo(async () => (await keptOf(player)).length === 1);
  const [bad] = await keptOf(player, (known) => ({ ...known, ...poisonedMembers() }));

  let release!: () => void;
  held = new Promise<void>((resolve) => (release = resolve));
  const list = visit();
  await isSo(() => cardsOf(list).length === 1);
  const painted = await readIn(list);
  release();
  await isSo(() => list.store?.snapshot.library?.achievements[0]?.category === 'Sky');
  const healed = await readIn(list);
  await list.store!.signOut();

  list.remove();
  const given = document.createElement('achievement-list');
  given.achievements = [structuredClone(bad) as Achievement, structuredClone(poison()) as Achievement];
  document.body.append(given);
  const shown = await readIn(given);

  const alive = wasAlive();
  const violations = [...record.violations];
  const box = document.createElement('div');
  document.body.append(box);
  // One that asks for nothing, so that nothing is told of it.
  render(html`<p>${structuredClone(poison('<i class="poison"></i>'))}</p>`, box);
  record.done = { painted, healed, shown, alive, violations, control: foreignIn(box) };
}

run().catch((error: unknown) => record.errors.push(`the page itself: ${String(error)}`));
