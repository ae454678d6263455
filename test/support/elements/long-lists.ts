import { nextFrame } from '@open-wc/testing';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { Achievement } from '../../../src/model/index.js';
import { achievement, cardsOf, progress, until } from './fixtures.js';

/** Achievements of different heights, with ids that are their numbers. */
export function library(count: number, members: (index: number) => Partial<Achievement> = () => ({})): Achievement[] {
  return Array.from({ length: count }, (_, index) =>
    achievement(String(index), {
      order: index,
      ...(index % 3 === 0 ? { description: `A longer text of ${index}. `.repeat(8) } : {}),
      ...(index % 5 === 0 ? progress(index % 7, 7) : {}),
      ...members(index),
    }),
  );
}

/** How many elements there are in an element, shadow roots included. */
export function elementsIn(root: ParentNode): number {
  let count = 0;
  for (const element of root.querySelectorAll('*')) {
    count += 1 + (element.shadowRoot ? elementsIn(element.shadowRoot) : 0);
  }
  return count;
}

export interface Span {
  readonly top: number;
  readonly bottom: number;
}

const viewport = (): Span => ({ top: 0, bottom: document.documentElement.clientHeight });

/** The cards of which something is in the viewport, or in a box that scrolls. */
export function seen(list: AchievementList, { top, bottom }: Span = viewport()): AchievementCard[] {
  return cardsOf(list).filter((card) => {
    const rect = card.getBoundingClientRect();
    return rect.height > 1 && rect.bottom > top && rect.top < bottom;
  });
}

export const idsSeen = (list: AchievementList, view?: Span) => seen(list, view).map((card) => card.achievement!.id);

/** The rows in the document from the top: headings, and cards that stand beside each other. */
function rowsOf(list: AchievementList): Span[] {
  const rows: { top: number; bottom: number }[] = [];
  for (const element of list.renderRoot.querySelectorAll('.group-heading, li:not(.parked)')) {
    const { top, bottom, height } = element.getBoundingClientRect();
    const last = rows.at(-1);
    if (height === 0) continue;
    if (last && Math.abs(last.top - top) < 1) last.bottom = Math.max(last.bottom, bottom);
    else rows.push({ top, bottom });
  }
  return rows;
}

/** What is wrong with what is seen of a long list: rows that overlap, gaps, places that are empty. */
export function faultsOf(list: AchievementList, view: Span = viewport()): string[] {
  const rows = rowsOf(list);
  const faults: string[] = [];
  rows.forEach(({ top }, index) => {
    const before = rows[index - 1];
    if (!before) return;
    if (top < before.bottom - 1)
      faults.push(`row ${index} begins at ${top}, within the row that ends at ${before.bottom}`);
    if (top > before.bottom + 15) faults.push(`there is a gap from ${before.bottom} to ${top}`);
  });
  const groups = list.renderRoot.querySelector('.groups')!.getBoundingClientRect();
  const from = Math.max(view.top, groups.top);
  const to = Math.min(view.bottom, groups.bottom - 15);
  if (to > from) {
    if ((rows[0]?.top ?? Infinity) > from + 1) faults.push(`nothing from ${from} to ${rows[0]?.top}`);
    if ((rows.at(-1)?.bottom ?? 0) < to - 15) faults.push(`nothing from ${rows.at(-1)?.bottom} to ${to}`);
  }
  return faults;
}

/** Waits until nothing of a list moves any more, and what is seen of it is right. */
export async function still(list: AchievementList, view?: Span): Promise<void> {
  const state = () => JSON.stringify([idsSeen(list, view), rowsOf(list), list.offsetHeight]);
  let before = '';
  let frames = 0;
  await until(async () => {
    await nextFrame();
    const now = state();
    frames = now === before ? frames + 1 : 0;
    before = now;
    return frames >= 3 && faultsOf(list, view).length === 0;
  }, 'the list stands still, without faults').catch((error: unknown) => {
    throw new Error(`${String(error)}: ${faultsOf(list, view).join('; ')}`);
  });
}

/** Scrolls until a box, or the page, is at its end: what was not measured yet moves it. */
export async function scrollToEnd(list: AchievementList, box: Element = document.documentElement): Promise<void> {
  const rest = () => box.scrollHeight - box.clientHeight - box.scrollTop;
  await until(async () => {
    box.scrollTo(0, box.scrollHeight);
    await nextFrame();
    await nextFrame();
    return rest() < 2;
  }, 'the end is reached');
  await list.updateComplete;
}
