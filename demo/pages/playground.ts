import '../../src/index.js';
import { LOCALES } from './locales.js';
import {
  combine,
  json,
  talonOne,
  xbox,
  type AchievementList,
  type AchievementViewEvent,
  type Backend,
} from '../../src/index.js';
import { DEMO_TOKEN } from '../services/token.js';
import { readAddress, writeAddress } from './playground/address.js';
import { fillCodePanel } from './playground/code-panel.js';
import { check, choice, line, number, segments, wordBoxes } from './playground/controls.js';
import { button, copyButton, find, make } from './playground/dom.js';
import { fillEventsPanel } from './playground/events-panel.js';
import { explain } from './playground/explanation.js';
import {
  ATTRIBUTES,
  LANGUAGES,
  SORT_PRESETS,
  THEME_PROPERTIES,
  type Language,
  type PastedFormat,
  type State,
} from './playground/fields.js';
import { markupOf, optionAttributes } from './playground/markup.js';
import { fillNetworkPanel } from './playground/network-panel.js';
import { fillPastePanel } from './playground/paste-panel.js';
import { pastedFetch } from './playground/pasted.js';
import { SERVICES, TOGETHER, serviceOf } from './playground/services.js';
import { createSettings } from './playground/settings.js';
import { fillThemePanel } from './playground/theme-panel.js';
import { wiretap } from './playground/wire.js';

const BACKENDS: Readonly<Record<PastedFormat, (options: { src: string }) => Backend>> = {
  xbox,
  'talon-one': talonOne,
  json,
};

/** A change of one of these is another list; everything else changes the one that is there. */
const MAKES_ANOTHER = ['service', 'who', 'token', 'format'];

const wide = matchMedia('(min-width: 960px)');
const stage = find('#stage');
const canvas = find('#canvas');

const { state: initial, complaints } = readAddress(location.search);
const settings = createSettings(initial);
let list: AchievementList | undefined;

const events = fillEventsPanel(find('#events'));
const tellWire = fillNetworkPanel(find('#network'), settings);
const showCode = fillCodePanel(find('#code'), settings);
const updateTheme = fillThemePanel(find('#theme'), settings, () => list);
const paste = fillPastePanel(find('#paste'), settings, showList);

/** The service's answer, with the fault that is switched on, and everything in the log. */
const serviceFetch = wiretap({
  fetch: (input, init) => fetch(input, init),
  tell: tellWire,
  now: () => performance.now(),
  reroute(url) {
    const target = new URL(url);
    const { fault = 'none' } = settings.state;
    if (fault !== 'none' && target.origin === location.origin) target.searchParams.set('fault', fault);
    return target.href;
  },
});

function pastedList(): AchievementList | undefined {
  const { pasted } = paste;
  if (!pasted) return undefined;
  const src = new URL(`/pasted/${pasted.format}.json`, location.href).href;
  const made = make('achievement-list');
  made.backend = BACKENDS[pasted.format]({ src });
  made.fetch = wiretap({
    fetch: pastedFetch(pasted.text, pasted.format, src),
    tell: tellWire,
    now: () => performance.now(),
  });
  return made;
}

function serviceList(state: State): AchievementList {
  const made = make('achievement-list');
  made.fetch = serviceFetch;
  if (state['service'] === 'together') {
    const [[, xboxSrc], [, talonOneSrc], [, jsonSrc]] = TOGETHER;
    const prefix = state['token'] === 'on' ? '/secure' : '';
    made.backend = combine(
      xbox({ src: prefix + xboxSrc }),
      talonOne({ src: prefix + talonOneSrc }),
      json({ src: prefix + jsonSrc }),
    );
  }
  const { attributes, needsToken } = markupOf(state);
  const options = new Set([...ATTRIBUTES.map(({ name }) => name), 'data-achievement-theme']);
  for (const [name, value] of attributes) {
    if (!options.has(name)) made.setAttribute(name, value === true ? '' : String(value));
  }
  if (needsToken) made.token = () => DEMO_TOKEN;
  return made;
}

