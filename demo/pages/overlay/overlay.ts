import '../../../src/define/achievement-gamepad.js';
import '../../../src/define/achievement-list.js';
import '../../../src/define/achievement-toasts.js';
import '../../../src/define/achievement-tracker.js';
import { connectBridge } from '../../../src/bridge/index.js';
import { systemClock } from '../../../src/model/clock.js';
import { LOCALES } from '../locales.js';
import { help } from './help.js';
import { readOptions } from './options.js';
import { playScene, sceneBackend } from './scene.js';

/** Between two plays of the scene, in milliseconds: longer than a notice stays. */
const INTERVAL = 8000;

const { attributes, page, mistakes } = readOptions(location.search);
for (const mistake of mistakes) console.warn(`The overlay's address: ${mistake}`);

const root = document.documentElement;
root.dataset['theme'] = page['theme'] ?? 'dark';
root.dataset['background'] = page['background'] ?? 'none';
root.dir = page['dir'] ?? 'ltr';
if (attributes.source['locale']) root.lang = attributes.source['locale'];
root.style.setProperty('--overlay-scale', attributes.toasts['scale'] ?? '1');

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, members: Readonly<Record<string, string>> = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(members)) element.setAttribute(name, value);
  return element;
}

const isTest = 'test' in page;

if (!isTest && attributes.source['src'] === undefined) document.body.append(help(mistakes));
else void start();

async function start(): Promise<void> {
  const { locale = '' } = attributes.source;
  // Without its words it is in English.
  if (Object.hasOwn(LOCALES, locale)) await LOCALES[locale as keyof typeof LOCALES]().catch(() => undefined);
  const source = make('achievement-source', attributes.source);
  if (isTest) source.backend = sceneBackend(systemClock.now());
  source.append(make('achievement-toasts', attributes.toasts));
  if (page['tracker'] !== undefined) {
    const shown = page['tracker'].replace(/^(?:all|1|true|)$/, '');
    const tracker = make('achievement-tracker', { ...attributes.tracker, ...(shown ? { show: shown } : {}) });
    tracker.dataset['place'] = page['tracker-position'] ?? 'top-start';
    source.append(tracker);
  }
  if ('gamepad' in page) {
    root.dataset['gamepad'] = '';
    source.append(make('achievement-gamepad'));
  }
  document.body.append(source);

  let panel: HTMLElement | undefined;
  const hide = () => {
    panel?.remove();
    panel = undefined;
  };
  const show = () => {
    if (panel) return;
    panel = document.createElement('div');
    panel.className = 'panel';
    panel.append(make('achievement-list', { controls: '', summary: '' }));
    source.append(panel);
  };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) hide();
  });
  if ('list' in page) show();

  const origins = (page['origins'] ?? '').split(/\s+/).filter((origin) => origin !== '');
  if (origins.length > 0 && source.store) connectBridge(source.store, { origins, onShow: show, onHide: hide });
  if (isTest && source.store) {
    const { signal } = new AbortController();
    for (;;) {
      await playScene(source.store, systemClock, signal);
      await new Promise((resolve) => systemClock.setTimeout(() => resolve(undefined), INTERVAL));
      source.backend = sceneBackend(systemClock.now());
      await source.updateComplete;
    }
  }
}
