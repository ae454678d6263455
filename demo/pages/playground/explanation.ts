import type { Problem } from '../../../src/index.js';
import { make } from './dom.js';
import { explainSkipped } from './pasted.js';

/** What went wrong with the answer that is shown, and each item that was left out. */
export function explain(place: HTMLElement, problem: Problem | undefined, entries?: readonly unknown[]): void {
  place.hidden = !problem;
  if (!problem) {
    place.replaceChildren();
    return;
  }
  const { code, message, skipped = [] } = problem;
  const isOnlySkipped = code === 'bad-shape' && skipped.length > 0;
  place.replaceChildren(
    make('h3', { textContent: isOnlySkipped ? `Left out: ${skipped.length}` : `Problem: ${code}` }),
    ...(isOnlySkipped ? [] : [make('p', { textContent: message })]),
    ...(skipped.length > 0
      ? [make('ul', {}, ...skipped.map((item) => make('li', { textContent: explainSkipped(item, entries) })))]
      : []),
  );
}
