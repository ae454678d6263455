import { nothing, type TemplateResult } from 'lit';
import { type Completeness, type Problem, completenessOf, isForHostOnly } from '../model/index.js';
import type { Terms } from '../locales/terms.js';
import type { Snapshot } from '../store/store.js';
import { glyph, icons } from '../styles/icons.js';
import type { LocaleController } from './locale-controller.js';
import { html } from './template.js';
import type { TimeController } from './time-controller.js';

/** How long an answer is called "just now", in milliseconds. */
const JUST_NOW = 60_000;
const SKELETON_CARDS = 6;

type Part = TemplateResult | typeof nothing;

/** "14:05" today, with the date otherwise; a dash for a moment that no calendar has. */
function when(moment: number, { formats }: LocaleController, now: number): string {
  const isToday = new Date(moment).toDateString() === new Date(now).toDateString();
  return (isToday ? formats.time(moment) : formats.dateTime(moment)) || '–';
}

function problemWords({ code, skipped }: Problem, { formats, terms }: LocaleController): string {
  const count = skipped?.length;
  return count ? terms.skipped(formats.number(count), count) : terms.couldNotCheck(terms.problem(code));
}

/** Of an answer that is short: how many came of how many, where anybody says. */
function shortageWords({ known, total }: Completeness, { formats, terms }: LocaleController): string {
  if (total === undefined) return terms.problem('incomplete');
  return terms.incomplete(formats.number(known), formats.number(total), total);
}

/**
 * "Up to date · just now", "Checking…", "Offline · As of 14:05", "Couldn't check: …  Try again", or
 * "32 of 73 achievements could be read  Try again". What is short is never up to date, whoever found it so.
 */
export function renderStatus(
  { activity, checkedAt, library, problem: told }: Snapshot,
  locale: LocaleController,
  time: TimeController,
  tryAgain: Part,
): TemplateResult {
  const { terms } = locale;
  const { now } = time;
  const at = checkedAt ?? library?.fetchedAt ?? now;
  if (activity === 'syncing') return html`<div part="status" class="status">${terms.checking}</div>`;
  const problem = told && isForHostOnly(told) ? undefined : told;
  const completeness = library && completenessOf(library);
  if (completeness && !completeness.isWhole && (problem?.code ?? 'incomplete') === 'incomplete') {
    return renderTrouble(shortageWords(completeness, locale), tryAgain);
  }
  if (!problem) {
    const isNew = now - at < JUST_NOW;
    if (isNew) time.changesAt(at + JUST_NOW);
    const words = terms.upToDate(isNew ? terms.justNow : when(at, locale, now));
    return html`<div part="status" class="status fresh">${words}</div>`;
  }
  if (problem.code === 'offline') {
    return html`<div part="status" class="status" role="status">
      ${glyph(icons.cloudOff)}<span>${terms.offline} · ${terms.asOf(when(at, locale, now))}</span>
    </div>`;
  }
  return renderTrouble(problemWords(problem, locale), problem.skipped ? nothing : tryAgain);
}

function renderTrouble(words: string, tryAgain: Part): TemplateResult {
  return html`<div part="status" class="status trouble" role="status">
    ${glyph(icons.warning)}<span><bdi>${words}</bdi></span> ${tryAgain}
  </div>`;
}

/** What stands where nothing could be read. */
export function renderProblem({ code }: Problem, terms: Terms, tryAgain: Part): TemplateResult {
  return html`<div part="problem" class="notice" role="alert">
    <slot name="problem">
      ${glyph(code === 'offline' ? icons.cloudOff : icons.warning)}
      <p>${terms.problem(code)}</p>
      ${tryAgain}
    </slot>
  </div>`;
}

/** What stands where a list will be. */
export function renderSkeleton({ loading }: Terms): TemplateResult {
  return html`<div class="list skeletons" role="status" aria-label=${loading}>
    ${Array.from(
      { length: SKELETON_CARDS },
      () => html`<div class="skeleton"><i class="box"></i><i class="line"></i><i class="line short"></i></div>`,
    )}
  </div>`;
}

/** What stands in a list without cards. */
export function renderEmpty(words: string): TemplateResult {
  return html`<div part="empty" class="notice">
    <slot name="empty"
      >${glyph(icons.trophy)}
      <p>${words}</p></slot
    >
  </div>`;
}
