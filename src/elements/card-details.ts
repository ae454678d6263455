import { html, nothing, type TemplateResult } from 'lit';
import { requirementRatio, type Achievement, type Requirement, type Reward } from '../model/index.js';
import type { LocaleController } from './locale-controller.js';

/** What the details borrow from their card. */
interface DetailsTools {
  /** A progress bar with its words. */
  readonly bar: (ratio: number, words: string, label: string) => TemplateResult;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Row = readonly [label: string, value: string | TemplateResult | undefined];

/** Machine-made ids say nothing to a person. */
const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function requirementWords({ current, target, unit }: Requirement, ratio: number | undefined, locale: LocaleController) {
  const { formats } = locale;
  if (unit === 'percent' && ratio !== undefined) return formats.percent(Math.floor(ratio * 100));
  if (target === undefined) return current === undefined ? '' : formats.number(current);
  return locale.term('progressOf', current === undefined ? '–' : formats.number(current), formats.number(target));
}

function renderRequirements({ requirements, name }: Achievement, locale: LocaleController, { bar }: DetailsTools) {
  if (requirements.length === 0) return nothing;
  return html`<ul class="requirements" role="list">
    ${requirements.map((requirement, index) => {
      const ratio = requirementRatio(requirement);
      const named = requirement.id && !GUID.test(requirement.id);
      const part = named ? requirement.id : locale.term('part', locale.formats.number(index + 1));
      const label = requirements.length === 1 && !named ? name : part;
      const words = requirementWords(requirement, ratio, locale);
      return html`<li class="requirement">
        ${requirements.length > 1 || named ? html`<span class="requirement-name" dir="auto">${part}</span>` : nothing}
        ${ratio === undefined ? html`<span class="progress-label">${words}</span>` : html`<span class="meter">${bar(ratio, words, label)}</span>`}
      </li>`;
    })}
  </ul>`;
}

function rewardWords({ kind, name, description, value, unit }: Reward, locale: LocaleController): string {
  if (kind === 'points' && typeof value === 'number') {
    const number = locale.formats.number(value);
    return unit ? `${number} ${unit}` : locale.term('points', number, value);
  }
  const title = name || locale.term('reward');
  return description && description !== name ? `${title} – ${description}` : title;
}

function lines(texts: readonly string[]): TemplateResult | undefined {
  return texts.length === 0
    ? undefined
    : html`${texts.map((text) => html`<span class="detail-line" dir="auto">${text}</span>`)}`;
}

/** The words for the enumerations of the model; what is not told is not said. */
function enumerations(achievement: Achievement, locale: LocaleController) {
  const { activation, participation, recurrence, type } = achievement;
  return {
    kind: type && locale.term(type === 'challenge' ? 'challenge' : 'typePersistent'),
    participation: participation && locale.term(participation === 'group' ? 'group' : 'participationIndividual'),
    repeats:
      recurrence && recurrence !== 'none'
        ? locale.term(recurrence === 'on-expiration' ? 'recurrenceOnExpiration' : 'recurrenceOnCompletion')
        : undefined,
    begins:
      activation && locale.term(activation === 'user-action' ? 'activationUserAction' : 'activationFixedSchedule'),
  };
}

/** Everything the model knows of an achievement that the card has no room for. */
export function renderDetails(achievement: Achievement, locale: LocaleController, tools: DetailsTools) {
  const { formats } = locale;
  const { description, lockedDescription, rarity, state, window } = achievement;
  const moment = (time: number | undefined) => (time === undefined ? undefined : formats.dateTime(time));
  const words = enumerations(achievement, locale);
  const percent = rarity?.percent === undefined ? undefined : formats.percent(rarity.percent);
  // Before the unlock the unlocked text would tell the end of the story.
  const howTo = lockedDescription ?? (state === 'unlocked' || achievement.secret ? undefined : description);
  const rows: Row[] = [
    [locale.term('detailDescription'), state === 'unlocked' ? description || undefined : undefined],
    [locale.term('detailHowTo'), howTo || undefined],
    [locale.term('detailUnlocked'), moment(achievement.unlockedAt)],
    [locale.term('detailStarted'), moment(achievement.startedAt)],
    [locale.term('detailStarts'), moment(window?.startsAt)],
    [locale.term('detailEnds'), moment(window?.endsAt)],
    [locale.term('detailResets'), moment(achievement.resetsAt)],
    [locale.term('detailRepeats'), words.repeats],
    [
      locale.term('detailTimesEarned'),
      achievement.timesEarned === undefined ? undefined : formats.number(achievement.timesEarned),
    ],
    [locale.term('detailStart'), words.begins],
    [
      locale.term('detailTime'),
      achievement.estimatedSeconds === undefined ? undefined : formats.duration(achievement.estimatedSeconds),
    ],
    [locale.term('detailRarity'), [percent, rarity?.category].filter(Boolean).join(' · ') || undefined],
    [locale.term('detailRewards'), lines(achievement.rewards.map((reward) => rewardWords(reward, locale)))],
    [locale.term('detailKind'), words.kind],
    [locale.term('detailParticipation'), words.participation],
    [
      locale.term('detailTitles'),
      lines(achievement.titles.map(({ name, version }) => [name, version].filter(Boolean).join(' · '))),
    ],
    [locale.term('detailPlatforms'), achievement.platforms.length ? formats.list(achievement.platforms) : undefined],
    [locale.term('detailCategory'), achievement.category],
    [locale.term('detailCampaigns'), achievement.campaigns.length ? formats.list(achievement.campaigns) : undefined],
    [locale.term('detailId'), achievement.id],
    [locale.term('detailApiName'), achievement.apiName],
    [locale.term('detailServiceConfiguration'), achievement.serviceConfigId],
    [
      locale.term('detailProduct'),
      achievement.productId === achievement.serviceConfigId ? undefined : achievement.productId,
    ],
  ];
  return html`
    <div class="details">
      ${renderRequirements(achievement, locale, tools)}
      <dl>
        ${rows.map(([label, value]) =>
          value === undefined
            ? nothing
            : html`<div>
                <dt>${label}</dt>
                <dd dir="auto">${value}</dd>
              </div>`,
        )}
      </dl>
    </div>
  `;
}
