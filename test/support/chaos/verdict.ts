import type { Player, Receipt } from './site.js';

/** What became of the reports of one player. Everything that is wrong is named by what the report added. */
export interface Verdict {
  /** A receipt said `persistent`. */
  readonly acknowledged: number;
  /** Acknowledged, and without effect. */
  readonly lost: readonly number[];
  /** With more than one effect, acknowledged or not. */
  readonly doubled: readonly number[];
  /** Took effect after one of the same page and achievement that was acknowledged later. */
  readonly reordered: readonly number[];
}

export function verdictOn({ receipts, effects }: Player): Verdict {
  const kept = receipts.filter(({ storage }) => storage === 'persistent');
  const times = new Map<number, number[]>();
  effects.forEach(({ value }, index) => times.set(value, [...(times.get(value) ?? []), index]));

  const inPages = new Map<string, Receipt[]>();
  for (const receipt of kept) {
    const name = `${receipt.tab} ${receipt.achievement}`;
    inPages.set(name, [...(inPages.get(name) ?? []), receipt]);
  }
  const reordered = [...inPages.values()].flatMap((made) => {
    let latest = -1;
    return made
      .sort((left, right) => left.order - right.order)
      .flatMap(({ value }) => {
        const at = times.get(value)?.[0];
        if (at === undefined) return [];
        const isLate = at < latest;
        latest = Math.max(latest, at);
        return isLate ? [value] : [];
      });
  });

  return {
    acknowledged: kept.length,
    lost: kept.map(({ value }) => value).filter((value) => !times.has(value)),
    doubled: [...times].filter(([, effectsOf]) => effectsOf.length > 1).map(([value]) => value),
    reordered,
  };
}

export const FLAWLESS = { lost: [], doubled: [], reordered: [] };
