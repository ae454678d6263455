import type {
  Achievement,
  AchievementState,
  Media,
  MediaItem,
  Progress,
  ProgressUnit,
  Rarity,
  Requirement,
  Reward,
  RewardKind,
  TimeWindow,
  Title,
} from '../achievement.js';
import { foldedKey } from '../identity.js';
import { aggregateProgress, areMet } from '../progress.js';
import { stateAt } from '../state.js';
import { isSeen, wellFormed } from '../text.js';
import { type TimeReading, readTime } from '../time.js';
import { safeImage } from '../url.js';
import { Made } from './made.js';
import {
  LONG,
  LONGEST_IDENTIFIER,
  MOST_ENTRIES,
  type Members,
  type Tell,
  isAbsent,
  membersOf,
  oneOf,
  readExact,
  readFlag,
  readIdentifier,
  readList,
  readMembers,
  readMilliseconds,
  readMoment,
  readNumber,
  readText,
  textOf,
} from './values.js';

/** In which form an achievement may come: that of the JSON protocol, the model's own, or whichever it is. */
export type AchievementForm = 'json' | 'model' | 'either';

/**
 * An achievement in the words of the JSON protocol with the values as a service gave them: what a backend makes of its
 * service's own form, for the reader to read.
 */
export interface Draft {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly key?: unknown;
  readonly description?: unknown;
  readonly lockedDescription?: unknown;
  readonly state?: unknown;
  readonly secret?: unknown;
  readonly revoked?: unknown;
  readonly requirements?: unknown;
  readonly progress?: unknown;
  readonly startedAt?: unknown;
  readonly unlockedAt?: unknown;
  readonly resetsAt?: unknown;
  readonly window?: unknown;
  readonly recurrence?: unknown;
  readonly activation?: unknown;
  readonly timesEarned?: unknown;
  readonly rewards?: unknown;
  readonly points?: unknown;
  readonly media?: unknown;
  readonly icon?: unknown;
  readonly rarity?: unknown;
  readonly type?: unknown;
  readonly participation?: unknown;
  readonly platforms?: unknown;
  readonly titles?: unknown;
  readonly campaigns?: unknown;
  readonly apiName?: unknown;
  readonly productId?: unknown;
  readonly serviceConfigId?: unknown;
  readonly estimatedSeconds?: unknown;
  readonly deepLink?: unknown;
  readonly category?: unknown;
  readonly order?: unknown;
}

/** What a page may give: an achievement of the model, or one as the JSON protocol has it. */
export type GivenAchievement = Achievement | (Draft & { readonly id: string | number; readonly name: string });

/** What is known of an achievement beside what it says itself. */
export interface ReadContext {
  readonly form: AchievementForm;
  /** The `id` of the backend; one in the model's form says its own. */
  readonly backend: string;
  /** What relative URLs of pictures are relative to. */
  readonly base: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Its place in the backend's own order, where the achievement does not say one. */
  readonly index?: number | undefined;
}

const silent: Tell = () => undefined;

type Make<T> = { -readonly [Key in keyof T]: T[Key] };

const STATES = ['locked', 'in-progress', 'unlocked', 'expired', 'scheduled', 'unknown'] as const;
const REWARD_KINDS = ['points', 'item', 'art', 'other'] as const;
const UNITS = ['count', 'percent', 'amount'] as const;
const PARTICIPATIONS = ['individual', 'group'] as const;
const RECURRENCES = ['none', 'on-expiration', 'on-completion'] as const;
const ACTIVATIONS = ['user-action', 'fixed-schedule'] as const;
const TYPES = ['persistent', 'challenge'] as const;
const POINTS_LIMIT = 1e12;
/** Characters of a picture's address: a small picture may be in it. */
const LONGEST_ADDRESS = 8192;
/** A thousand years. */
const MOST_SECONDS = 31_557_600_000;

/** Whether it is in the model's form, which names its backend and its key. */
function isModelForm({ backend, key, requirements, rewards }: Members): boolean {
  return (
    typeof backend === 'string' && typeof key === 'string' && Array.isArray(requirements) && Array.isArray(rewards)
  );
}

