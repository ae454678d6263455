import type * as z from 'zod/mini';
import { dropAbsent } from '../model/absent.js';
import type { Achievement } from '../model/achievement.js';
import type { Backend, Call, ReportAnswer, ReportIntent } from '../model/backend.js';
import type { ProgressUpdate } from '../model/progress-update.js';
import { settled } from '../model/numbers.js';
import { type Draft, readAchievement } from '../model/reader/achievement.js';
import { LONG, entriesOf, lookUp, membersOf, numberOf, readFlag, textOf } from '../model/reader/values.js';
import { parseTimeSpan } from '../model/time.js';
import { requestJson } from './http.js';
import { readItem } from './items.js';
import { type Page, type SourceOptions, pullPages, readCursor } from './pages.js';
import { anything, entries, members, object } from './schema.js';
import { chunksOf, inOrder } from './reports.js';
import { sourceOf, withQuery } from './source.js';
import { pushedValue, updateOf } from './updates.js';

/** How Xbox Live achievements are asked for. */
export interface XboxOptions extends SourceOptions {
  /**
   * For Xbox 360 titles: the URL of the player's earned achievements (`/users/xuid(…)/achievements` with contract 1 or
   * 3), where `src` gives all of the title's (`/titleachievements`), which the service marks as locked for everybody.
   * What is earned wins.
   */
  readonly earnedSrc?: string;
  /**
   * Sent as `x-xbl-contract-version`: 2 modern, 4 modern with rarity, 1 and 3 the same for Xbox 360. Left out it is not
   * sent, since the header makes browsers send a preflight and the proxy usually knows what it wants.
   */
  readonly contract?: 1 | 2 | 3 | 4;
  /**
   * For title-managed achievements of one title: where their progress is written. The default is that nothing is.
   */
  readonly update?: {
    /** The URL of your proxy in front of `POST /users/xuid({xuid})/achievements/{scid}/update`. */
    readonly src: string;
    readonly serviceConfigId: string;
    readonly titleId: string | number;
  };
}

// Sections and quirks named below: reference "Xbox Live Achievements service", after the official client (XSAPI) and
// recorded answers. The official page calls all members required; real answers leave many out.

const mediaAsset = members('mediaAsset', { name: anything, type: anything, url: anything });

/** Both kinds of achievement: modern ones (contracts 2 and 4) and those of Xbox 360 (contracts 1 and 3). */
const item = object({
  id: anything,
  name: anything,
  description: anything,
  lockedDescription: anything,
  isSecret: anything,
  isRevoked: anything,
  rarity: members('rarity', { currentCategory: anything, currentPercentage: anything }),
  serviceConfigId: anything,
  productId: anything,
  titleAssociations: anything,
  progressState: anything,
  progression: members('progression', {
    requirements: entries(
      'requirements',
      members('requirements', {
        id: anything,
        current: anything,
        target: anything,
        operationType: anything,
        valueType: anything,
        ruleParticipationType: anything,
      }),
    ),
    timeUnlocked: anything,
  }),
  mediaAssets: entries('mediaAssets', mediaAsset),
  platform: anything,
  platforms: anything,
  achievementType: anything,
  participationType: anything,
  timeWindow: members('timeWindow', { startDate: anything, endDate: anything }),
  rewards: entries(
    'rewards',
    members('rewards', {
      name: anything,
      description: anything,
      value: anything,
      type: anything,
      mediaAsset,
    }),
  ),
  estimatedTime: anything,
  deeplink: anything,
  // Xbox 360 only
  titleId: anything,
  gamerscore: anything,
  imageId: anything,
  unlocked: anything,
  unlockedOnline: anything,
  timeUnlocked: anything,
});
type Item = z.infer<typeof item>;

