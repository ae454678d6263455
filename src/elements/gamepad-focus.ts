/** What a gamepad travels through. */
const REGIONS = 'achievement-list, achievement-toasts, achievement-tracker[controls]';
/** What is ours, whether or not it is a region of its own. */
const OURS = `${REGIONS}, achievement-card, achievement-tracker`;

/** The element with the focus, through shadow roots; nothing where none has it. */
export function deepActiveElement(): HTMLElement | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const isNone = !active || active === document.body || active === document.documentElement;
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

/** Every region that is seen, in the order of the document, also in the shadow roots of the page. */
export function regionsIn(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    if (element.matches(REGIONS)) return element.checkVisibility() ? [element] : [];
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
