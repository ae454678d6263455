import type { Achievement } from '../model/index.js';
import type { AchievementCard } from './achievement-card.js';

/** What a key press moves in. */
export interface KeyboardList {
  /** The achievements line by line, as they are seen. */
  readonly lines: readonly (readonly Achievement[])[];
  readonly hasColumns: boolean;
  readonly isRightToLeft: boolean;
  /** Brings a card into the document and focuses it. */
  readonly focus: (achievement: Achievement) => void;
}

/** How far Page Up and Page Down go, in lines. */
const PAGE_LINES = 5;

const LINES: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE_LINES,
  PageUp: -PAGE_LINES,
  Home: -Infinity,
  End: Infinity,
};

/** Whether another key is held, which makes it one of the browser's or the page's. */
export const hasModifier = ({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean =>
  altKey || ctrlKey || metaKey || shiftKey;

/** Where a key leads from an achievement; nothing where it is no key for moving. */
export function targetOf(key: string, from: Achievement, { lines, hasColumns }: KeyboardList): Achievement | undefined {
  const isFrom = ({ key }: Achievement) => key === from.key;
  const line = lines.findIndex((each) => each.some(isFrom));
  if (line < 0) return undefined;
  const column = lines[line]?.findIndex(isFrom) ?? 0;
  if (hasColumns && (key === 'forward' || key === 'back')) {
    const step = key === 'forward' ? 1 : -1;
    return lines[line]?.[column + step] ?? (step > 0 ? lines[line + 1]?.[0] : lines[line - 1]?.at(-1)) ?? from;
  }
  const step = LINES[key];
  if (step === undefined) return undefined;
  const next = lines[Math.max(0, Math.min(lines.length - 1, line + step))] ?? [];
  // The first and the last of all, whatever the column.
  if (!Number.isFinite(step)) return step < 0 ? next[0] : next.at(-1);
  return next[Math.min(column, next.length - 1)];
}

/**
 * Moves the focus within a list: between cards with the arrows, Home, End, Page Up and Page Down; into a card with Enter
 * (or the arrow forward where there are no columns), there between its buttons with the arrows, and out with Escape. A
 * key that is used does nothing else.
 */
export function handleListKey(event: KeyboardEvent, list: KeyboardList): void {
  const card = event.target as AchievementCard;
  if (event.defaultPrevented || hasModifier(event)) return;
  // Not a card that the page has put into the notes of one.
  if (!card.achievement || card.tabStop === undefined) return;
  const { controls } = card;
  const focused = controls.indexOf(card.shadowRoot?.activeElement as HTMLElement);
  const isInside = focused >= 0;
  const [left, right] = list.isRightToLeft ? (['forward', 'back'] as const) : (['back', 'forward'] as const);
  const key = event.key === 'ArrowLeft' ? left : event.key === 'ArrowRight' ? right : event.key;
  let control: HTMLElement | AchievementCard | undefined;
  if (isInside && key === 'Escape') control = card;
  else if (isInside && key === 'forward') control = controls[focused + 1] ?? controls[focused];
  else if (isInside && key === 'back') control = controls[focused - 1] ?? card;
  else if (!isInside && (key === 'Enter' || (key === 'forward' && !list.hasColumns))) control = controls[0] ?? card;
  const target = control ? undefined : targetOf(key, card.achievement, list);
  if (!control && !target) return;
  event.preventDefault();
  control?.focus();
  // Also where the focus is there: an earlier key may still be on its way.
  if (target) list.focus(target);
}
