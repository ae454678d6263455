import type { Achievement } from './achievement.js';
import { descriptionFor, isMasked } from './masking.js';

const MARKS = /\p{M}+/gu;
const BEYOND_ASCII = /\P{ASCII}/u;

/**
 * A text as it is compared: without accents, case and the differences between ways to write a letter. In capitals, since
 * small letters have forms of their own at the end of a word (ς), and some have no capital of their own (ß).
 */
function folded(text: string): string {
  // Most texts have nothing to decompose, and looking is quicker than trying.
  const plain = BEYOND_ASCII.test(text) ? text.normalize('NFKD').replace(MARKS, '') : text;
  return plain.toUpperCase();
}

/** Folding is slow and each key asks again, so it is done once for each achievement. */
const foldedTexts = new WeakMap<Achievement, string>();

/** Everything shown of an achievement that a person would look for. */
function searchText(achievement: Achievement): string {
  let text = foldedTexts.get(achievement);
  if (text === undefined) {
    const { category = '', name, rewards } = achievement;
    // Not the game: in a list of one game every achievement has it.
    text = folded([name, descriptionFor(achievement), category, ...rewards.map((reward) => reward.name)].join('\n'));
    foldedTexts.set(achievement, text);
  }
  return text;
}

/** Says of an achievement whether it was meant. */
export type Search = (achievement: Achievement, revealed?: boolean) => boolean;

/**
 * Reads what somebody typed. An achievement is meant where every word stands somewhere in its name, the text that fits
 * its state, its category or rewards, whatever the accents and the case. A masked one is never meant: being
 * found would tell what it says. An empty question means everything.
 */
export function parseSearch(query: string): Search {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (achievement, revealed = false) => {
    if (isMasked(achievement, revealed)) return false;
    const text = searchText(achievement);
    return words.every((word) => text.includes(word));
  };
}
