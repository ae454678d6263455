/** An element of this page. @throws {Error} where there is none */
export function find<Type extends HTMLElement = HTMLElement>(selector: string): Type {
  const found = document.querySelector<Type>(selector);
  if (!found) throw new Error(`${selector} is missing`);
  return found;
}

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export function button(label: string, press: () => void, className = ''): HTMLButtonElement {
  const made = make('button', { type: 'button', textContent: label, className });
  made.addEventListener('click', press);
  return made;
}

/** Says something to those who cannot see it happen, such as that a text was copied. */
export function say(text: string): void {
  find('#spoken').textContent = text;
}

/** Copies a text; where the browser refuses, `source` is selected so that a person can. */
async function copy(text: string, source: Node): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    const range = document.createRange();
    range.selectNodeContents(source);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    return 'Selected: press Ctrl+C';
  }
}

/** A button that copies what an element shows, and says so in its own words until it is left. */
export function copyButton(label: string, what: string, source: () => Node, textOf?: () => string): HTMLButtonElement {
  const made = button(label, () => {
    const node = source();
    void copy(textOf?.() ?? node.textContent ?? '', node).then((words) => {
      made.textContent = words;
      say(`${words}: ${what}`);
    });
  });
  made.className = 'small';
  made.ariaLabel = `${label} ${what}`;
  made.addEventListener('blur', () => (made.textContent = label));
  return made;
}
