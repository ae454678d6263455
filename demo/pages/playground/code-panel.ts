import { segments } from './controls.js';
import { copyButton, make } from './dom.js';
import { FRAMEWORKS } from './fields.js';
import type { Markup } from './markup.js';
import type { Settings } from './settings.js';
import { snippetFor } from './snippets.js';

/** The snippet of what is set. @returns shows another one */
export function fillCodePanel(panel: HTMLElement, settings: Settings): (markup: Markup) => void {
  const files = make('div', { className: 'files' });
  const note = make('p', { className: 'hint' });
  panel.append(
    segments(settings, 'snippet', { html: 'HTML', react: 'React', vue: 'Vue', svelte: 'Svelte' }),
    files,
    note,
  );
  return (markup) => {
    const framework = FRAMEWORKS.find((known) => known === settings.state['snippet']) ?? 'html';
    const snippet = snippetFor(framework, markup);
    note.textContent = snippet.note;
    files.replaceChildren(
      ...snippet.files.map(({ name, text }) => {
        const code = make('pre', { textContent: text, tabIndex: 0 });
        code.role = 'region';
        code.ariaLabel = name;
        const head = make(
          'div',
          { className: 'file-name' },
          make('span', { textContent: name }),
          copyButton('Copy', name, () => code),
        );
        return make('div', { className: 'file' }, head, code);
      }),
    );
  };
}
