import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { xbox } from '../../src/backends/xbox.js';
import type { Achievement, Fresh } from '../../src/model/index.js';
import { callWith, jsonResponse, service } from '../unit/backends/support.js';

// Real answers, recorded by others. They are not part of the repository.
const folder = join(import.meta.dirname, '../../../shared/captures/xbox');
const missing = !existsSync(folder);
if (missing) console.warn(`\n!! NOT TESTED: no recorded answers in ${folder}\n`);

interface RawRequirement {
  readonly id: string;
  readonly current: string | null;
  readonly target: string;
}
interface RawItem {
  readonly id: string | number;
  readonly name: string;
  readonly progressState: string;
  readonly progression: { readonly requirements: RawRequirement[]; readonly timeUnlocked: string };
  readonly rewards: { readonly type: string; readonly value: string }[];
  readonly mediaAssets: { readonly url: string }[];
  readonly unlocked: boolean;
  readonly unlockedOnline: boolean;
  readonly gamerscore: number;
  readonly imageId: number;
  readonly titleId: number;
  readonly timeUnlocked: string;
}
interface RawAnswer {
  readonly achievements: RawItem[];
  readonly pagingInfo: { readonly continuationToken: string | null; readonly totalRecords: number };
}

const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as RawAnswer;

async function pull(body: unknown, earned?: unknown): Promise<Fresh> {
  const { fetch } = service(({ url }) => jsonResponse(url.endsWith('/earned') ? earned : body));
  const backend = xbox({
    src: 'https://game.example/all',
    pageLimit: 1,
    ...(earned ? { earnedSrc: 'https://game.example/earned' } : {}),
  });
  return (await backend.pull(undefined, callWith({ fetch }))) as Fresh;
}

/** The share that is done, worked out from the raw item in a way of its own; NaN where the service does not tell. */
function share(raw: RawItem): number {
  if (raw.progressState === 'Achieved') return 1;
  const parts = raw.progression.requirements;
  if (parts.every(({ current }) => current === null)) return Number.NaN;
  let sum = 0;
  for (const { current, target } of parts) {
    const done = parseInt(current ?? '0', 10) / parseInt(target, 10);
    sum += done > 1 ? 1 : done;
  }
  return sum / parts.length;
}

const wordFor: Record<string, string> = { Achieved: 'unlocked', InProgress: 'in-progress', NotStarted: 'locked' };

describe.skipIf(missing)(
  missing ? 'recorded answers of Xbox Live (skipped: no captures)' : 'recorded answers of Xbox Live',
  () => {
    it.each(['modern-list.json', 'modern-detail.json'])(
      '%s: every item comes through with its state and progress',
      async (file) => {
        const raw = read(file);
        // The recorded page alone, as if there were no more.
        const totalRecords = raw.achievements.length;
        const fresh = await pull({ ...raw, pagingInfo: { ...raw.pagingInfo, continuationToken: null, totalRecords } });
        expect(fresh.problem).toBeUndefined();
        expect(fresh.total).toBe(totalRecords);
        expect(fresh.achievements.map(({ id }) => id)).toEqual(raw.achievements.map(({ id }) => id));
        raw.achievements.forEach((item, index) => {
          const achievement = fresh.achievements[index] as Achievement;
          expect(achievement.name).toBe(item.name);
          expect(achievement.state, item.name).toBe(wordFor[item.progressState]);
          expect(achievement.requirements, item.name).toHaveLength(item.progression.requirements.length);
          if (Number.isNaN(share(item))) expect(achievement.progress, item.name).toBeUndefined();
          else expect(achievement.progress?.ratio, item.name).toBeCloseTo(share(item), 10);
          const day = item.progression.timeUnlocked.slice(0, 23);
          expect(
            achievement.unlockedAt === undefined ? '' : new Date(achievement.unlockedAt).toISOString().slice(0, 23),
          ).toBe(item.progressState === 'Achieved' ? day : '');
          expect(achievement.rewards).toEqual(
            item.rewards.map(({ value }) => ({ kind: 'points', value: parseInt(value), unit: 'G' })),
          );
          expect(achievement.media.icon?.url).toBe(
            `${item.mediaAssets[0]!.url.replace('http://images-eds.', 'https://images-eds-ssl.')}&w=320`,
          );
        });
      },
    );

    it('modern-list.json is cut off honestly, and holds what this test is for', async () => {
      const raw = read('modern-list.json');
      const { continuationToken: token, totalRecords } = raw.pagingInfo;
      for (const continuationToken of [token, null]) {
        const fresh = await pull({ ...raw, pagingInfo: { continuationToken, totalRecords } });
        expect(fresh.problem?.code).toBe('incomplete');
        expect(fresh.problem?.message).toContain(`Only ${raw.achievements.length} of ${totalRecords}`);
      }
      const states = new Set(raw.achievements.map(({ progressState }) => progressState));
      expect([...states].sort()).toEqual(['Achieved', 'InProgress', 'NotStarted']);
      expect(Math.max(...raw.achievements.map(({ progression }) => progression.requirements.length))).toBe(15);
    });

    it.each([
      ['x360-all.json', 'locked'],
      ['x360-earned.json', 'unlocked'],
    ])('%s: every item comes through as %s', async (file, state) => {
      const raw = read(file);
      const fresh = await pull(raw);
      expect(fresh.problem).toBeUndefined();
      expect(fresh.achievements.map((achievement) => [achievement.id, achievement.name, achievement.state])).toEqual(
        raw.achievements.map(({ id, name }) => [String(id), name, state]),
      );
      raw.achievements.forEach((item, index) => {
        const achievement = fresh.achievements[index] as Achievement;
        const real = item.unlocked || item.unlockedOnline;
        expect(achievement.unlockedAt).toBe(real ? Date.parse(item.timeUnlocked) : undefined);
        expect(achievement.rewards).toEqual([{ kind: 'points', value: item.gamerscore, unit: 'G' }]);
        const [title, image] = /\/t\.([0-9a-f]+)\/ach\/0\/([0-9a-f]+)$/
          .exec(achievement.media.icon?.url ?? '')!
          .slice(1);
        expect([parseInt(title!, 16), parseInt(image!, 16)]).toEqual([item.titleId, item.imageId]);
        expect(achievement).not.toHaveProperty('progress');
      });
    });

    it('x360-all.json and x360-earned.json are merged', async () => {
      const [all, earned] = [read('x360-all.json'), read('x360-earned.json')];
      const fresh = await pull(all, earned);
      const unlocked = fresh.achievements.filter(({ state }) => state === 'unlocked');
      expect(unlocked.map(({ key }) => key)).toEqual(
        earned.achievements.map(({ titleId, id }) => `xbox:${titleId}/${id}`),
      );
      const keys = new Set([...all.achievements, ...earned.achievements].map(({ titleId, id }) => `${titleId}/${id}`));
      expect(fresh.achievements).toHaveLength(keys.size);
    });
  },
);
