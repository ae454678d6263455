import type { AchievementList } from '../../../src/index.js';
import { button, make } from './dom.js';

export interface EventsPanel {
  note(text: string): void;
  /** Writes down what a list raises. */
  listen(list: AchievementList): void;
}

const MOST_NOTES = 50;

/** What happened, the newest first. */
export function fillEventsPanel(panel: HTMLElement): EventsPanel {
  const log = make('ol', { className: 'log', id: 'log', tabIndex: 0, ariaLabel: 'Events, the newest first' });
  log.role = 'list';
  const clear = button('Clear', () => log.replaceChildren(), 'small');
  clear.ariaLabel = 'Clear the events';
  panel.append(make('div', { className: 'row' }, make('h4', { textContent: 'What the element raises' }), clear), log);

  function note(text: string): void {
    const time = make('time', { textContent: new Date().toLocaleTimeString() });
    log.prepend(make('li', {}, time, make('span', { textContent: text })));
    while (log.children.length > MOST_NOTES) log.lastElementChild?.remove();
  }

  return {
    note,
    listen(list) {
      list.addEventListener('achievement-unlock', ({ achievements, missed }) =>
        note(`Unlocked${missed ? ' since your last visit' : ''}: ${achievements.map(({ name }) => name).join(', ')}`),
      );
      list.addEventListener('achievement-progress', ({ achievement }) =>
        note(`Progress: ${achievement.name ?? 'a secret achievement'}`),
      );
      list.addEventListener('achievement-problem', ({ problem }) =>
        note(`Problem, ${problem.code}: ${problem.message}`),
      );
      list.addEventListener('achievement-reveal', () => note('A secret was revealed'));
      list.addEventListener('achievement-open', (event) => {
        note(`Open in game: ${event.deepLink}`);
        // There is no game to open.
        event.preventDefault();
      });
    },
  };
}
