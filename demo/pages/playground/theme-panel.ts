import { contrastRatio, hexOf, verdict, type Colour, type Use } from './contrast.js';
import { segments } from './controls.js';
import { button, copyButton, make } from './dom.js';
import { THEME_PROPERTIES, type ThemeProperty } from './fields.js';
import { themeValues } from './markup.js';
import type { Settings } from './settings.js';
import { pixelsOf, readThemeCss, themeCss } from './theme-css.js';

/** What stands on what in a list, and what it is. */
const PAIRS: readonly (readonly [label: string, front: string, back: string, use: Use])[] = [
  ['Text on surface', 'text', 'surface', 'text'],
  ['Muted text on surface', 'muted', 'surface', 'text'],
  ['Gold on surface', 'gold', 'surface', 'text'],
  ['Accent on surface', 'accent', 'surface', 'shape'],
];

const isColour = (value: string) => CSS.supports('color', value);

/** The colour of a text as it is painted on another, whatever its notation and the scheme. */
function painter(): (front: string, back: string, scheme: string) => Colour {
  const probe = make('span', { hidden: true });
  const canvas = make('canvas', { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  document.body.append(probe);
  return (front, back, scheme) => {
    probe.style.setProperty('color-scheme', scheme);
    canvas?.clearRect(0, 0, 1, 1);
    for (const colour of [back, front]) {
      probe.style.setProperty('color', colour);
      if (!canvas) continue;
      canvas.fillStyle = getComputedStyle(probe).color;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = canvas?.getImageData(0, 0, 1, 1).data ?? [];
    return [red, green, blue];
  };
}

/**
 * The theme editor.
 * @param list the list as it stands, which knows what it is painted with
 * @returns a function to call when what is painted may have changed
 */
export function fillThemePanel(
  panel: HTMLElement,
  settings: Settings,
  list: () => HTMLElement | undefined,
): () => void {
  const paint = painter();
  const setters: ((effective: (name: string) => string, hex: (name: string) => string) => void)[] = [];
  const rows = make('div', { className: 'properties' });

  for (const { name, label, type } of THEME_PROPERTIES) {
    rows.append(propertyRow(name, label, type));
  }

  function propertyRow(name: ThemeProperty, label: string, type: 'colour' | 'length' | 'font'): HTMLElement {
    const key = `theme-${name}`;
    const set = (value: string) => settings.set({ [key]: value });
    const text = make('input', { spellcheck: false, autocomplete: 'off', id: key });
    const clear = button('×', () => set(''), 'clear');
    clear.ariaLabel = `${label} as it was`;
    const row = make('div', { className: `property ${type}` }, make('label', { htmlFor: key, textContent: label }));
    if (type === 'length') {
      Object.assign(text, { type: 'number', min: '0', max: '99', step: '1' });
      text.addEventListener('input', () => {
        if (text.validity.valid) set(text.value && `${Number(text.value)}px`);
      });
      setters.push((effective) => {
        const length = pixelsOf(settings.state[key] ?? '');
        if (length === undefined ? text.value !== '' : Number(text.value) !== length) text.value = String(length ?? '');
        text.placeholder = String(pixelsOf(effective(name)) ?? 'by layout');
      });
      row.append(text, make('span', { className: 'unit', textContent: 'px' }));
    } else {
      text.type = 'text';
      const swatch = make('input', { type: 'color', ariaLabel: `${label}, chosen by eye` });
      swatch.addEventListener('input', () => set(swatch.value));
      text.addEventListener('input', () => {
        const usable = text.value === '' || type === 'font' || isColour(text.value);
        text.ariaInvalid = String(!usable);
        if (usable) set(text.value);
      });
      setters.push((effective, hex) => {
        const value = settings.state[key] ?? '';
        // A half-written colour stays as it is being written.
        if (text.value !== value && text.ariaInvalid !== 'true') text.value = value;
        if (type === 'font') text.placeholder = 'the page’s';
        else text.placeholder = swatch.value = hex(effective(name));
      });
      if (type === 'colour') row.append(swatch);
      row.append(text);
    }
    setters.push(() => (clear.disabled = !settings.state[key]));
    row.append(clear);
    return row;
  }

  const contrasts = make('dl', { className: 'contrasts' });
  const css = make('pre', { tabIndex: 0 });
  css.role = 'region';
  css.ariaLabel = 'The theme as CSS';
  const importText = make('textarea', {
    rows: 4,
    spellcheck: false,
    placeholder: 'achievement-list { --achievement-accent: #d6336c; }',
    id: 'theme-import',
  });
  const importResult = make('p', { className: 'hint' });
  importResult.role = 'status';

  const importTheme = () => {
    const { values, complaints } = readThemeCss(importText.value, isColour);
    settings.set(
      Object.fromEntries(
        Object.keys(values).length > 0 ? THEME_PROPERTIES.map(({ name }) => [`theme-${name}`, values[name] ?? '']) : [],
      ),
    );
    const count = Object.keys(values).length;
    importResult.textContent = [`${count} ${count === 1 ? 'property' : 'properties'} taken over.`, ...complaints].join(
      ' ',
    );
  };

  panel.append(
    segments(settings, 'ready-theme'),
    rows,
    make('h4', { textContent: 'Contrast, as WCAG counts it' }),
    contrasts,
    make(
      'div',
      { className: 'row' },
      make('h4', { textContent: 'As CSS' }),
      copyButton('Copy', 'the theme', () => css),
      button('Back to the ready theme', () => reset(), 'small'),
    ),
    css,
    make(
      'label',
      { className: 'field', htmlFor: 'theme-import' },
      make('span', { className: 'label', textContent: 'Paste CSS to go on with it' }),
      importText,
    ),
    make('div', { className: 'row' }, button('Take over', importTheme, 'small')),
    importResult,
  );

  function reset(): void {
    settings.set(Object.fromEntries(THEME_PROPERTIES.map(({ name }) => [`theme-${name}`, ''])));
  }

  function update(): void {
    const element = list();
    if (!element) return;
    const style = getComputedStyle(element);
    const effective = (name: string) =>
      (style.getPropertyValue(`--_${name}`) || style.getPropertyValue(`--achievement-${name}`)).trim();
    const surface = effective('surface');
    const colour = (name: string, back = 'surface') => paint(effective(name), effective(back), style.colorScheme);
    for (const setter of setters) setter(effective, (value) => hexOf(paint(value, surface, style.colorScheme)));
    contrasts.replaceChildren(
      ...PAIRS.map(([label, front, back, use]) => {
        const { passes, words } = verdict(contrastRatio(colour(front, back), colour(back)), use);
        return make(
          'div',
          { className: passes ? 'passes' : 'fails' },
          make('dt', { textContent: label }),
          make('dd', { textContent: words }),
        );
      }),
    );
    const text = themeCss(themeValues(settings.state));
    css.textContent = text || '/* Nothing is set: choose a colour above. */';
  }

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', update);
  return update;
}
