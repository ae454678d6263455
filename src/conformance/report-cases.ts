import { type ConformanceCase, NotTested, Unmet, check } from './case.js';
import { excerpt } from './service.js';
import { type Result, type Sent, type World, describeResult, same, told } from './world.js';

const DAY = 86_400_000;
const MOST_REPORTS = 50;

/** Reports that no service can ever do. `set` and `add` stand for both; nothing is moved where they are refused. */
const POISON: readonly (readonly [id: string, what: string, deed: Readonly<Record<string, unknown>>])[] = [
  ['number-text', 'a number that is a text', { set: 'NaN' }],
  ['number-negative', 'an addition below 0', { add: -1 }],
  ['number-zero', 'an addition of nothing', { add: 0 }],
  ['number-huge', 'a number beyond 9007199254740991', { add: 1e308 }],
  ['number-null', 'null for a number', { set: null }],
  ['set-and-add', 'both set and add', { set: 0, add: 1 }],
  ['nothing-done', 'neither set, add nor unlock', {}],
];

const poisonCases = POISON.map(([id, what, deed]): ConformanceCase => ({
  id,
  title: `A report with ${what} is rejected, and moves nothing`,
  why: 'What cannot be read is no progress: done by a guess it would show the player something false.',
  section: 'a-report',
  needs: ['list', 'reports', 'target'],
  steps: 1,
  async run(world, before) {
    await expectRejected(world, world.report(deed));
    await world.expectMoved(before, 0, 'since the report was rejected');
  },
}));

const poison = (world: World, id?: string): Sent => ({
  ...world.report({ add: 1 }, id),
  achievement: 'conformance-no-such-achievement',
});

async function expectRejected(world: World, sent: Sent): Promise<Result> {
  const result = await world.expectOutcome(sent, 'rejected', 'since sending it again would change nothing');
  check(Boolean(result.code), 'a code that says why', () => 'none');
  return result;
}

/** Sends what is done already and has to stay so. */
async function expectDuplicate(world: World, before: number, first: Sent, second: Sent): Promise<void> {
  await world.expectOutcome(first, 'accepted', 'since it is new');
  await world.expectOutcome(second, 'duplicate', 'since its id was done before');
  await world.expectMoved(before, 1, 'since a report is done once');
}

async function recall(world: World, ids: readonly string[]): Promise<Map<string, Result>> {
  const answer = await world.service.ask(world.service.recallUrl(ids));
  check(answer.status === 200, '200', () => told(answer));
  const { results } = Object(answer.body) as Record<string, unknown>;
  check(Array.isArray(results), '{ "results": [ … ] }', () => told(answer));
  return new Map((results as Result[]).map((result) => [result.id, result]));
}

async function expectRefused(world: World, body: string, allowed: readonly number[]): Promise<void> {
  const answer = await world.service.postBody(body);
  check(allowed.includes(answer.status), allowed.join(' or '), () => told(answer));
}

