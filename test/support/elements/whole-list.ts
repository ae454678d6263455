import { everyState } from '../../../demo/pages/every-state.js';
import '../../../src/define/achievement-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import { NOW, cardsOf, click, part, settled, show, world } from './fixtures.js';

export const LAYOUTS = ['list', 'grid', 'compact'] as const;
export const DIRECTIONS = ['ltr', 'rtl'] as const;

/** Opens the choices of order and groups in a list's toolbar. */
export async function openArranging(list: AchievementList): Promise<void> {
  click(part(list, 'toolbar')?.querySelector('[aria-expanded="false"]'));
  await settled(list);
}

export async function openAllDetails(list: AchievementList): Promise<void> {
  for (const card of cardsOf(list)) if (!card.open) part(card, 'details-toggle')?.click();
  await settled(list);
}

/** A list of every state with everything it can show: totals, toolbar, sections, pins. */
export async function wholeList(
  parent: HTMLElement,
  properties: Partial<AchievementList> = {},
): Promise<AchievementList> {
  const list = await show(
    'achievement-list',
    {
      achievements: everyState(NOW).map(({ achievement }) => achievement),
      environment: world().environment,
      controls: true,
      sections: 'all',
      summary: true,
      sort: '-progress name',
      groupBy: 'state',
      ...properties,
    },
    parent,
  );
  list.pin('example-1');
  list.pin('example-9');
  await settled(list);
  return list;
}
