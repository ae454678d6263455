import type { CaseResult, ConformanceReport } from './run.js';
import { excerpt } from './service.js';
import type { Target } from './world.js';

const MARKS: Readonly<Record<CaseResult['outcome'], string>> = {
  passed: 'ok  ',
  warned: 'warn',
  failed: 'FAIL',
  skipped: 'skip',
};

/** What will be changed, before it is. */
export function targetText({ id, name, step, current, target }: Target): string {
  return `Raises “${excerpt(name)}” (${excerpt(id)}), now ${current} of ${target}, in steps of ${step}, and sends reports that have to be rejected. --read-only changes nothing.`;
}

export function resultText({ outcome, id, title, reason, expected, came, why, section }: CaseResult): string {
  const lines = [`${MARKS[outcome]}  ${id}: ${title}${reason === undefined ? '' : ` (${reason})`}`];
  if (expected !== undefined) {
    lines.push(`      expected  ${expected}`, `      came      ${came}`, `      why       ${why}`);
    lines.push(`      see       docs/protocol.md#${section}`);
  }
  return lines.join('\n');
}

export function summaryText({ counts, stopped }: ConformanceReport): string {
  const { passed, failed, warned, skipped } = counts;
  return `${stopped ? 'Stopped: ' : ''}${passed} passed, ${failed} failed, ${warned} warned, ${skipped} skipped`;
}