/** Another service, player or answer is another list. */
function showList(): void {
  const { state } = settings;
  explain(find('#explanation'), undefined);
  list = state['service'] === 'paste' ? pastedList() : serviceList(state);
  if (list) {
    const entries = state['service'] === 'paste' ? paste.pasted?.entries : undefined;
    events.listen(list);
    list.addEventListener('achievement-sync', ({ status }) => explain(find('#explanation'), status.problem, entries));
    list.addEventListener('achievement-view', followToolbar);
    applyOptions(list, state);
    stage.replaceChildren(list);
  } else {
    stage.replaceChildren(make('p', { className: 'nothing', textContent: 'What you paste is shown here.' }));
  }
  showCode(markupOf(state, paste.pasted?.format));
  updateTheme();
}

/** Gives the list every attribute as it is set, and takes those away that are not. */
function applyOptions(target: AchievementList, state: State): void {
  const wanted = new Map(optionAttributes(state));
  for (const { name } of ATTRIBUTES) {
    const value = wanted.get(name);
    if (value === undefined) target.removeAttribute(name);
    else if (name !== 'locale') target.setAttribute(name, value === true ? '' : String(value));
  }
  void speak(target, state['locale'] ?? 'en');
}

/** The languages whose words are there. */
const spoken = new Set(['en']);

async function loadWords(locale: string): Promise<void> {
  try {
    await LOCALES[locale as keyof typeof LOCALES]?.();
    spoken.add(locale);
  } catch {
    events.note(`${LANGUAGES[locale as Language]} could not be loaded.`);
  }
}

/** Gives the list its language once the words are there: before, it would ask the service for what it cannot say. */
async function speak(target: AchievementList, locale: string): Promise<void> {
  if (!spoken.has(locale)) await loadWords(locale);
  // Another one may have been chosen while this one was loading.
  if (!spoken.has(locale) || settings.state['locale'] !== locale) return;
  canvas.lang = locale;
  if (locale !== 'en') target.setAttribute('locale', locale);
}

/** Which way a choice travels: from the list's own toolbar into this page, or the other way. */
let travels: 'from the toolbar' | 'to the list' | undefined;

/** What was chosen in the list's own toolbar is what is set. The attributes stay: the list can go back to them. */
function followToolbar({ view: { groupBy, layout, sort, filter, query } }: AchievementViewEvent): void {
  if (travels) return;
  travels = 'from the toolbar';
  settings.set({ layout, sort, filter, query, 'group-by': groupBy });
  travels = undefined;
}

/** What is set here stands before what was chosen in the list's own toolbar, of which the rest is kept. */
function changeList(target: AchievementList, state: State): void {
  travels = 'to the list';
  target.reset();
  travels = undefined;
  applyOptions(target, state);
}

async function post(path: string, body: object): Promise<void> {
  try {
    const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) events.note(`The demo refused: ${answer.status}`);
  } catch {
    events.note('The demo’s server cannot be reached. Is it still running?');
  }
}

async function play(): Promise<void> {
  const { plays = [] } = serviceOf(settings.state);
  await Promise.all(plays.map((service) => post(`/demo/${service}/play`, {})));
  await list?.store?.refresh();
}

async function startOver(): Promise<void> {
  await post('/demo/reset', {});
  await list?.store?.refresh();
}

async function signOut(): Promise<void> {
  await list?.store?.signOut();
  events.note('Nothing of this player is left on this device');
}

function fillServices(): void {
  const cards = segments(settings, 'service');
  cards.className = 'services';
  for (const label of cards.querySelectorAll('label')) {
    const service = SERVICES[label.querySelector('input')?.value ?? ''];
    label
      .querySelector('span')
      ?.replaceChildren(
        make('strong', { textContent: service?.label ?? '' }),
        make('small', { textContent: service?.description ?? '' }),
      );
  }
  find('#services').append(cards);
}

