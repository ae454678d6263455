import { make } from './dom.js';
import { fieldOf } from './fields.js';
import type { Settings } from './settings.js';

let last = 0;

/** What people call it, and the attribute it writes. */
function labelOf(name: string): Node[] {
  const { label, standard } = fieldOf(name);
  const words = make('span', { textContent: label });
  // Those that see the attribute know what to write; read out it would only say the same again.
  const code = make('code', { textContent: name, ariaHidden: 'true' });
  return standard === undefined ? [words] : [words, code];
}

function follow(settings: Settings, name: string, show: (value: string) => void): void {
  settings.follow((state, changed) => {
    if (changed.has(name)) show(state[name] ?? '');
  });
}

/** Radio buttons that look like one bar; `labels` are for values that say too little. */
export function segments(settings: Settings, name: string, labels: Readonly<Record<string, string>> = {}): HTMLElement {
  const { values = [] } = fieldOf(name);
  const group = `${name}-${++last}`;
  const bar = make('div', { className: 'segments' });
  const inputs = values.map((value) => {
    const input = make('input', { type: 'radio', name: group, value });
    input.addEventListener('change', () => settings.set({ [name]: value }));
    bar.append(make('label', {}, input, make('span', { textContent: labels[value] ?? value })));
    return input;
  });
  follow(settings, name, (value) => inputs.forEach((input) => (input.checked = input.value === value)));
  return make('fieldset', { className: 'field' }, make('legend', {}, ...labelOf(name)), bar);
}

export function choice(settings: Settings, name: string, labels: Readonly<Record<string, string>> = {}): HTMLElement {
  const field = make('select');
  for (const value of fieldOf(name).values ?? []) {
    const option = make('option', { value, textContent: labels[value] ?? value });
    if (name === 'locale') option.lang = value;
    field.append(option);
  }
  field.addEventListener('change', () => settings.set({ [name]: field.value }));
  follow(settings, name, (value) => (field.value = value));
  return make('label', { className: 'field' }, make('span', { className: 'label' }, ...labelOf(name)), field);
}

export function check(settings: Settings, name: string): HTMLElement {
  const input = make('input', { type: 'checkbox' });
  input.addEventListener('change', () => settings.set({ [name]: input.checked ? 'on' : 'off' }));
  follow(settings, name, (value) => (input.checked = value === 'on'));
  return make('label', { className: 'check' }, input, ...labelOf(name));
}

/** A box for each word; all of them are `all` where the attribute knows that. */
export function wordBoxes(settings: Settings, name: string): HTMLElement {
  const { values = [] } = fieldOf(name);
  const hasAll = name === 'sections';
  const boxes = values.map((word) => make('input', { type: 'checkbox', value: word }));
  const bar = make('div', { className: 'boxes' });
  for (const box of boxes) {
    bar.append(make('label', { className: 'box' }, box, make('span', { textContent: box.value })));
    box.addEventListener('change', () => {
      const chosen = boxes.filter(({ checked }) => checked).map(({ value }) => value);
      settings.set({ [name]: hasAll && chosen.length === boxes.length ? 'all' : chosen.join(' ') });
    });
  }
  follow(settings, name, (value) => {
    const chosen = new Set(value.split(' '));
    for (const box of boxes) box.checked = (hasAll && value === 'all') || chosen.has(box.value);
  });
  return make('fieldset', { className: 'field' }, make('legend', {}, ...labelOf(name)), bar);
}

/** A line of text; `presets` are offered, and anything else can be written. */
export function line(settings: Settings, name: string, presets: readonly string[] = [], placeholder = ''): HTMLElement {
  const input = make('input', { type: 'text', placeholder, spellcheck: false, autocomplete: 'off' });
  input.addEventListener('input', () => settings.set({ [name]: input.value }));
  follow(settings, name, (value) => {
    // While it is being written in, it is the newest there is.
    if (input.value !== value) input.value = value;
  });
  const field = make('label', { className: 'field' }, make('span', { className: 'label' }, ...labelOf(name)), input);
  if (presets.length === 0) return field;
  const select = make('select', { ariaLabel: `${fieldOf(name).label}: ready ones` });
  for (const preset of presets) select.append(make('option', { value: preset, textContent: preset || 'as it comes' }));
  const other = make('option', { value: '*', textContent: 'your own', disabled: true });
  select.append(other);
  select.addEventListener('change', () => settings.set({ [name]: select.value }));
  follow(settings, name, (value) => (select.value = presets.includes(value) ? value : '*'));
  return make('div', { className: 'pair' }, field, select);
}

export function number(settings: Settings, name: string): HTMLElement {
  const input = make('input', { type: 'number', min: '0', max: '999999', step: '1' });
  input.addEventListener('input', () => {
    if (input.validity.valid) settings.set({ [name]: String(Number(input.value || '0')) });
  });
  follow(settings, name, (value) => {
    if (Number(input.value) !== Number(value) || input.value === '') input.value = value;
  });
  return make('label', { className: 'field' }, make('span', { className: 'label' }, ...labelOf(name)), input);
}
