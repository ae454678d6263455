import { dropAbsent } from '../model/absent.js';
import type { Achievement } from '../model/achievement.js';
import type { Backend, Call, Report, ReportAnswer } from '../model/backend.js';
import { visible } from '../model/masking.js';
import { type Overrides, applyOverrides } from '../model/overrides.js';
import { type Problem, ProblemError, problemFrom } from '../model/problem.js';
import { type ReadOverrides, readOverrides } from '../model/reader/overrides.js';
import { baseUrl } from './base-url.js';
import { together } from './combine.js';
import { digestOf } from '../model/digest.js';
import { type JsonAnswer, requestJson } from './http.js';
import { sourceOf } from './source.js';
import { writeJson } from '../model/json.js';

/** What the achievements wait for a file of pictures at most, in milliseconds. */
const PATIENCE = 5000;

/** Overrides as they were read. */
interface Reading extends ReadOverrides {
  readonly digest: string;
}

/** @throws {ProblemError} `bad-shape` where there is nothing to be read at all */
function readAll(body: unknown, base: string, digest: string, holder: string): Reading {
  const read = readOverrides(body, base);
  if (read) return { ...read, digest };
  const message = `${holder} holds none. It needs { "achievements": { "…": { … } } }.`;
  throw new ProblemError({ code: 'bad-shape', message });
}

/** What could not be read, under a name only where the achievement's name may be shown. */
function problemOf({ omissions, total }: Reading, achievements: readonly Achievement[]): Problem | undefined {
  const problem = omissions.problem(total, 'overrides');
  if (!problem) return undefined;
  const names = new Set(
    achievements.map((each) => visible(each)).flatMap(({ key, apiName, id, name }) => [key, apiName, id, name]),
  );
  const told = <Item extends { readonly id?: string }>(items: readonly Item[] | undefined) =>
    items?.map(({ id, ...item }) => ({ ...item, ...(names.has(id) ? { id } : {}) }) as Item);
  return dropAbsent({ ...problem, skipped: told(problem.skipped), omitted: told(problem.omitted) });
}

/**
 * Answers whose achievements look as in the list. Before the first list nobody knows how that is, so they are left to the
 * next one; so is the place, which overrides may have changed.
 */
function dressed(
  answers: readonly ReportAnswer[],
  overrides: Overrides | undefined,
  language: string,
): readonly ReportAnswer[] {
  return answers.map(({ achievement, ...answer }) => {
    if (!achievement || !overrides) return answer;
    const [changed = achievement] = applyOverrides([achievement], overrides, language);
    const { order: _place, ...placeless } = changed;
    return { ...answer, achievement: placeless };
  });
}

/**
 * A backend whose achievements have other pictures, texts, categories, rewards or places than the service says.
 *
 * A file that cannot be read costs only itself: the achievements come as the last one read through this object had them,
 * or as the service has them, with a problem that begins with `overrides:`. Where the service says that nothing changed,
 * the problem is thrown, so that the caller keeps what it has. A bad override, or a bad language of one, is left out and
 * told in `problem.skipped`. Reports go to the service as they are, and to the same place as without overrides.
 * @param overrides an object, or the URL of a JSON file with it, which anybody may read: no token goes there. URLs of
 * pictures are relative to the file, or to the document
 * @param language a BCP 47 tag: whose texts and pictures are used
 */
export function overridden(backend: Backend, overrides: Overrides | string, language = ''): Backend {
  const source = typeof overrides === 'string' ? sourceOf(overrides) : undefined;
  const given = source ? '' : digestOf(writeJson(overrides));
  let last: Reading | undefined;

  const read = async ({ token: _token, ...call }: Call): Promise<Problem | undefined> => {
    try {
      if (source) {
        const request = { url: source.url(), timeout: PATIENCE, cache: 'no-cache' as const };
        const answer = (await requestJson(request, call)) as JsonAnswer;
        last = readAll(answer.body, answer.url, digestOf(answer.text), new URL(answer.url).pathname);
      } else last ??= readAll(overrides, baseUrl() ?? 'about:blank', given, 'The object');
      return undefined;
    } catch (error) {
      const problem = problemFrom(error);
      return { ...problem, message: `overrides: ${problem.message}` };
    }
  };

  return {
    id: backend.id,
    scope: writeJson([backend.scope, source?.scope ?? given, language]),
    pull: async (known, call) => {
      // The service's own validator, with the digest of the overrides before its digest.
      const [, digest, service] = /^(\S+) (.*)$/s.exec(known?.digest ?? '') ?? [];
      const held = known && service !== undefined ? { ...known, digest: service } : undefined;
      const [first, failure] = await Promise.all([backend.pull(held, call), read(call)]);
      call.signal.throwIfAborted();
      let answer = first;
      if (answer === 'unchanged') {
        if (failure) throw new ProblemError(failure);
        if (last?.digest === digest) return answer;
        answer = await backend.pull(undefined, call);
        if (answer === 'unchanged') return answer;
      }
      const { validator, problem, achievements, ...rest } = answer;
      const problems = [problem, failure, last && problemOf(last, achievements)].filter((each) => each !== undefined);
      return dropAbsent({
        ...rest,
        achievements: last ? applyOverrides(achievements, last, language) : achievements,
        // Without a validator all is read again next time: "unchanged" would sound as if the file had been read.
        validator:
          validator && last && !failure ? { ...validator, digest: `${last.digest} ${validator.digest}` } : undefined,
        problem: problems.length > 0 ? together(problems) : undefined,
      });
    },
    ...dropAbsent({
      push:
        backend.push &&
        (async (reports: readonly Report[], call: Call) => dressed(await backend.push!(reports, call), last, language)),
      recall:
        backend.recall &&
        (async (ids: readonly string[], call: Call) => dressed(await backend.recall!(ids, call), last, language)),
      refuses: backend.refuses?.bind(backend),
      reportScope: backend.push && (backend.reportScope ?? backend.scope),
      pushLimit: backend.pushLimit,
      remembersFor: backend.remembersFor,
      translate: backend.translate?.bind(backend),
      listen: backend.listen?.bind(backend),
      holdsConnection: backend.holdsConnection,
    }),
  };
}