export const reportCases: readonly ConformanceCase[] = [
  {
    id: 'report-accepted',
    title: 'A report is accepted',
    why: 'It stays on the device until it is.',
    section: 'reports',
    needs: ['list', 'reports', 'target'],
    steps: 1,
    async run(world) {
      await world.expectOutcome(world.add(), 'accepted', 'since it is new and can be done');
    },
  },
  {
    id: 'report-effect',
    title: 'What was accepted is in the next list',
    why: 'The page shows its own guess until then, and the player would see the progress go back.',
    section: 'reports',
    needs: ['list', 'reports', 'target'],
    steps: 1,
    async run(world, before) {
      await world.outcome(world.add());
      await world.expectMoved(before, 1, 'since that was added and accepted');
    },
  },
  {
    id: 'report-achievement',
    title: 'An achievement in a result is the one that moved, as it is now',
    why: 'It is shown at once, before the next list.',
    section: 'reports',
    needs: ['list', 'reports', 'target'],
    steps: 1,
    async run(world, before) {
      const { id, step } = world.moving;
      const { achievement } = await world.outcome(world.add());
      if (achievement == null) throw new NotTested('results hold no achievements, which they need not');
      const made = world.read(achievement);
      if (typeof made === 'string') throw new Unmet('an achievement as in the list', made);
      check(made.id === id, `the achievement ${id}`, () => excerpt(made.id));
      const current = made.requirements[0]?.current ?? 0;
      check(same(current, before + step), `its progress, ${before + step}`, () => `${current}`);
    },
  },
  {
    id: 'report-content-type',
    title: 'The answer to reports is JSON that nobody keeps',
    why: 'It speaks of one player, at one moment.',
    section: 'reports',
    needs: ['list', 'reports'],
    async run({ service }) {
      const { headers } = await service.post([]);
      const type = headers.get('content-type') ?? 'no content type';
      check(/^application\/(?:[\w.-]+\+)?json\b/i.test(type), 'application/json', () => excerpt(type));
      const control = headers.get('cache-control') ?? '';
      check(!/\bpublic\b|s-maxage/i.test(control), 'no Cache-Control: public', () => excerpt(control));
    },
  },
  {
    id: 'results-complete',
    title: 'Every report has one result, and nothing else has',
    why: 'What has no result is sent again, for ever.',
    section: 'reports',
    needs: ['list', 'reports', 'target'],
    steps: 2,
    async run(world) {
      const sent = [world.add(), poison(world), world.add()];
      const answer = await world.service.post(sent);
      const ids = world.results(sent, answer).map(({ id }) => id);
      const wanted = sent.map(({ id }) => id);
      check(
        ids.slice().sort().join() === wanted.sort().join(),
        'each of three ids once',
        () => `${ids.length} results`,
      );
    },
  },
  {
    id: 'set-raises',
    title: 'A set raises the progress to what it says',
    why: 'It is how games tell where a player is.',
    section: 'a-report',
    needs: ['list', 'reports', 'target'],
    steps: 2,
    async run(world, before) {
      const { step } = world.moving;
      await world.expectOutcome(world.set(before + 2 * step), 'accepted', 'since it can be done');
      await world.expectMoved(before, 2, 'since it was set to that');
    },
  },
  {
    id: 'set-never-lowers',
    title: 'A set that comes late does not lower the progress',
    why: 'Two devices of a player send in any order, and none of them may take something away.',
    section: 'order',
    needs: ['list', 'reports', 'target'],
    steps: 2,
    async run(world, before) {
      const { step } = world.moving;
      await world.outcome(world.set(before + 2 * step));
      const late = world.set(before + step);
      await world.expectOutcome(late, 'accepted', 'since what it says is so: there is at least that much');
      await world.expectMoved(before, 2, 'since a lower set changes nothing');
    },
  },
  {
    id: 'order-in-request',
    title: 'The reports of a request are done in its order',
    why: 'A set after an addition means something else than an addition after a set.',
    section: 'order',
    needs: ['list', 'reports', 'target'],
    steps: 3,
    async run(world, before) {
      const { step } = world.moving;
      await world.deliver([world.set(before + 2 * step), world.add()]);
      await world.expectMoved(before, 3, 'since it was set to 2 more, and then 1 was added');
    },
  },
  {
    id: 'unlock-again',
    title: 'An unlock of what is unlocked changes nothing',
    why: 'The day on which it was earned is what a player is proud of.',
    section: 'a-report',
    needs: ['list', 'reports'],
    async run(world) {
      const find = async (id?: string) =>
        (await world.achievements()).find(
          (each) => each.state === 'unlocked' && each.unlockedAt && !each.revoked && (!id || each.id === id),
        );
      const earned = await find();
      if (!earned) throw new NotTested('nothing is unlocked');
      await world.outcome({ ...world.report({ unlock: true }), achievement: earned.id });
      const after = await find(earned.id);
      check(
        after?.unlockedAt === earned.unlockedAt,
        `${earned.id} still unlocked on ${new Date(earned.unlockedAt ?? 0).toISOString()}`,
        () => (after?.unlockedAt === undefined ? 'no such day' : new Date(after.unlockedAt).toISOString()),
      );
    },
  },
  {
    id: 'duplicate',
    title: 'A report that is sent again is a duplicate, and done once',
    why: 'An answer that was lost on the way makes the page send it again.',
    section: 'idempotency',
    needs: ['list', 'reports', 'target'],
    steps: 2,
    async run(world, before) {
      const sent = world.add();
      await expectDuplicate(world, before, sent, sent);
    },
  },
  {
    id: 'duplicate-other-payload',
    title: 'The id decides, whatever else a report says',
    why: 'A page that was updated in between may write the same report in another way.',
    section: 'idempotency',
    needs: ['list', 'reports', 'target'],
    steps: 3,
    async run(world, before) {
      const sent = world.add();
      await expectDuplicate(world, before, sent, world.add(2, sent.id));
    },
  },
  {
    id: 'duplicate-in-request',
    title: 'An id that stands twice in a request is one report',
    why: 'It is the same report, however it came there twice.',
    section: 'idempotency',
    needs: ['list', 'reports', 'target'],
    steps: 2,
    async run(world, before) {
      const sent = world.add();
      const twice = [sent, sent];
      world.results(twice, await world.service.post(twice));
      await world.deliver([sent]);
      await world.expectMoved(before, 1, 'since a report is done once');
    },
  },
  {
    id: 'duplicate-concurrent',
    title: 'Ten times the same report at once is done once',
    why: 'Two tabs send at the same moment, and so do a page and its own repetition.',
    section: 'idempotency',
    needs: ['list', 'reports', 'target'],
    steps: 10,
    async run(world, before) {
      const sent = world.add();
      const answers = await Promise.all(Array.from({ length: 10 }, () => world.service.post([sent])));
      const outcomes = answers.flatMap((answer) =>
        [409, 429, 503].includes(answer.status) ? 'retry' : world.results([sent], answer).map(({ outcome }) => outcome),
      );
      const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
      const one = count('accepted') === 1 && count('rejected') === 0;
      check(one, 'one "accepted", the others "duplicate" or "retry"', () => outcomes.join(', '));
      await world.expectOutcome(sent, 'duplicate', 'since one of the ten was accepted');
      await world.expectMoved(before, 1, 'since a report is done once');
    },
  },
  {
    id: 'partial-accept',
    title: 'A report that cannot be done holds up no other',
    why: 'One bad report would keep everything that a player does from ever being counted.',
    section: 'a-report-that-cannot-be-done',
    needs: ['list', 'reports', 'target'],
    steps: 2,
    async run(world, before) {
      const sent = [world.add(), poison(world), world.add()];
      const results = await world.deliver(sent);
      const outcomes = sent.map(({ id }) => results.get(id)?.outcome ?? 'none').join(', ');
      check(outcomes === 'accepted, rejected, accepted', 'accepted, rejected, accepted', () => outcomes);
      await world.expectMoved(before, 2, 'since the good ones are done');
    },
  },
  {
    id: 'poison-alone',
    title: 'A report that cannot be done is rejected with status 200, also alone',
    why: 'A status of 400 speaks of the request: nothing of it is answered, and it is sent again.',
    section: 'a-report-that-cannot-be-done',
    needs: ['list', 'reports'],
    async run(world) {
      await expectRejected(world, poison(world));
    },
  },
  {
    id: 'poison-again',
    title: 'What was rejected is rejected again',
    why: 'The answer may have been lost, and the page has to learn of it all the same.',
    section: 'idempotency',
    needs: ['list', 'reports', 'target'],
    steps: 1,
    async run(world, before) {
      const bad = poison(world);
      await expectRejected(world, bad);
      await expectRejected(world, world.add(1, bad.id));
      await world.expectMoved(before, 0, 'since that id was rejected');
    },
  },
  {
    id: 'unknown-achievement',
    title: 'A report of an unknown achievement is rejected as that',
    why: 'A game may be newer than the service; its author has to see what is missing.',
    section: 'a-report-that-cannot-be-done',
    needs: ['list', 'reports'],
    async run(world) {
      const { code } = await expectRejected(world, poison(world));
      check(code === 'unknown-achievement', 'the code unknown-achievement', () => excerpt(String(code)));
    },
  },
  ...poisonCases,
  {
    id: 'bad-items',
    title: 'What is no report at all holds up no other',
    why: 'A page must not be stuck with something that it cannot even name.',
    section: 'a-report-that-cannot-be-done',
    needs: ['list', 'reports', 'target'],
    steps: 1,
    async run(world, before) {
      const sent = world.add();
      const answer = await world.service.post([null, 5, 'x', {}, sent]);
      check(answer.status === 200, '200', () => told(answer));
      const { results } = Object(answer.body) as { results?: Result[] };
      const outcome = results?.find?.((result) => result?.id === sent.id)?.outcome;
      check(outcome === 'accepted', '"accepted" for the one that is a report', () => String(outcome));
      await world.expectMoved(before, 1, 'since that one is done');
    },
  },
  {
    id: 'fifty',
    title: 'Fifty reports in one request are taken',
    why: 'A page that was offline for long sends them so.',
    section: 'reports',
    needs: ['list', 'reports', 'target'],
    steps: 1,
    async run(world, before) {
      const sent = Array.from({ length: MOST_REPORTS }, () => world.set(before));
      const results = await world.deliver(sent);
      const accepted = sent.filter(({ id }) => results.get(id)?.outcome === 'accepted').length;
      check(accepted === MOST_REPORTS, '50 times "accepted"', () => `${accepted} times`);
      await world.expectMoved(before, 0, 'since all of them say what is so already');
    },
  },
  {
    id: 'too-large',
    title: 'A request that is far too large is refused with 413 or 400, and answered',
    why: 'A connection that breaks looks like a bad network, and a 500 like a bad day: both are tried again for ever.',
    section: 'errors',
    needs: ['list', 'reports'],
    async run(world) {
      const sent = Array.from({ length: 20_000 }, () => poison(world));
      const answer = await world.service.post(sent);
      check([200, 400, 413].includes(answer.status), '413, or 400', () => told(answer));
    },
  },
  {
    id: 'not-json',
    title: 'A request that is no JSON is refused with 400',
    why: 'It is a mistake of the page’s author, who has to see it.',
    section: 'errors',
    needs: ['list', 'reports'],
    run: (world) => expectRefused(world, '{"reports":[', [400]),
  },
  {
    id: 'no-reports',
    title: 'A request without a list of reports is refused with 400',
    why: 'It is a mistake of the page’s author, who has to see it.',
    section: 'errors',
    needs: ['list', 'reports'],
    async run(world) {
      await expectRefused(world, '{}', [400]);
      await expectRefused(world, '{"reports":"none"}', [400]);
    },
  },
  {
    id: 'empty-reports',
    title: 'A request with no reports has no results',
    why: 'Nothing to do is no mistake.',
    section: 'reports',
    needs: ['list', 'reports'],
    async run(world) {
      const answer = await world.service.post([]);
      const results = world.results([], answer);
      check(results.length === 0, '{ "results": [] }', () => told(answer));
    },
  },
  {
    id: 'recall-known',
    title: 'A service tells what became of a report',
    why: 'A page that was away for long asks before it sends again.',
    section: 'recall',
    needs: ['list', 'reports', 'target'],
    steps: 1,
    async run(world) {
      const [good, bad] = [world.add(), poison(world)];
      await world.deliver([good, bad]);
      const results = await recall(world, [good.id, bad.id]);
      for (const [{ id }, wanted] of [
        [good, 'accepted'],
        [bad, 'rejected'],
      ] as const) {
        const result = results.get(id);
        check(result?.outcome === wanted, `"${wanted}"`, () => (result ? describeResult(result) : 'nothing'));
      }
    },
  },
  {
    id: 'recall-unknown',
    title: 'A report that a service does not know is left out',
    why: 'The page takes what is told for done, and sends again what is not.',
    section: 'recall',
    needs: ['list', 'reports'],
    async run(world) {
      const results = await recall(world, [world.createId()]);
      check(results.size === 0, '{ "results": [] }', () => `${results.size} results`);
    },
  },
  {
    id: 'recall-many',
    title: 'Fifty reports can be asked for at once',
    why: 'It is what a page does that was offline for a month.',
    section: 'recall',
    needs: ['list', 'reports'],
    async run(world) {
      const bad = poison(world);
      await world.outcome(bad);
      const ids = Array.from({ length: MOST_REPORTS - 1 }, world.createId);
      const results = await recall(world, [...ids, bad.id]);
      check(results.size === 1 && results.has(bad.id), 'the one that is known', () => `${results.size} results`);
    },
  },
  {
    id: 'old-report',
    title: 'A report of something long ago is done, and once',
    why: 'A device may be without a network for weeks. When it happened is not when it was sent.',
    section: 'idempotency',
    needs: ['list', 'reports', 'target'],
    steps: 2,
    async run(world, before) {
      const at = new Date(world.service.clock.now() - 45 * DAY).toISOString();
      const sent = { ...world.add(), at };
      await expectDuplicate(world, before, sent, sent);
    },
  },
  {
    id: 'late-replay',
    title: 'Everything that was settled is still known at the end',
    why: 'A report that is sent again after others were would be done twice.',
    section: 'idempotency',
    needs: ['list', 'reports', 'target'],
    steps: 2,
    async run(world, before) {
      const first = world.add();
      await world.outcome(first);
      const known = [...world.settled].filter(([id]) => id !== first.id).slice(0, MOST_REPORTS - 1);
      // Of those that should have been known none does harm.
      const sent = [first, ...known.map(([id]) => world.set(0, id))];
      const results = await world.deliver(sent);
      for (const [id, outcome] of [[first.id, 'accepted'] as const, ...known]) {
        const wanted = outcome === 'accepted' ? 'duplicate' : outcome;
        const result = results.get(id);
        check(result?.outcome === wanted, `"${wanted}" again`, () => (result ? describeResult(result) : 'nothing'));
      }
      await world.expectMoved(before, 1, 'since everything else was settled before');
    },
  },
];