/** The official page gives numbers with the names. */
const STATES: Readonly<Record<string, string>> = {
  achieved: 'unlocked',
  1: 'unlocked',
  inprogress: 'in-progress',
  2: 'in-progress',
  notstarted: 'locked',
  3: 'locked',
};
const REWARDS: Readonly<Record<string, string>> = { gamerscore: 'points', inapp: 'item', art: 'art' };

/** Title-managed achievements have this one requirement, whose numbers are hundredths (quirk 6). */
const TITLE_MANAGED = '00000000-0000-0000-0000-000000000000';
/** Stands where a title has none (quirk "zero service configuration id"); real titles have ids of their own. */
const NO_ID = /^[0-]*$/;
/** Pixels: the originals are 1920 wide and weigh up to 1.4 MB (quirk 10). */
const ICON_WIDTH = 320;
const ART_WIDTH = 1280;

/** Moves the known `http:` hosts to their `https:` twins, and asks the image service for less (quirk 10). */
function imageUrl(url: unknown, width: number): unknown {
  if (typeof url !== 'string') return url;
  const secure = url.replace(
    /^http:\/\/(images-eds|image)(-ssl)?\.xboxlive\.com(?=\/)/i,
    'https://$1-ssl.xboxlive.com',
  );
  const shrinks = secure.startsWith('https://images-eds-ssl.xboxlive.com/image?') && !/[?&][wh]=/.test(secure);
  return shrinks ? `${secure}&w=${width}` : secure;
}

/** The entries of a list of objects. */
function present<Entry>(list: readonly Entry[] | null | undefined): NonNullable<Entry>[] {
  return (list ?? []).filter((entry) => entry !== null && entry !== undefined);
}

const isWord = (value: unknown, word: string) => typeof value === 'string' && value.toLowerCase() === word;

function requirementsOf({ progression }: Item): Draft['requirements'] {
  return present(progression?.requirements).map((raw) => ({
    ...raw,
    // "Double" often holds whole numbers (quirk 8); then what is counted is not told, and the numbers decide.
    unit:
      raw.id === TITLE_MANAGED && numberOf(raw.target) === 100
        ? 'percent'
        : isWord(raw.valueType, 'double')
          ? undefined
          : 'count',
    participation: raw.ruleParticipationType,
    operation: raw.operationType,
  }));
}

function rewardsOf({ rewards, gamerscore }: Item): Draft['rewards'] {
  const given = present(rewards).map(({ name, description, value, type, mediaAsset }) => {
    const kind = lookUp(REWARDS, type);
    const art = kind === 'art';
    return {
      kind,
      name,
      description,
      value: art ? undefined : value,
      unit: kind === 'points' ? 'G' : undefined,
      // The value of an art reward is the address of the picture.
      image: imageUrl(mediaAsset?.url ?? (art ? value : undefined), ART_WIDTH),
    };
  });
  // Xbox 360 has the number alone.
  return gamerscore == null ? given : [...given, { kind: 'points', value: gamerscore, unit: 'G' }];
}

function mediaOf({ mediaAssets, titleId, imageId }: Item): Draft['media'] {
  const picture = (type: string, width: number) => {
    const asset = present(mediaAssets).find((candidate) => isWord(candidate.type, type));
    return asset && { url: imageUrl(asset.url, width), name: asset.name };
  };
  const [title, image] = [titleId, imageId].map((id) => numberOf(id)?.toString(16));
  return {
    icon:
      title && image
        ? // Xbox 360 icons have no address of their own; it is built from two numbers (quirk 10).
          `https://image-ssl.xboxlive.com/global/t.${title}/ach/0/${image}`
        : (picture('icon', ICON_WIDTH) ?? picture('challengepromoicon', ICON_WIDTH)),
    art: picture('art', ART_WIDTH),
  };
}

/** `Unset` is no category, and 0 percent with it stands for "incalculable" (XSAPI). */
function rarityOf({ rarity }: Item): Draft['rarity'] {
  const { currentCategory: category, currentPercentage: percent } = rarity ?? {};
  if (!isWord(category, 'unset')) return { percent, category };
  return { percent: numberOf(percent) === 0 ? undefined : percent };
}

