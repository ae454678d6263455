import { isPageHidden } from './dom.js';
/** How long something moves, in milliseconds. */
export const MOVE = 300;

/** Whether anything may move: somebody sees it, and nobody asked for less motion. */
export function isMotionWelcome(): boolean {
  return !isPageHidden() && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Ends what an earlier update began; the element is then where it belongs. */
export function stop(element: Element, id: string): void {
  for (const animation of element.getAnimations()) if (animation.id === id) animation.cancel();
}

/** Moves an element to where it is, from so many CSS pixels below. What moved it before has to be stopped. */
export function moveFrom(element: Element, distance: number): void {
  if (Math.abs(distance) < 1) return;
  const transform = [`translateY(${distance}px)`, 'none'];
  element.animate({ transform }, { id: 'move', duration: MOVE, easing: 'ease-out' });
}
