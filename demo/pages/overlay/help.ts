import { OPTIONS } from './options.js';

const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text: string,
  ...children: readonly Node[]
): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag);
  made.textContent = text;
  made.append(...children);
  return made;
};

/** What somebody sees who opens the page without saying what it is to show, or with a mistake in its address. */
export function help(mistakes: readonly string[]): HTMLElement {
  const panel = document.createElement('main');
  panel.className = 'panel help';
  panel.tabIndex = 0;
  const examples = [
    './overlay.html?test&background=game&tracker=all',
    './overlay.html?src=/json/achievements&player=nova&reports&events&position=top-end',
  ].map((href) => {
    const link = element('a', '', element('code', href));
    link.href = href;
    link.style.color = 'inherit';
    return element('p', '', link);
  });
  const list = document.createElement('dl');
  for (const [name, { about }] of Object.entries(OPTIONS)) {
    list.append(element('dt', '', element('code', name)), element('dd', about));
  }
  const faults = mistakes.map((mistake) => {
    const line = element('p', mistake);
    line.className = 'mistake';
    return line;
  });
  panel.append(element('h1', 'An overlay of achievements'), ...faults);
  panel.append(
    element('p', 'Everything is said in the address. This page paints nothing until it has something to show.'),
  );
  panel.append(...examples, list);
  return panel;
}
