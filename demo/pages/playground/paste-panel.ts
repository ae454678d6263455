import { segments } from './controls.js';
import { button, make } from './dom.js';
import { PASTED_FORMATS, type PastedFormat } from './fields.js';
import { findJsonError, jsonErrorWords } from './json-text.js';
import { EXAMPLES, detectFormat, entriesIn } from './pasted.js';
import type { Settings } from './settings.js';

/** An answer that can be shown. */
export interface Pasted {
  readonly text: string;
  readonly format: PastedFormat;
  /** Its achievements as they were pasted, to say what was wrong with one. */
  readonly entries: readonly unknown[] | undefined;
}

export interface PastePanel {
  /** What can be shown now; `undefined` where there is nothing, or no JSON. */
  readonly pasted: Pasted | undefined;
}

const FORMAT_LABELS = { 'by-shape': 'By its shape', xbox: 'Xbox Live', 'talon-one': 'Talon.One', json: 'JSON' };

/** The place for somebody's own answer. @param show called when there is something else to show, or no longer anything */
export function fillPastePanel(panel: HTMLElement, settings: Settings, show: () => void): PastePanel {
  let pasted: Pasted | undefined;
  const text = make('textarea', {
    rows: 10,
    spellcheck: false,
    placeholder: '{ "achievements": [ … ] }',
    id: 'pasted-text',
  });
  text.setAttribute('aria-describedby', 'pasted-verdict');
  const verdict = make('p', { className: 'hint', id: 'pasted-verdict' });
  verdict.role = 'status';
  const toPlace = button('Show me the place', () => {
    const error = findJsonError(text.value);
    if (!error) return;
    text.focus();
    text.setSelectionRange(error.offset, Math.min(error.offset + 1, text.value.length));
  });
  toPlace.className = 'small';
  toPlace.hidden = true;

  function read(): Pasted | undefined {
    const error = text.value.trim() === '' ? undefined : findJsonError(text.value);
    text.ariaInvalid = String(Boolean(error));
    toPlace.hidden = !error;
    if (text.value.trim() === '') {
      verdict.textContent = 'Nothing of it leaves this page. Paste an answer, or begin with an example.';
      return undefined;
    }
    if (error) {
      verdict.textContent = jsonErrorWords(error);
      return undefined;
    }
    const body: unknown = JSON.parse(text.value);
    const detected = detectFormat(body);
    const wanted = settings.state['format'];
    const chosen = PASTED_FORMATS.find((format) => format === wanted);
    const format = chosen ?? detected?.format;
    if (!format) {
      text.ariaInvalid = 'true';
      verdict.textContent =
        'This is JSON, but no list of achievements was found in it: there is no achievements, data or list with ids and names. Choose the format yourself to see what its backend says.';
      return undefined;
    }
    verdict.textContent = chosen
      ? `Read as ${FORMAT_LABELS[chosen]}, as you chose.`
      : `Looks like ${FORMAT_LABELS[format]}: ${detected?.because}.`;
    return { text: text.value, format, entries: entriesIn(body) };
  }

  function update(): void {
    pasted = read();
    show();
  }

  text.addEventListener('input', update);
  const examples = PASTED_FORMATS.map((format) =>
    button(
      FORMAT_LABELS[format],
      () => {
        text.value = JSON.stringify(EXAMPLES[format], null, 2);
        update();
      },
      'small',
    ),
  );
  panel.append(
    make(
      'div',
      { className: 'row' },
      make('span', { className: 'label', textContent: 'Examples with one bad item' }),
      ...examples,
    ),
    make(
      'label',
      { className: 'field', htmlFor: text.id },
      make('span', { className: 'label', textContent: 'The answer of your service' }),
      text,
    ),
    verdict,
    toPlace,
    segments(settings, 'format', FORMAT_LABELS),
  );
  pasted = read();
  settings.follow((_state, changed) => {
    if (changed.size === 1 && changed.has('format')) update();
  });
  return {
    get pasted() {
      return pasted;
    },
  };
}