/** An id that names something; a zero one names nothing, and two titles may have it. */
function idOrNothing(id: unknown): string | undefined {
  const text = textOf(id);
  return text === undefined || NO_ID.test(text) ? undefined : text;
}

function draftOf(raw: Item): Draft {
  const { timeWindow, titleId, titleAssociations } = raw;
  // What is unlocked is what the service calls so, never what has a date: dates of locked ones are sentinels (quirk 1).
  // Xbox 360 has no progress state; some proxies fill it up with null.
  const isLegacy = raw.progressState == null && (raw.gamerscore ?? raw.unlocked) != null;
  const isUnlocked = [raw.unlocked, raw.unlockedOnline].some((flag) => readFlag(flag, 'unlocked', () => undefined));
  const [title] = entriesOf(titleAssociations);
  const serviceConfigId = idOrNothing(raw.serviceConfigId);
  const scope = serviceConfigId ?? idOrNothing(titleId) ?? idOrNothing(membersOf(title)?.['id']) ?? '';
  return {
    id: raw.id,
    name: raw.name,
    key: `xbox:${scope}/${textOf(raw.id, LONG) ?? ''}`,
    description: raw.description,
    lockedDescription: raw.lockedDescription,
    state: isLegacy ? (isUnlocked ? 'unlocked' : 'locked') : (lookUp(STATES, raw.progressState) ?? 'unknown'),
    secret: raw.isSecret,
    revoked: raw.isRevoked,
    requirements: requirementsOf(raw),
    unlockedAt: raw.progression?.timeUnlocked ?? raw.timeUnlocked,
    window: { startsAt: timeWindow?.startDate, endsAt: timeWindow?.endDate },
    rewards: rewardsOf(raw),
    media: mediaOf(raw),
    rarity: rarityOf(raw),
    type: raw.achievementType,
    participation: raw.participationType,
    // On the wire it is `platforms`, in the documentation `platform`; the numbers of Xbox 360 have no documented names.
    platforms: entriesOf(raw.platforms ?? raw.platform).filter((platform) => typeof platform === 'string'),
    titles: titleAssociations,
    productId: idOrNothing(raw.productId),
    serviceConfigId,
    estimatedSeconds: parseTimeSpan(raw.estimatedTime),
    deepLink: raw.deeplink,
  };
}

/** Lists of both kinds, one achievement alone, a bare array, and the featured Challenges. */
function readPage(body: unknown, first: string): Page | undefined {
  const { achievements, achievement, featuredAchievements, pagingInfo } = Object(body) as Record<string, unknown>;
  let entries = Array.isArray(body) ? body : achievement ? [achievement] : achievements;
  if (Array.isArray(featuredAchievements)) {
    entries = featuredAchievements.map((featured) => (Object(featured) as Record<string, unknown>)['Achievement']);
  }
  // The official client takes null for an empty list.
  if (entries === null) entries = [];
  if (!Array.isArray(entries)) return undefined;
  const { continuationToken, totalRecords, totalItems } = Object(pagingInfo) as Record<string, unknown>;
  const { next, brokenNext } = readCursor(continuationToken);
  const total = numberOf(totalRecords ?? totalItems);
  const skipped = Number(new URL(first).searchParams.get('skipItems')) || 0;
  return {
    entries,
    // Either a token or skipItems, never both, and the same filters on every page (XSAPI).
    next: next && withQuery(first, 'continuationToken', next, 'skipItems'),
    brokenNext,
    // The service counts what the page did not ask for too.
    total: total && total - skipped,
  };
}

