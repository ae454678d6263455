import '../../src/index.js';
import {
  ProblemError,
  memory,
  type Achievement,
  type AchievementList,
  type Backend,
  type Problem,
  type ProblemCode,
} from '../../src/index.js';
import { everyState } from './every-state.js';

const LAYOUTS = ['list', 'grid', 'compact'] as const;
const SCHEMES = ['light', 'dark'] as const;
const READY_THEMES = ['midnight', 'paper', 'console', 'storefront'] as const;
const PROBLEMS: readonly Problem[] = (
  [
    'offline',
    'timeout',
    'unauthorized',
    'forbidden',
    'not-found',
    'rate-limited',
    'server',
    'bad-shape',
  ] satisfies ProblemCode[]
).map((code) => ({ code, message: `A ${code} problem, as the demo plays it.` }));

const wanted = new URLSearchParams(location.search);
document.documentElement.dir = wanted.get('dir') ?? 'ltr';
if (wanted.has('lang')) document.documentElement.lang = wanted.get('lang') ?? 'en';

/** A backend that answers once with what it is given, and then has a problem. */
function thenTrouble(achievements: readonly Achievement[] | undefined, problem: Problem): Backend {
  let answered = achievements === undefined;
  return {
    id: 'demo',
    scope: problem.code,
    pull: () => {
      if (answered) return Promise.reject(new ProblemError(problem));
      answered = true;
      return Promise.resolve({ achievements: achievements ?? [] });
    },
  };
}

const neverAnswers: Backend = { id: 'demo', scope: 'never', pull: () => new Promise(() => undefined) };

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), properties);
}

function section(sheet: HTMLElement, heading: string, list: HTMLElement): void {
  sheet.append(element('h3', { textContent: heading }), list);
}

const achievements = everyState(Date.now()).map(({ achievement }) => achievement);

/** What looks different in each theme: every card, the toolbar with what matters now, and open details. */
function fillWithCards(sheet: HTMLElement, layout: AchievementList['layout'], theme: string): void {
  const list = element('achievement-list', {
    id: `cards-${layout}-${theme}`,
    achievements,
    layout,
    summary: true,
    controls: true,
    sections: 'all',
    pinned: ['example-5'],
  });
  section(sheet, `Cards, ${layout}, ${theme}`, list);
}

function fillWithTheRest(sheet: HTMLElement, layout: AchievementList['layout']): void {
  const some = achievements.slice(0, 3);
  const list = (properties: Partial<AchievementList>) => element('achievement-list', { layout, ...properties });

  for (const density of ['compact', 'spacious'] as const) {
    section(sheet, `Density: ${density}`, list({ achievements: achievements.slice(5, 9), density }));
  }
  for (const lockedPicture of ['own', 'hidden'] as const) {
    section(sheet, `Pictures before the unlock: ${lockedPicture}`, list({ achievements: some, lockedPicture }));
  }
  section(sheet, 'Fields hidden', list({ achievements: some, hide: 'icon state rarity action' }));
  section(sheet, 'Nothing found', list({ achievements, controls: true, query: 'no such thing' }));
  const revealed = list({ achievements: achievements.filter(({ secret }) => secret), reveal: 'always' });
  section(sheet, 'Secrets, revealed', revealed);
  section(sheet, 'With totals, up to date', list({ backend: memory({ achievements: some }), summary: true }));
  section(sheet, 'Loading', list({ backend: neverAnswers }));
  section(sheet, 'Empty', list({ backend: memory({ achievements: [] }), summary: true }));
  for (const problem of PROBLEMS) {
    section(sheet, `Problem: ${problem.code}`, list({ backend: thenTrouble(undefined, problem) }));
  }
  for (const problem of PROBLEMS.slice(0, 3)) {
    const stale = list({ backend: thenTrouble(some, problem), summary: true });
    section(sheet, `Stale: ${problem.code}`, stale);
    let asked = false;
    stale.addEventListener('achievement-sync', ({ status }) => {
      if (asked || status.activity !== 'idle') return;
      asked = true;
      void stale.store?.refresh();
    });
  }
  const skipped = { index: 3, id: '17', reason: 'name: expected string' };
  const partial: Backend = {
    id: 'demo',
    scope: 'partial',
    pull: () =>
      Promise.resolve({
        achievements: some,
        problem: { code: 'bad-shape', message: '1 of 4 achievements could not be read.', skipped: [skipped] },
      }),
  };
  section(sheet, 'Partly readable', list({ backend: partial, summary: true }));
  const unknownBackend = list({ src: '/nowhere' });
  unknownBackend.backend = 'no-such-service';
  section(sheet, 'A backend nobody registered', unknownBackend);
}

const sheets = document.querySelector<HTMLElement>('#sheets');
for (const theme of [...SCHEMES, ...READY_THEMES].filter((name) => (wanted.get('theme') ?? name) === name)) {
  const scheme = SCHEMES.find((name) => name === theme);
  for (const layout of LAYOUTS.filter((name) => (wanted.get('layout') ?? name) === name)) {
    const sheet = element('section', { className: `sheet ${scheme ? '' : theme}`, ariaLabel: `${layout}, ${theme}` });
    sheet.dataset[scheme ? 'theme' : 'achievementTheme'] = theme;
    fillWithCards(sheet, layout, theme);
    if (scheme) fillWithTheRest(sheet, layout);
    sheets?.append(sheet);
  }
}
