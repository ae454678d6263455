import { button, make } from './dom.js';
import { FAULT_WORDS } from './fields.js';
import { segments } from './controls.js';
import { hasFaults, serviceOf } from './services.js';
import type { Settings } from './settings.js';
import { logged, sizeWords, validatorWords, type WireEntry } from './wire.js';

/** What goes wrong, and every request of the element. @returns takes what happens on the wire */
export function fillNetworkPanel(panel: HTMLElement, settings: Settings): (entry: WireEntry) => void {
  let log: readonly WireEntry[] = [];
  const rows = make('ol', { className: 'wire', id: 'wire', tabIndex: 0, ariaLabel: 'Requests, the newest first' });
  rows.role = 'list';
  const none = make('p', { className: 'hint', textContent: 'Nothing was asked yet.' });
  const clear = button(
    'Clear',
    () => {
      log = [];
      render();
    },
    'small',
  );
  clear.ariaLabel = 'Clear the requests';

  function row(entry: WireEntry): HTMLLIElement {
    const { bytes, error, method, status, time, url } = entry;
    const outcome = status === undefined ? (error ?? '…') : String(status);
    const kind = error || (status ?? 0) >= 400 ? 'failed' : status === undefined ? 'open' : 'answered';
    const facts = [
      time === undefined ? 'under way' : `${Math.round(time)} ms`,
      ...(bytes === undefined ? [] : [sizeWords(bytes)]),
      ...(status === undefined ? [] : [validatorWords(entry)]),
    ];
    return make(
      'li',
      { className: kind },
      make('span', { className: 'outcome', textContent: outcome }),
      make('code', { textContent: `${method} ${url}` }),
      make('span', { className: 'facts', textContent: facts.join(' · ') }),
    );
  }

  function render(): void {
    rows.replaceChildren(...log.map(row));
    rows.hidden = log.length === 0;
    none.hidden = log.length > 0;
    clear.disabled = log.length === 0;
  }

  const faults = segments(settings, 'fault', FAULT_WORDS);
  faults.classList.add('chips');
  const noFaults = make('p', { className: 'hint', textContent: 'Only the simulated services can be broken.' });
  settings.follow((state) => {
    noFaults.hidden = hasFaults(serviceOf(state));
    if (faults instanceof HTMLFieldSetElement) faults.disabled = !noFaults.hidden;
  });
  panel.append(
    faults,
    noFaults,
    make('div', { className: 'row' }, make('h4', { textContent: 'Requests of the element' }), clear),
    none,
    rows,
  );
  render();
  return (entry) => {
    log = logged(log, entry);
    render();
  };
}
