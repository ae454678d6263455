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
const THEMES = ['light', 'dark'] as const;
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

function fill(sheet: HTMLElement, layout: AchievementList['layout'], theme: string): void {
  const now = Date.now();
  const examples = everyState(now);
  const achievements = examples.map(({ achievement }) => achievement);
  const some = achievements.slice(0, 3);
  const list = (properties: Partial<AchievementList>) => element('achievement-list', { layout, ...properties });

  section(sheet, `Cards, ${layout}, ${theme}`, list({ achievements, id: `cards-${layout}-${theme}` }));
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
for (const theme of THEMES.filter((name) => (wanted.get('theme') ?? name) === name)) {
  for (const layout of LAYOUTS.filter((name) => (wanted.get('layout') ?? name) === name)) {
    const sheet = element('section', { className: 'sheet', ariaLabel: `${layout}, ${theme}` });
    sheet.dataset['theme'] = theme;
    fill(sheet, layout, theme);
    sheets?.append(sheet);
  }
}
