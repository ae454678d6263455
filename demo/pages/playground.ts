import '../../src/index.js';
import type { AchievementList } from '../../src/index.js';
import { DEMO_TOKEN, FAULTS } from '../services/index.js';
import { STARFALL_TITLE_ID } from '../services/xbox-data.js';

/** A service as this page offers it: the attributes are all a page needs to write. */
interface Service {
  readonly label: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The path of what plays with it, and the words for playing. */
  readonly play: 'xbox' | 'talon-one' | 'json';
  readonly playLabel: string;
}

const PLAYER = '2533274790395904';

const SERVICES: Readonly<Record<string, Service>> = {
  starfall: {
    label: 'Starfall, on Xbox Live',
    attributes: { backend: 'xbox', src: `/xbox/users/me/achievements?titleId=${STARFALL_TITLE_ID}`, player: PLAYER },
    play: 'xbox',
    playLabel: 'Play a round of Starfall',
  },
  shop: {
    label: 'A coffee shop, on Talon.One',
    attributes: {
      backend: 'talon-one',
      src: '/talon-one/achievements?achievementStatus=active,scheduled',
      player: 'customer-17',
    },
    play: 'talon-one',
    playLabel: 'Buy a coffee',
  },
  json: {
    label: 'Any JSON',
    attributes: { src: '/json/achievements', player: 'ada' },
    play: 'json',
    playLabel: 'Make some progress',
  },
};

/** What can be chosen; the first of each is the default and needs no attribute. */
const CHOICES = {
  layout: ['list', 'grid', 'compact'],
  theme: ['auto', 'light', 'dark'],
  reveal: ['ask', 'never', 'always'],
  sort: ['', 'state -progress', '-unlocked', 'rarity', '-points', 'name', 'ends'],
  filter: ['', 'in-progress', 'locked', 'unlocked', 'in-progress locked', 'expired scheduled'],
  'group-by': ['none', 'state', 'type', 'title', 'campaign', 'category'],
  refresh: ['0', '10', '60'],
} as const;

/** The languages; the first is inside, the others come when they are chosen. */
const LANGUAGES: Readonly<Record<string, readonly [name: string, load: () => Promise<unknown>]>> = {
  en: ['English', () => Promise.resolve()],
  de: ['Deutsch', () => import('../../src/locales/de.js')],
  es: ['Español', () => import('../../src/locales/es.js')],
  fr: ['Français', () => import('../../src/locales/fr.js')],
  it: ['Italiano', () => import('../../src/locales/it.js')],
  nl: ['Nederlands', () => import('../../src/locales/nl.js')],
  pl: ['Polski', () => import('../../src/locales/pl.js')],
  'pt-BR': ['Português (Brasil)', () => import('../../src/locales/pt-BR.js')],
  ar: ['العربية', () => import('../../src/locales/ar.js')],
  ja: ['日本語', () => import('../../src/locales/ja.js')],
  ko: ['한국어', () => import('../../src/locales/ko.js')],
  'zh-CN': ['简体中文', () => import('../../src/locales/zh-CN.js')],
};

const find = <Type extends HTMLElement>(selector: string) => {
  const found = document.querySelector<Type>(selector);
  if (!found) throw new Error(`${selector} is missing`);
  return found;
};

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

let service: Service = SERVICES['starfall'] as Service;
const chosen: Record<string, string> = { summary: 'on' };
let list: AchievementList | undefined;

function note(text: string): void {
  const time = new Date().toLocaleTimeString();
  const log = find('#log');
  log.prepend(make('li', { textContent: `${time}  ${text}` }));
  while (log.children.length > 50) log.lastElementChild?.remove();
}

/** The attributes of the list as they stand, in the order people write them. */
function attributes(): [string, string][] {
  const options = Object.entries(CHOICES).flatMap(([name, [standard]]): [string, string][] => {
    const value = chosen[name] ?? standard;
    return value === standard ? [] : [[name, value]];
  });
  return [...Object.entries(service.attributes), ...options];
}

function describe(): void {
  const written = attributes().map(([name, value]) => ` ${name}="${value}"`);
  const summary = chosen['summary'] ? ' summary' : '';
  const { dir, lang } = document.documentElement;
  const page = lang === 'en' ? '' : `<html lang="${lang}"${dir === 'rtl' ? ' dir="rtl"' : ''}>\n`;
  const words = lang === 'en' ? '' : `<script type="module" src="/locales/${lang}.js"></script>\n`;
  find('#snippet').textContent =
    `${page}<script type="module" src="/achievement-elements.js"></script>\n${words}<achievement-list${written.join('')}${summary}></achievement-list>`;
}

/** A change of service makes a new list; a change of option is an attribute like any other. */
function show(): void {
  list?.remove();
  list = make('achievement-list');
  for (const [name, value] of attributes()) list.setAttribute(name, value);
  list.summary = Boolean(chosen['summary']);
  listen(list);
  find('#stage').replaceChildren(list);
  describe();
}

function listen(shown: AchievementList): void {
  shown.addEventListener('achievement-unlock', ({ achievements, missed }) =>
    note(`Unlocked${missed ? ' since your last visit' : ''}: ${achievements.map(({ name }) => name).join(', ')}`),
  );
  shown.addEventListener('achievement-progress', ({ achievement }) =>
    note(`Progress: ${achievement.name ?? 'a secret achievement'}`),
  );
  shown.addEventListener('achievement-problem', ({ problem }) => note(`Problem, ${problem.code}: ${problem.message}`));
  shown.addEventListener('achievement-reveal', () => note('A secret was revealed'));
  shown.addEventListener('achievement-open', (event) => {
    note(`Open in game: ${event.deepLink}`);
    // There is no game to open.
    event.preventDefault();
  });
}

