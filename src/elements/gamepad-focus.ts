import type { Direction } from './gamepad-input.js';
import { activeElement, pageBody, pageElement } from './dom.js';

/** What a gamepad travels through. */
const REGIONS = 'achievement-list, achievement-toasts, achievement-tracker[controls]';
/** What is ours, whether or not it is a region of its own. */
const OURS = `${REGIONS}, achievement-card, achievement-tracker`;

/** Whether an element has a place on the page. `checkVisibility()` is too new for the browsers in games. */
const isSeen = (element: Element): boolean => element.getClientRects().length > 0;

/** The element with the focus, through shadow roots; nothing where none has it. */
export function deepActiveElement(): HTMLElement | undefined {
  let active = activeElement();
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const isNone = !active || active === pageBody() || active === pageElement();
  return isNone ? undefined : (active as HTMLElement);
}

/** The nearest element around another one, through shadow roots. */
function closestOf(element: Element | undefined, selector: string): HTMLElement | undefined {
  let from = element;
  while (from) {
    const found = from.closest<HTMLElement>(selector);
    if (found) return found;
    const root = from.getRootNode();
    from = root instanceof ShadowRoot ? root.host : undefined;
  }
  return undefined;
}

/** Whether an element is one of ours, or in one. */
export const isOurs = (element: Element | undefined): boolean => closestOf(element, OURS) !== undefined;

/** The region that an element is in. */
export const regionOf = (element: Element | undefined): HTMLElement | undefined => closestOf(element, REGIONS);

/** What in a region may take the focus, as far as it can be told from outside. */
const STOPS = 'achievement-card, button, a[href], [tabindex="0"]';

/** Whether there is anything in a region to go to: where there are no toasts, their element is there all the same. */
export const isFilled = (region: HTMLElement): boolean =>
  (region.shadowRoot?.querySelector(STOPS) ?? region.querySelector(STOPS)) !== null;

/** Whether an element is in a list, but in none of its cards: in its toolbar, a heading, or what the page put there. */
export const isBesideCards = (element: Element): boolean =>
  regionOf(element)?.localName === 'achievement-list' && !closestOf(element, 'achievement-card');

/** Whether an element is a card as a whole, and not something in it. */
export const isCard = (element: Element): boolean => element.matches('[part~="card"]');

/** What a list has beside its cards to be pressed. */
const CONTROLS = 'button, select, input, a[href]';

interface Distance {
  /** Below 0 it lies in another direction. */
  readonly ahead: number;
  readonly aside: number;
  /** Between the edges at which reading begins. */
  readonly alongStart: number;
}

/** How far a box lies from another one in a direction, in CSS pixels. */
function distanceTo(to: DOMRect, from: DOMRect, direction: Direction, isRightToLeft: boolean): Distance {
  const ahead = {
    up: from.top - to.bottom,
    down: to.top - from.bottom,
    left: from.left - to.right,
    right: to.left - from.right,
  }[direction];
  const isVertical = direction === 'up' || direction === 'down';
  const aside = isVertical
    ? Math.max(0, to.left - from.right, from.left - to.right)
    : Math.max(0, to.top - from.bottom, from.top - to.bottom);
  const alongStart = Math.abs(isRightToLeft ? to.right - from.right : to.left - from.left);
  return { ahead, aside, alongStart };
}

/**
 * The control of a list that lies in a direction from where the focus is, as it is seen: in the toolbar or among the
 * headings, and up from the first line of cards. Where the nearest is a card, it is the list itself. Nothing where there is
 * no way, and for a card that has others above it.
 */
export function controlTowards(direction: Direction, from: HTMLElement): HTMLElement | undefined {
  const list = regionOf(from);
  const card = isCard(from) ? closestOf(from, 'achievement-card') : undefined;
  if (!list?.shadowRoot || !(isBesideCards(from) || (card && direction === 'up'))) return undefined;
  // A card that was scrolled away stands where nobody sees it.
  const isThere = (element: Element) => !element.closest('.parked') && isSeen(element);
  if (card && !isThere(card)) return undefined;
  const start = from.getBoundingClientRect();
  const isRightToLeft = getComputedStyle(list).direction === 'rtl';
  const isVertical = direction === 'up' || direction === 'down';
  const ways = [...list.shadowRoot.querySelectorAll<HTMLElement>(`${CONTROLS}, achievement-card`)]
    .filter((element) => element !== from && element !== card && isThere(element))
    .map((element) => ({
      element,
      ...distanceTo(element.getBoundingClientRect(), start, direction, isRightToLeft),
    }))
    // Neighbours may touch, and overlap by a part of a pixel.
    .filter(({ ahead, aside }) => ahead > -1 && (isVertical || aside === 0))
    .sort((one, other) => one.ahead - other.ahead);
  const isWayToCard = ({ element }: (typeof ways)[number]) => element.localName === 'achievement-card';
  if (card && ways.some(isWayToCard)) return undefined;
  const least = ways[0]?.ahead ?? 0;
  const [nearest] = ways
    .filter(({ ahead, element }) => !isVertical || ahead < least + element.offsetHeight / 2)
    .sort((one, other) => (isVertical ? one.aside - other.aside || one.alongStart - other.alongStart : 0));
  return nearest && isWayToCard(nearest) ? list : nearest?.element;
}

/** Chooses what comes next in a menu, as a person does who cannot open it: after the last one comes the first. */
export function chooseNext(menu: HTMLSelectElement): void {
  menu.selectedIndex = (menu.selectedIndex + 1) % menu.length;
  menu.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Every region that is seen, in the order of the document, also in the shadow roots of the page. */
export function regionsIn(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    if (element.matches(REGIONS)) return isSeen(element) ? [element] : [];
    return element.shadowRoot ? regionsIn(element.shadowRoot) : [];
  });
}

/** Moves the focus to the next region that takes it: an empty one does not. */
export function focusNextRegion(): void {
  const regions = regionsIn(document);
  const current = regionOf(deepActiveElement());
  const start = current ? regions.indexOf(current) : -1;
  for (let step = 1; step <= regions.length; step++) {
    const region = regions[(start + step) % regions.length];
    // The last step is the region itself: from the toolbar of a list to its cards.
    region?.focus();
    if (region && regionOf(deepActiveElement()) === region) return;
  }
}

/**
 * Shows which element of ours has the focus. Browsers do not where the pointer gave the focus before, nor in what a script
 * focuses next; whoever holds a gamepad has to see it.
 */
export class FocusRing {
  #sheet: CSSStyleSheet | undefined;
  #root: ShadowRoot | undefined;

  /** Around an element in a shadow root, and no longer around the one before. */
  show(element: Element | undefined): void {
    const root = element?.getRootNode();
    if (root === this.#root) return;
    this.hide();
    if (!(root instanceof ShadowRoot)) return;
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(':focus { outline: 2px solid var(--_accent, Highlight); outline-offset: 2px; }');
    }
    root.adoptedStyleSheets.push(this.#sheet);
    this.#root = root;
  }

  hide(): void {
    const root = this.#root;
    this.#root = undefined;
    if (root) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }
}