/**
 * The address of a picture that may be shown; one that may not does not get past this. In the model's form it was resolved
 * already, or is relative to the page, which is not known here: whoever shows it asks the same allow-list once more.
 */
function safeAddress(address: string | undefined, base: string | undefined): string | undefined {
  if (base !== undefined || address === undefined) return safeImage(address, { base: base ?? '' });
  const isRelative = !/^[^/?#]*:/.test(address) && !address.includes('\\');
  return isRelative ? wellFormed(address) || undefined : safeImage(address, { base: 'http://localhost' });
}

/** @param base what a relative address is relative to; absent in the model's form */
export function readPicture(
  value: unknown,
  member: string,
  base: string | undefined,
  tell: Tell,
): MediaItem | undefined {
  if (value === undefined || value === null) return undefined;
  const members = typeof value === 'string' ? undefined : readMembers(value, member, tell);
  if (typeof value !== 'string' && !members) return undefined;
  const place = members ? `${member}.url` : member;
  const url = safeAddress(readExact(members ? members['url'] : value, place, tell, LONGEST_ADDRESS), base);
  if (!url) return undefined;
  // Where it was resolved and escaped it can be longer than it came.
  if (url.length > LONGEST_ADDRESS) {
    tell(place, `at most ${LONGEST_ADDRESS} characters`);
    return undefined;
  }
  const name = readText(members?.['name'], `${member}.name`, tell);
  return name === undefined ? { url } : { url, name };
}

function readMedia(value: unknown, icon: unknown, base: string | undefined, tell: Tell): Media {
  const media: Make<Media> = {};
  const members = readMembers(value, 'media', tell);
  const small = readPicture(members?.['icon'] ?? icon, 'media.icon', base, tell);
  const large = readPicture(members?.['art'], 'media.art', base, tell);
  if (small) media.icon = small;
  if (large) media.art = large;
  return media;
}

function readReward(value: unknown, base: string | undefined, tell: Tell): Reward | undefined {
  const members = readMembers(value, 'rewards', tell);
  if (!members) return undefined;
  const kind: RewardKind = oneOf(members['kind'], REWARD_KINDS) ?? 'other';
  const reward: Make<Reward> = { kind };
  const name = readText(members['name'], 'rewards.name', tell);
  const description = readText(members['description'], 'rewards.description', tell, LONG);
  const unit = readText(members['unit'], 'rewards.unit', tell);
  const { value: worth } = members;
  const isNumber = kind === 'points' || typeof worth === 'number';
  const amount = isNumber
    ? readNumber(worth, 'rewards.value', tell, kind === 'points' ? 0 : -POINTS_LIMIT, POINTS_LIMIT)
    : readText(worth, 'rewards.value', tell);
  const image = readPicture(members['image'], 'rewards.image', base, tell)?.url;
  if (name !== undefined) reward.name = name;
  if (description !== undefined) reward.description = description;
  if (amount !== undefined) reward.value = amount;
  if (unit !== undefined) reward.unit = unit;
  if (image !== undefined) reward.image = image;
  return reward;
}

/** The rewards of an achievement or of an override, `points` last. */
export function readRewards(value: unknown, points: unknown, base: string | undefined, tell: Tell): Reward[] {
  const rewards: Reward[] = [];
  for (const entry of readList(value, 'rewards', tell)) {
    const reward = readReward(entry, base, tell);
    if (reward) rewards.push(reward);
  }
  const worth = readNumber(points, 'points', tell, 0, POINTS_LIMIT);
  if (worth !== undefined) {
    if (rewards.length === MOST_ENTRIES) {
      tell('rewards', `at most ${MOST_ENTRIES} entries`);
      rewards.pop();
    }
    rewards.push({ kind: 'points', value: worth });
  }
  return rewards;
}

function readRequirement(value: unknown, index: number, tell: Tell): Requirement | undefined {
  const members = readMembers(value, 'requirements', tell);
  if (!members) return undefined;
  const current = readNumber(members['current'], 'requirements.current', tell);
  const target = readNumber(members['target'], 'requirements.target', tell);
  const isWhole = Number.isInteger(current ?? 0) && Number.isInteger(target ?? 0);
  const requirement: Make<Requirement> = {
    id: readText(members['id'], 'requirements.id', tell) ?? String(index),
    unit: oneOf<ProgressUnit>(members['unit'], UNITS) ?? (isWhole ? 'count' : 'amount'),
  };
  const participation = oneOf(members['participation'], PARTICIPATIONS);
  // Some letters are longer when they are small.
  const operation = textOf(readText(members['operation'], 'requirements.operation', tell)?.toLowerCase());
  if (current !== undefined) requirement.current = current;
  if (target !== undefined) requirement.target = target;
  if (participation !== undefined) requirement.participation = participation;
  if (operation !== undefined) requirement.operation = operation;
  return requirement;
}

function readRequirements(value: unknown, progress: Members | undefined, isModel: boolean, tell: Tell): Requirement[] {
  const entries = readList(value, 'requirements', tell);
  const isShort = entries.length === 0 && !isModel && (progress?.['current'] ?? progress?.['target']) != null;
  const requirements: Requirement[] = [];
  const given = isShort ? [{ ...progress, id: undefined }] : entries;
  for (let index = 0; index < given.length; index++) {
    const requirement = readRequirement(given[index], index, tell);
    if (requirement) requirements.push(requirement);
  }
  return requirements;
}

/** The progress as it is told, where it does not follow from requirements. */
function readProgress(members: Members | undefined, state: AchievementState, tell: Tell): Progress | undefined {
  const ratio = readNumber(members?.['ratio'], 'progress.ratio', tell);
  if (ratio === undefined) return undefined;
  const progress: Make<Progress> = {
    ratio: state === 'unlocked' ? 1 : Math.min(1, Math.max(0, ratio)),
    unit: oneOf<ProgressUnit>(members?.['unit'], UNITS) ?? 'percent',
  };
  const current = readNumber(members?.['current'], 'progress.current', tell);
  const target = readNumber(members?.['target'], 'progress.target', tell);
  if (current !== undefined) progress.current = current;
  if (target !== undefined) progress.target = target;
  return progress;
}

function readWindow(value: unknown, moment: typeof readMoment, tell: Tell): TimeWindow | undefined {
  const members = readMembers(value, 'window', tell);
  if (!members) return undefined;
  const startsAt = moment(members['startsAt'], 'window.startsAt', tell);
  const endsAt = moment(members['endsAt'], 'window.endsAt', tell);
  if (startsAt === undefined) return endsAt === undefined ? undefined : { endsAt };
  return endsAt === undefined ? { startsAt } : { startsAt, endsAt };
}

function readRarity(value: unknown, tell: Tell): Rarity | undefined {
  const members = readMembers(value, 'rarity', tell);
  if (!members) return undefined;
  const percent = readNumber(members['percent'], 'rarity.percent', tell, 0, 100);
  const category = readText(members['category'], 'rarity.category', tell);
  if (percent === undefined) return category === undefined ? undefined : { category };
  return category === undefined ? { percent } : { percent, category };
}

function readTexts(value: unknown, member: string, tell: Tell): string[] {
  const texts: string[] = [];
  for (const entry of readList(value, member, tell)) {
    const text = readText(entry, member, tell);
    if (text !== undefined) texts.push(text);
  }
  return texts;
}

function readTitles(value: unknown, tell: Tell): Title[] {
  const titles: Title[] = [];
  for (const entry of readList(value, 'titles', tell)) {
    // A game by its name alone.
    const members = typeof entry === 'string' ? { name: entry } : readMembers(entry, 'titles', tell);
    if (!members) continue;
    const { id: given, name: called, version: edition }: Members = members;
    const id = readText(given, 'titles.id', tell);
    const name = readText(called, 'titles.name', tell) ?? id;
    const version = readText(edition, 'titles.version', tell);
    if (name === undefined) continue;
    titles.push(version === undefined ? { id: id ?? name, name } : { id: id ?? name, name, version });
  }
  return titles;
}

/**
 * The name. One that is there and cannot be seen has the identifier in its place. A secret needs none until it is
 * unlocked: it is masked anyway.
 * @returns `undefined` where it has none
 */
function readName(
  members: Members,
  id: string,
  isModel: boolean,
  isSecret: boolean,
  isUnlocked: boolean,
  tell: Tell,
): string | undefined {
  const { name: given, apiName } = members;
  // In the model it is a text, which a page may leave empty.
  if (isModel && given === '') return given;
  const isMissing = given === undefined || given === null || (typeof given === 'string' && given.trim() === '');
  const name = isMissing ? undefined : readText(given, 'name', tell);
  if (name !== undefined) return name;
  if (isSecret && !isUnlocked) return '';
  const isUnseen = !isMissing && typeof given === 'string';
  if (!isSecret && !isUnseen) return undefined;
  if (isUnseen) tell('name', 'a text that can be seen');
  return readText(apiName, 'apiName', tell) ?? textOf(id) ?? id;
}

/** The progress in a state. In the model's form a bar is where it says one; in JSON wherever there are numbers. */
function progressIn(
  state: AchievementState,
  requirements: readonly Requirement[],
  told: Members | undefined,
  isModel: boolean,
  tell: Tell,
): Progress | undefined {
  if (isModel && told === undefined) return undefined;
  const own = isModel || requirements.length === 0 ? readProgress(told, state, tell) : undefined;
  return own ?? aggregateProgress(requirements, state);
}

/**
 * The state. Where nobody says it, it follows from the unlock time, also from one that cannot be read, and from the
 * progress. A word that is none of the model's is `unknown`.
 */
function readState(
  given: unknown,
  unlockedAt: TimeReading,
  requirements: readonly Requirement[],
  told: Members | undefined,
  tell: Tell,
): AchievementState {
  if (!isAbsent(given)) {
    const state = oneOf(given, STATES);
    if (state === undefined) tell('state', 'one of its words');
    return state ?? 'unknown';
  }
  if (typeof unlockedAt === 'number' || unlockedAt === 'unreadable') return 'unlocked';
  const ratio = progressIn('locked', requirements, told, false, silent)?.ratio ?? 0;
  return ratio === 1 || areMet(requirements) ? 'unlocked' : ratio > 0 ? 'in-progress' : 'locked';
}

function put<Target extends object, Key extends keyof Target>(
  target: Target,
  member: Key,
  value: Target[Key] | undefined,
) {
  if (value !== undefined) target[member] = value;
}

/** Why there is no text where one has to be. */
function whyNoText(member: string, value: unknown, expected: string): string {
  if (typeof value !== 'string') return `${member}: expected ${expected}`;
  return isSeen(value) ? `${member}: expected a shorter text` : `${member}: expected a text that is not empty`;
}

function build(members: Members, context: ReadContext, isModel: boolean, tell: Tell): Achievement | string {
  const { now, index } = context;
  const base = isModel ? undefined : context.base;
  const moment = isModel ? readMilliseconds : readMoment;
  const id = readIdentifier(members['id'], 'id', silent);
  if (id === undefined) return whyNoText('id', members['id'], 'string or number');
  // What is said in a way that nobody understands is rather hidden than told.
  const secret = readFlag(members['secret'], 'secret', tell, true);
  const told = readMembers(members['progress'], 'progress', tell);
  const requirements = readRequirements(members['requirements'], told, isModel, tell);
  const unlockedAt = isModel
    ? readMilliseconds(members['unlockedAt'], 'unlockedAt', tell)
    : readTime(members['unlockedAt']);
  if (unlockedAt === 'unreadable') tell('unlockedAt', 'time');
  const state = readState(members['state'], unlockedAt, requirements, told, tell);
  const name = readName(members, id, isModel, secret, state === 'unlocked', tell);
  if (name === undefined) return whyNoText('name', members['name'], 'string');
  const window = readWindow(members['window'], moment, tell);
  const progress = progressIn(state, requirements, told, isModel, tell);
  const backend = isModel ? (members['backend'] as string) : context.backend;
  // One that was made here has an identifier in it, and more.
  const longestKey = isModel ? 2 * LONGEST_IDENTIFIER : LONGEST_IDENTIFIER;
  const achievement: Make<Achievement> = {
    key: foldedKey(readIdentifier(members['key'], 'key', tell, longestKey) ?? `${backend}:${id}`),
    id,
    backend,
    name,
    description: readText(members['description'], 'description', tell, LONG) ?? '',
    state,
    secret,
    revoked: readFlag(members['revoked'], 'revoked', tell),
    requirements,
    rewards: readRewards(members['rewards'], isModel ? undefined : members['points'], base, tell),
    media: readMedia(members['media'], isModel ? undefined : members['icon'], base, tell),
    platforms: readTexts(members['platforms'], 'platforms', tell),
    titles: readTitles(members['titles'], tell),
    campaigns: readTexts(members['campaigns'], 'campaigns', tell),
  };
  put(achievement, 'lockedDescription', readText(members['lockedDescription'], 'lockedDescription', tell, LONG));
  put(achievement, 'progress', progress);
  put(achievement, 'startedAt', moment(members['startedAt'], 'startedAt', tell));
  if (state === 'unlocked' && typeof unlockedAt === 'number') achievement.unlockedAt = unlockedAt;
  put(achievement, 'resetsAt', moment(members['resetsAt'], 'resetsAt', tell));
  put(achievement, 'window', window);
  put(achievement, 'recurrence', oneOf(members['recurrence'], RECURRENCES));
  put(achievement, 'activation', oneOf(members['activation'], ACTIVATIONS));
  put(achievement, 'timesEarned', readNumber(members['timesEarned'], 'timesEarned', tell, 0));
  put(achievement, 'rarity', readRarity(members['rarity'], tell));
  put(achievement, 'type', oneOf(members['type'], TYPES));
  put(achievement, 'participation', oneOf(members['participation'], PARTICIPATIONS));
  put(achievement, 'apiName', readIdentifier(members['apiName'], 'apiName', tell));
  put(achievement, 'productId', readIdentifier(members['productId'], 'productId', tell));
  put(achievement, 'serviceConfigId', readIdentifier(members['serviceConfigId'], 'serviceConfigId', tell));
  const seconds = readNumber(members['estimatedSeconds'], 'estimatedSeconds', tell, 0, MOST_SECONDS);
  // 0 is how services say that nobody has estimated it.
  if (seconds) achievement.estimatedSeconds = seconds;
  put(achievement, 'deepLink', readExact(members['deepLink'], 'deepLink', tell, LONG));
  put(achievement, 'category', readText(members['category'], 'category', tell));
  put(achievement, 'order', readNumber(members['order'], 'order', tell) ?? (isModel ? undefined : index));
  if (isModel && members['pending'] === true) achievement.pending = true;
  if (!isModel) achievement.state = stateAt(achievement, now);
  new Made(achievement);
  return achievement;
}

/**
 * Makes an achievement of whatever came from outside, member by member: only what is named here gets through, as a fresh
 * value of its type, within its range and length. Only `id` and `name` can cost the achievement; any other member that
 * cannot be understood is left out and told.
 *
 * JSON (docs/protocol.md) has times in any usual form and may leave out the state; the model's form has milliseconds. What
 * this has made is given back as it is.
 * @returns the achievement as it stands at `now`, or why it cannot be one, for instance `name: expected string`
 */
export function readAchievement(value: unknown, context: ReadContext, tell: Tell): Achievement | string {
  if (typeof value === 'object' && value !== null && Made.has(value)) return value;
  try {
    const members = membersOf(value);
    if (!members) return 'item: expected object';
    const isModel = context.form === 'model' || (context.form === 'either' && isModelForm(members));
    if (context.form === 'model' && !isModelForm(members)) return 'item: expected an achievement';
    return build(members, context, isModel, tell);
  } catch {
    // What throws when it is looked at; its words may quote a secret.
    return 'item: expected plain data';
  }
}
