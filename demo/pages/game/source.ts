import type { AchievementSource } from '../../../src/index.js';
import { find } from '../playground/dom.js';

const query = new URLSearchParams(location.search);
/** A copy of the services that nobody else plays with, where the address names one. */
const room = query.get('room');

function url(path: string): string {
  const made = new URL(path, location.href);
  if (room !== null) made.searchParams.set('room', room);
  return made.href;
}

async function control(path: string, body: object): Promise<void> {
  await fetch(url(path), { method: 'POST', body: JSON.stringify(body) }).catch(() => undefined);
}

/** The achievements of the game, on the page around it; and what a visitor can do to the service. */
export function openSource(): AchievementSource {
  const source = find<AchievementSource>('#source');
  source.src = url('/json/game/achievements');
  source.reports = true;
  source.events = true;
  source.player = room === null ? 'nova' : `nova-${room}`;

  const unplugged = find<HTMLInputElement>('#unplugged');
  unplugged.checked = false;
  unplugged.addEventListener('change', () => {
    const fault = unplugged.checked ? 'offline' : null;
    void control('/demo/faults', { json: fault }).then(() => source.store?.refresh());
  });
  find('#afresh').addEventListener('click', () => {
    void control('/demo/game/reset', {})
      .then(() => source.store?.signOut())
      .then(() => source.store?.refresh());
  });
  return source;
}
