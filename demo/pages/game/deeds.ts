import type { ReportIntent } from '../../../src/model/index.js';
import type { Happening } from './night.js';

/** How many have to be caught in a night without a bite. */
const FEATHER_CATCHES = 15;

/**
 * What is reported of what happened in a night. The game counts nothing itself: it tells what was done, and the service
 * knows what that makes.
 * @param isUnlocked of an achievement, as far as the game was told; what is done already is not reported again
 */
export function reportsOf(happening: Happening, isUnlocked: (id: string) => boolean): readonly ReportIntent[] {
  const unlock = (achievement: string) => ({ achievement, unlock: true }) as const;
  const add = (achievement: string) => ({ achievement, add: 1 }) as const;
  const all = (): readonly ReportIntent[] => {
    switch (happening.type) {
      case 'caught':
        return [
          unlock('first-spark'),
          add('full-jar'),
          add('lamplighter'),
          ...(happening.isGolden ? [unlock('golden-one')] : []),
        ];
      case 'flash':
        return [unlock('five-in-a-flash')];
      case 'rested':
        return [unlock('moonlit-nap')];
      case 'dawn':
        return happening.bites === 0 && happening.caught >= FEATHER_CATCHES
          ? [unlock('until-dawn'), unlock('light-as-a-feather')]
          : [unlock('until-dawn')];
      case 'bitten':
        return [];
    }
  };
  return all().filter(({ achievement }) => !isUnlocked(achievement));
}