async function post(path: string, body: object): Promise<void> {
  try {
    const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) note(`The demo refused: ${answer.status}`);
  } catch {
    note('The demo’s server cannot be reached. Is it still running?');
  }
}

/** Buttons of which one is pressed. */
function buttons(
  legend: string,
  options: readonly (readonly [string, string])[],
  pick: (value: string) => void,
  value = '',
) {
  const row = make('div', { className: 'choices' });
  for (const [option, label] of options) {
    const button = make('button', { type: 'button', textContent: label, ariaPressed: String(option === value) });
    button.addEventListener('click', () => {
      for (const other of row.querySelectorAll('button')) other.ariaPressed = String(other === button);
      pick(option);
    });
    row.append(button);
  }
  return make('fieldset', {}, make('legend', { textContent: legend }), row);
}

function select(label: string, options: readonly string[], pick: (value: string) => void) {
  const field = make('select');
  for (const option of options) field.append(make('option', { value: option, textContent: option || 'none' }));
  field.addEventListener('change', () => pick(field.value));
  return make('label', { className: 'field' }, label, field);
}

/** The language of the page, and so of the list; which way it is written ticks the box for that. */
function languageSelect(direction: HTMLInputElement) {
  const field = make('select');
  for (const [tag, [name]] of Object.entries(LANGUAGES)) {
    field.append(make('option', { value: tag, textContent: name, lang: tag }));
  }
  const choose = async (tag: string) => {
    try {
      await LANGUAGES[tag]?.[1]();
    } catch {
      note('This language could not be loaded.');
      return;
    }
    // Another one may have been chosen while this one was loading.
    if (field.value !== tag) return;
    document.documentElement.lang = tag;
    direction.checked = tag === 'ar';
    direction.dispatchEvent(new Event('change'));
  };
  field.addEventListener('change', () => void choose(field.value));
  return make('label', { className: 'field' }, 'Language', field);
}

function set(name: string, value: string): void {
  chosen[name] = value;
  if (name === 'theme') {
    if (value === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = value;
  }
  list?.setAttribute(name, value);
  describe();
}

function fillOptions(): void {
  const panel = find('#options');
  panel.append(
    buttons(
      'Service',
      Object.entries(SERVICES).map(([name, { label }]) => [name, label] as const),
      (name) => {
        service = SERVICES[name] ?? service;
        find('#play-button').textContent = service.playLabel;
        show();
      },
      'starfall',
    ),
    buttons(
      'Layout',
      CHOICES.layout.map((name) => [name, name] as const),
      (value) => set('layout', value),
      'list',
    ),
    buttons(
      'Theme',
      CHOICES.theme.map((name) => [name, name] as const),
      (value) => set('theme', value),
      'auto',
    ),
    select('Sort', CHOICES.sort, (value) => set('sort', value)),
    select('Filter', CHOICES.filter, (value) => set('filter', value)),
    select('Group by', CHOICES['group-by'], (value) => set('group-by', value)),
    select('Secrets', CHOICES.reveal, (value) => set('reveal', value)),
    select('Seconds between polls', CHOICES.refresh, (value) => set('refresh', value)),
  );
  const search = make('input', { type: 'text' });
  search.addEventListener('input', () => {
    if (list) list.query = search.value;
  });
  panel.append(make('label', { className: 'field' }, 'Search', search));
  const direction = make('input', { type: 'checkbox' });
  direction.addEventListener('change', () => {
    document.documentElement.dir = direction.checked ? 'rtl' : 'ltr';
    describe();
  });
  panel.append(languageSelect(direction), make('label', { className: 'check' }, direction, 'Right to left'));
  const totals = make('input', { type: 'checkbox', checked: true });
  totals.addEventListener('change', () => {
    chosen['summary'] = totals.checked ? 'on' : '';
    if (list) list.summary = totals.checked;
    describe();
  });
  panel.append(make('label', { className: 'check' }, totals, 'Totals'));
}

function fillPlay(): void {
  const play = make('button', { type: 'button', id: 'play-button', textContent: service.playLabel });
  play.addEventListener('click', () => void post(`/demo/${service.play}/play`, {}).then(() => list?.store?.refresh()));
  const refresh = make('button', { type: 'button', textContent: 'Ask again' });
  refresh.addEventListener('click', () => void list?.store?.refresh());
  const reset = make('button', { type: 'button', textContent: 'Start over' });
  reset.addEventListener('click', () => void post('/demo/reset', {}).then(() => list?.store?.refresh()));
  const signOut = make('button', { type: 'button', textContent: 'Sign out' });
  signOut.addEventListener(
    'click',
    () => void list?.store?.signOut().then(() => note('Nothing of this player is left on this device')),
  );
  const token = make('button', { type: 'button', textContent: 'Demand a token' });
  token.addEventListener('click', () => {
    if (!list) return;
    list.token = () => DEMO_TOKEN;
    list.src = `/secure${service.attributes['src'] ?? ''}`;
    note('Every call now carries a token that the page hands over');
  });
  find('#play').append(
    make('div', { className: 'choices' }, play, refresh, reset, signOut, token),
    select('What goes wrong', ['', ...FAULTS], (fault) => {
      void post('/demo/faults', { [service.play]: fault || null }).then(() => list?.store?.refresh());
    }),
  );
}

// On a phone the list comes first, and the panels open at a touch.
for (const panel of document.querySelectorAll<HTMLDetailsElement>('details.panel')) {
  panel.open = matchMedia('(min-width: 960px)').matches;
}
fillOptions();
fillPlay();
show();