function fillSettings(): void {
  find('#look').append(
    segments(settings, 'layout'),
    segments(settings, 'density'),
    segments(settings, 'theme'),
    check(settings, 'controls'),
    check(settings, 'summary'),
  );
  find('#order').append(
    wordBoxes(settings, 'sections'),
    line(settings, 'sort', SORT_PRESETS, 'state -progress name'),
    choice(settings, 'group-by'),
    wordBoxes(settings, 'filter'),
    line(settings, 'query', [], 'words to find'),
    number(settings, 'limit'),
  );
  find('#content').append(
    wordBoxes(settings, 'hide'),
    segments(settings, 'locked-picture'),
    segments(settings, 'reveal'),
    check(settings, 'hash'),
    line(settings, 'link-schemes', [], 'steam ms-xbl-6e0a8f63'),
  );
  find('#language').append(choice(settings, 'locale', LANGUAGES), segments(settings, 'dir'));
  const who = segments(settings, 'who', { nova: 'Nova', wren: 'Wren', guest: 'A guest' });
  find('#player').append(
    who,
    segments(settings, 'cache'),
    number(settings, 'refresh'),
    check(settings, 'token'),
    make(
      'div',
      { className: 'row' },
      button('Sign out', () => void signOut(), 'small'),
      button('Start over', () => void startOver(), 'small'),
    ),
  );
}

function fillBar(): void {
  const playButton = button('', () => void play(), 'primary');
  playButton.id = 'play-button';
  settings.follow(() => {
    const { playLabel } = serviceOf(settings.state);
    playButton.hidden = !playLabel;
    playButton.textContent = playLabel ?? '';
  });
  find('#bar').append(
    playButton,
    button('Ask again', () => void list?.store?.refresh()),
    make('span', { className: 'spring' }),
    segments(settings, 'width', { full: 'Full', 768: '768', 320: '320' }),
    copyButton(
      'Share',
      'the address of this page',
      () => find('#bar'),
      () => location.href,
    ),
  );
}

/** Settings are open where there is room beside the list, and one touch away elsewhere. */
function fold(): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details.fold')) details.open = wide.matches;
}

fillServices();
fillSettings();
fillBar();
fold();
wide.addEventListener('change', fold);
find('#skip').addEventListener('click', (event) => {
  // The hash belongs to the list.
  event.preventDefault();
  stage.focus();
});
for (const complaint of complaints) events.note(complaint);

let started = false;

/** The demo's proxy has to know who is there before the list asks it. */
async function start(): Promise<void> {
  const { locale = 'en', who } = settings.state;
  await Promise.all([post('/demo/session', { name: who }), loadWords(locale)]);
  showList();
}

settings.follow((state, changed) => {
  history.replaceState(history.state, '', `${location.pathname}${writeAddress(state)}${location.hash}`);
  find('#paste-panel').hidden = state['service'] !== 'paste';
  canvas.dataset['width'] = find('.workspace').dataset['width'] = state['width'] ?? '';
  canvas.dataset['theme'] = state['theme'] ?? '';
  canvas.dir = state['dir'] ?? '';
  if (state['ready-theme'] === 'none') delete canvas.dataset['achievementTheme'];
  else canvas.dataset['achievementTheme'] = state['ready-theme'] ?? '';
  for (const { name } of THEME_PROPERTIES) {
    const value = state[`theme-${name}`];
    if (value) canvas.style.setProperty(`--achievement-${name}`, value);
    else canvas.style.removeProperty(`--achievement-${name}`);
  }
  if (!started || changed.has('who')) {
    started = true;
    void start();
    return;
  }
  if (MAKES_ANOTHER.some((name) => changed.has(name))) {
    showList();
    return;
  }
  if (list && !travels && ATTRIBUTES.some(({ name }) => changed.has(name))) changeList(list, state);
  if (changed.has('fault')) void list?.store?.refresh();
  showCode(markupOf(state, paste.pasted?.format));
  updateTheme();
});
