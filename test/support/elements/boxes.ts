/** Every element under a root, through shadow roots. */
export function elementsIn(root: ParentNode): Element[] {
  return [...root.querySelectorAll('*')].flatMap((element) => [
    element,
    ...(element.shadowRoot ? elementsIn(element.shadowRoot) : []),
  ]);
}

/** What an element is called in a message. */
export function nameOf(element: Element): string {
  const own = [element.localName, ...element.classList].join('.');
  const host = (element.getRootNode() as ShadowRoot).host as { achievement?: { id: string } } | undefined;
  return host?.achievement ? `${own} of ${host.achievement.id}` : own;
}

const isSeen = (element: Element) => element.checkVisibility() && !element.closest('.spoken');

/** What stands out of a box to its sides. */
export function sticksOut(box: Element): string[] {
  const { left, right } = box.getBoundingClientRect();
  return elementsIn(box.shadowRoot ?? box)
    .filter((element) => isSeen(element) && !element.closest('svg'))
    .filter((element) => {
      const rect = element.getBoundingClientRect();
      return rect.width > 0 && (rect.left < left - 1 || rect.right > right + 1);
    })
    .map(nameOf);
}

/** The boxes of the lines of an element's own texts. */
function linesOf(element: Element): DOMRect[] {
  const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
  return texts.flatMap((text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()];
  });
}

/** Names and descriptions end after two lines; what follows is in the details. */
const isClamped = (element: Element) => element.closest('.name, .description') !== null;

/** Texts that a box of theirs cuts, and boxes that are too small for what is in them. */
export function cutTexts(box: Element): string[] {
  const found: string[] = [];
  for (const element of elementsIn(box.shadowRoot ?? box)) {
    if (!isSeen(element) || isClamped(element) || element.closest('svg, select, .placeholder')) continue;
    const { overflowX } = getComputedStyle(element);
    const [width, height] = [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];
    const isBox = element.clientWidth > 0 && overflowX !== 'visible';
    if (isBox && (width > 1 || height > 1)) found.push(`${nameOf(element)} cuts ${width} by ${height}`);
    const parent = element.closest('button, .button, .percent, .ring, .chip, .reward, .segment');
    const around = parent?.getBoundingClientRect();
    if (!around) continue;
    const isOut = linesOf(element).some(
      ({ left, right, top, bottom }) =>
        left < around.left - 1 || right > around.right + 1 || top < around.top - 2 || bottom > around.bottom + 2,
    );
    if (isOut) found.push(`${nameOf(element)} is larger than what it is in`);
  }
  return found;
}

/** Texts that stand on each other. */
export function overlaps(box: Element): string[] {
  const lines = elementsIn(box.shadowRoot ?? box)
    .filter((element) => isSeen(element) && !element.closest('.placeholder, option'))
    .flatMap((element) => {
      // A clamped text has lines that are not painted.
      const visible = isClamped(element) ? element.getBoundingClientRect() : undefined;
      return linesOf(element)
        .filter(({ bottom }) => !visible || bottom <= visible.bottom + 2)
        .map((rect) => ({ element, rect }));
    });
  const found = new Set<string>();
  lines.forEach(({ element, rect }, index) => {
    for (const other of lines.slice(index + 1)) {
      if (other.element === element) continue;
      const wide = Math.min(rect.right, other.rect.right) - Math.max(rect.left, other.rect.left);
      const high = Math.min(rect.bottom, other.rect.bottom) - Math.max(rect.top, other.rect.top);
      // The box of a line is somewhat higher than its letters.
      if (wide > 1 && high > rect.height / 4) found.add(`${nameOf(element)} and ${nameOf(other.element)}`);
    }
  });
  return [...found];
}

/** Everything that can be pressed, typed into or chosen. */
export const controlsIn = (box: Element) =>
  elementsIn(box.shadowRoot ?? box).filter(
    (element): element is HTMLElement => element.matches('button, a[href], input, select') && isSeen(element),
  );