/** Asked with any other contract, the service answers modern titles as if they had no achievements (contracts 1 and 3). */
function doubtOf({ contract, headers }: XboxOptions): string | undefined {
  const own = new Headers(headers).get('x-xbl-contract-version');
  if (['2', '4'].includes(own ?? String(contract))) return undefined;
  return (
    'The service names no achievements at all. Contracts 1 and 3, and none, know titles of Xbox 360 only: for any other ' +
    'ask with contract 2 or 4. Where the proxy does so, name it in the option "contract" too.'
  );
}

/**
 * Updates of an Xbox Live real-time frame: `[3, 0, { serviceConfigId, progression: […] }]`, its third part alone, or the
 * text of either. Entries that cannot be read are left out. A target that is not told stays as it was.
 * @returns `undefined` for anything else
 */
export function xboxProgress(frame: unknown): readonly ProgressUpdate[] | undefined {
  const value = pushedValue(frame);
  const { serviceConfigId, progression } = Object(Array.isArray(value) ? value[2] : value) as Record<string, unknown>;
  if (!Array.isArray(progression) || typeof serviceConfigId !== 'string') return undefined;
  return progression
    .map((entry: unknown) => {
      const { id, progressState, requirements, timeUnlocked } = membersOf(entry) ?? {};
      const listed = { id, serviceConfigId, progressState, progression: { requirements, timeUnlocked } };
      return readItem(listed, item, (raw) => updateOf(draftOf(raw), 'xbox'));
    })
    .filter((made) => typeof made === 'object');
}

/** The most achievements in one update: more are answered with 400. */
const MOST_UPDATES = 50;

type Update = NonNullable<XboxOptions['update']>;

/** The id at the service; nothing where the key is that of another title. */
function idOf(intent: ReportIntent, { serviceConfigId, titleId }: Update): string | undefined {
  const [, scope, id] = /^xbox:([^/]*)\/(.*)$/.exec(intent.achievement) ?? [];
  if (id === undefined) return intent.achievement;
  return [serviceConfigId, String(titleId)].some((own) => own.toLowerCase() === scope?.toLowerCase()) ? id : undefined;
}

/** The percentage that a report says; nothing where that is none. */
function percentOf({ set, unlock }: ReportIntent): number | undefined {
  if (unlock) return 100;
  if (set === undefined || !(set >= 0)) return undefined;
  // Whatever is rounded: only all of it is all of it.
  return set >= 100 ? 100 : Math.min(99, Math.floor(settled(set)));
}

/** Progress only rises, and is told as a percentage (XSAPI, "CanUpdateAchievement", and quirk 6). */
function refusal(intent: ReportIntent, update: Update, achievement?: Achievement): string | undefined {
  if (intent.add !== undefined) return 'Xbox takes no "add": report the whole percentage with "set".';
  if (!intent.unlock && !(intent.set! >= 0 && intent.set! <= 100)) return 'Xbox takes a "set" of 0 to 100, in percent.';
  const scope = achievement?.serviceConfigId;
  if (idOf(intent, update) === undefined || (scope && scope.toLowerCase() !== update.serviceConfigId.toLowerCase())) {
    return 'The achievement belongs to another title than "update" says.';
  }
  const [first, ...more] = achievement?.requirements ?? [];
  if (more.length > 0 || (first?.target ?? 100) !== 100) {
    return 'The achievement is not title-managed: Xbox counts it from the events of the game.';
  }
  return undefined;
}

/** What several reports of one achievement come to: its highest percentage, which is all the service keeps. */
interface Rise {
  readonly achievement: string;
  readonly key: string;
  percent: number;
  readonly reports: string[];
}

