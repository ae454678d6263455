import '../../src/index.js';
import { reportsOf } from './game/deeds.js';
import { createGame } from './game/play.js';
import { openSource } from './game/source.js';
import { find } from './playground/dom.js';

const source = openSource();

/** As far as this page was told. */
function isUnlocked(id: string): boolean {
  const achievements = source.store?.snapshot.library?.achievements ?? [];
  return achievements.some((achievement) => achievement.id === id && achievement.state === 'unlocked');
}

createGame(find('#game'), (happening) => {
  // A rejection is in the list, where the player sees it.
  for (const report of reportsOf(happening, isUnlocked)) void source.store?.report(report);
});
