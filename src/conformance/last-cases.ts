import { type ConformanceCase, check } from './case.js';
import { type Answer, excerpt } from './service.js';

const refused = ({ status }: Answer) => status === 401 || status === 403;

const WRONG_TOKEN = 'conformance-wrong-token';

/** Who is asking, and what all answers together tell: these come last. */
export const lastCases: readonly ConformanceCase[] = [
  {
    id: 'token-wrong',
    title: 'A wrong token is refused with 401',
    why: 'Anybody could read the list of anybody. With 401 the page asks its host for a new token.',
    section: 'security',
    needs: ['list', 'token'],
    async run({ service }) {
      const { status } = await service.ask(service.url, { token: WRONG_TOKEN });
      check(status === 401, '401', () => `${status}`);
    },
  },
  {
    id: 'token-missing',
    title: 'A request without a token is refused',
    why: 'Anybody could read the list of anybody.',
    section: 'security',
    needs: ['list', 'token'],
    async run({ service }) {
      const answer = await service.ask(service.url, { token: null });
      check(refused(answer), '401', () => `${answer.status}`);
    },
  },
  {
    id: 'token-for-reports',
    title: 'Reports and events are refused with a wrong token too',
    why: 'Anybody could unlock anything for anybody.',
    section: 'security',
    needs: ['list', 'token', 'reports'],
    async run({ service }) {
      const answer = await service.post([], { token: WRONG_TOKEN });
      check(refused(answer), '401', () => `${answer.status}`);
      const { status } = await service.ask(service.recallUrl(['conformance']), { token: WRONG_TOKEN });
      check(status === 401 || status === 403, '401', () => `${status}`);
    },
  },
  {
    id: 'token-not-echoed',
    title: 'No answer repeats the token',
    why: 'Answers are logged, cached and shown.',
    section: 'security',
    needs: ['list', 'token'],
    async run({ service: { log } }) {
      const echo = log.find(({ echoed }) => echoed);
      check(echo === undefined, 'no answer with the token in it', () => echo?.what ?? '');
    },
  },
  {
    id: 'results-each-once',
    title: 'Every answer to reports was complete',
    why: 'What has no result is sent again, for ever.',
    section: 'reports',
    needs: ['list', 'reports'],
    async run({ faults: { complete } }) {
      check(complete.length === 0, 'one result for each id that was sent, in every answer', () => complete[0] ?? '');
    },
  },
  {
    id: 'results-well-formed',
    title: 'Every result had a known outcome, and a code where it needs one',
    why: 'A player who asks why something was rejected gets the code.',
    section: 'reports',
    needs: ['list', 'reports'],
    async run({ faults }) {
      const wrong = faults['well-formed'];
      check(wrong.length === 0, 'results as in docs/protocol.schema.json', () => excerpt(wrong[0] ?? ''));
    },
  },
  {
    id: 'retry-order',
    title: 'After a "retry" nothing of the same achievement was done in that request',
    why: 'The one that was put off would be done after what came later.',
    section: 'order',
    needs: ['list', 'reports'],
    async run({ faults }) {
      const wrong = faults['retry-order'];
      check(wrong.length === 0, '"retry" for every later report of the same achievement', () => wrong[0] ?? '');
    },
  },
  {
    id: 'no-server-errors',
    title: 'Nothing made the service fail',
    why: 'A 500 is tried again, and what made it fail once does so again.',
    section: 'errors',
    needs: ['list'],
    async run({ service: { log } }) {
      const failed = log.find(({ status }) => status >= 500 && status !== 501 && status !== 503);
      check(failed === undefined, 'no status of 500', () => `${failed?.status} for ${failed?.what}`);
    },
  },
];