function writing(
  options: XboxOptions,
  update: Update,
): Pick<Backend, 'reportScope' | 'pushLimit' | 'refuses' | 'push'> {
  const target = sourceOf(update.src);
  // The service compares it case-sensitively, and expects lower case (XSAPI).
  const serviceConfigId = update.serviceConfigId.toLowerCase();

  const send = async (rises: readonly Rise[], call: Call): Promise<readonly ReportAnswer[]> => {
    let refused: Pick<ReportAnswer, 'outcome' | 'code' | 'status'> | undefined;
    await requestJson(
      {
        ...options,
        url: target.url(),
        fixedHeaders: { 'x-xbl-contract-version': '2' },
        body: {
          action: 'progressUpdate',
          serviceConfigId,
          titleId: Number(update.titleId),
          ...(call.player ? { userId: call.player } : {}),
          achievements: rises.map(({ achievement, percent }) => ({ id: achievement, percentComplete: percent })),
        },
        mayBeEmpty: true,
        instead: (status, _body, says) => {
          if (status === 304) refused = { outcome: 'duplicate' };
          if (status === 400) refused = { outcome: 'rejected', code: says || 'invalid', status };
          return refused && null;
        },
      },
      call,
    );
    const [only, ...others] = rises;
    // One alone can be refused, or be there already, and nobody says which: each is told for itself then.
    if (refused && others.length > 0) return inOrder(rises, call.signal, (rise) => send([rise], call));
    return rises.flatMap((rise) => {
      const { key, percent } = rise;
      // Among others it may have been higher already, unless nothing is.
      const risen = !refused && ((rise === only && others.length === 0) || percent === 100);
      const state = percent === 100 ? ('unlocked' as const) : ('in-progress' as const);
      const updates = risen ? [{ achievement: key, state, requirements: [{ current: percent }] }] : undefined;
      return rise.reports.map((id) => dropAbsent({ id, outcome: 'accepted' as const, ...refused, updates }));
    });
  };

  return {
    reportScope: [target.scope, serviceConfigId, update.titleId].join(' '),
    pushLimit: MOST_UPDATES,
    refuses: (intent, achievement) => refusal(intent, update, achievement),
    push: async (reports, call) => {
      const rises = new Map<string, Rise>();
      const rejected: ReportAnswer[] = [];
      for (const report of reports) {
        const achievement = idOf(report, update);
        const percent = percentOf(report);
        if (achievement === undefined || percent === undefined) {
          const code = achievement === undefined ? 'unknown-achievement' : 'invalid';
          rejected.push({ id: report.id, outcome: 'rejected', code });
          continue;
        }
        const key = report.key ?? `xbox:${serviceConfigId}/${achievement}`;
        const rise = rises.get(achievement) ?? { achievement, key, percent, reports: [] };
        rise.percent = Math.max(rise.percent, percent);
        rise.reports.push(report.id);
        rises.set(achievement, rise);
      }
      const chunks = chunksOf([...rises.values()], MOST_UPDATES);
      return [...rejected, ...(await inOrder(chunks, call.signal, (some) => send(some, call)))];
    },
  };
}

/**
 * Xbox Live achievements, modern and Xbox 360, through a proxy that holds the XSTS token: the service is not meant to
 * be called from pages. Title-managed achievements can be written with the option `update`.
 */
export function xbox(options: XboxOptions): Backend {
  const { src, earnedSrc, contract, headers, update } = options;
  const sources = [src, ...(earnedSrc ? [earnedSrc] : [])].map((address) => sourceOf(address));
  return {
    id: 'xbox',
    scope: [...sources.map(({ scope }) => scope), ...(contract ? [contract] : [])].join(' '),
    pull: async (known, call) => {
      const now = call.clock.now();
      return pullPages(
        {
          options: contract
            ? { ...options, headers: { 'x-xbl-contract-version': String(contract), ...headers } }
            : options,
          lists: sources.map((source) => source.url()),
          page: readPage,
          read: (entry, place, tell) =>
            readItem(
              entry,
              item,
              (raw) => readAchievement(draftOf(raw), { ...place, form: 'json', backend: 'xbox', now }, tell),
              tell,
            ),
          doubt: (achievements) => (achievements.length === 0 ? doubtOf(options) : undefined),
        },
        known,
        call,
      );
    },
    translate: xboxProgress,
    ...(update ? writing(options, update) : {}),
  };
}
