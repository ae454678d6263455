import { nothing, type TemplateResult } from 'lit';
import { requirementRatio, type Achievement, type Reward } from '../model/index.js';
import type { Terms } from '../locales/terms.js';
import { type CardWords, type Hideable, linesOf, rewardField } from './card-words.js';
import type { LocaleController } from './locale-controller.js';
import { html } from './template.js';

/** A progress bar with its words, as the card draws it. */
type Bar = (ratio: number, words: string, label: string) => TemplateResult;

type Value = string | TemplateResult | undefined;

/** What is told where nothing hides it: a card that does not show a field does not tell it here either. */
type Row = readonly [label: string, value: Value, field?: Hideable];

/** Machine-made ids say nothing to a person. */
const MACHINE_MADE = /^(?:\d+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

function renderRequirements(
  { requirements, name, state }: Achievement,
  locale: LocaleController,
  words: CardWords,
  bar: Bar,
) {
  if (requirements.length === 0) return nothing;
  return html`<ul class="requirements" role="list">
    ${requirements.map((requirement, index) => {
      const ratio = requirementRatio(requirement);
      const named = requirement.id && !MACHINE_MADE.test(requirement.id);
      const part = named ? requirement.id : locale.terms.part(locale.formats.number(index + 1));
      const label = requirements.length === 1 && !named ? name : part;
      const text = words.requirement(requirement, state === 'unlocked');
      return html`<li class="requirement">
        ${requirements.length > 1 || named ? html`<span class="requirement-name"><bdi>${part}</bdi></span>` : nothing}
        ${ratio === undefined ? html`<span class="progress-label">${text}</span>` : bar(ratio, text, label)}
      </li>`;
    })}
  </ul>`;
}

function rewardLine(reward: Reward, words: CardWords): string {
  const title = words.reward(reward);
  return reward.description && reward.description !== title ? `${title} – ${reward.description}` : title;
}

function lines(texts: readonly string[]): TemplateResult | undefined {
  return texts.length === 0
    ? undefined
    : html`${texts.map((text) => html`<span class="detail-line"><bdi>${text}</bdi></span>`)}`;
}

/** The words for the enumerations of the model; what is not told is not said. */
function enumerations(achievement: Achievement, terms: Terms) {
  const { activation, participation, recurrence, type } = achievement;
  return {
    kind: type && (type === 'challenge' ? terms.challenge : terms.typePersistent),
    participation: participation && (participation === 'group' ? terms.group : terms.participationIndividual),
    repeats:
      recurrence && recurrence !== 'none'
        ? recurrence === 'on-expiration'
          ? terms.recurrenceOnExpiration
          : terms.recurrenceOnCompletion
        : undefined,
    begins: activation && (activation === 'user-action' ? terms.activationUserAction : terms.activationFixedSchedule),
  };
}

/** Everything the model knows of an achievement that the card has no room for, without the hidden fields. */
export function renderDetails(
  achievement: Achievement,
  hidden: ReadonlySet<Hideable>,
  locale: LocaleController,
  words: CardWords,
  bar: Bar,
) {
  const { formats, terms } = locale;
  const { description, lockedDescription, rarity, state, window } = achievement;
  const moment = (time: number | undefined) => (time === undefined ? undefined : formats.dateTime(time) || undefined);
  const day = (time: number | undefined) => (time === undefined ? undefined : formats.dayTime(time) || undefined);
  const enumerated = enumerations(achievement, terms);
  // Before the unlock the unlocked text would tell the end of the story.
  const howTo = linesOf(lockedDescription ?? (state === 'unlocked' || achievement.secret ? undefined : description));
  const rewards = achievement.rewards.filter((reward) => !hidden.has(rewardField(reward)));
  const rows: Row[] = [
    [terms.detailDescription, state === 'unlocked' ? linesOf(description) || undefined : undefined, 'description'],
    [terms.detailHowTo, howTo || undefined, 'description'],
    [terms.detailUnlocked, day(achievement.unlockedAt), 'time'],
    [terms.detailStarted, day(achievement.startedAt), 'time'],
    [terms.detailStarts, moment(window?.startsAt), 'time'],
    [terms.detailEnds, moment(window?.endsAt), 'time'],
    [terms.detailResets, moment(achievement.resetsAt), 'time'],
    [terms.detailRepeats, enumerated.repeats, 'marks'],
    [
      terms.detailTimesEarned,
      achievement.timesEarned === undefined ? undefined : formats.number(achievement.timesEarned) || undefined,
      'time',
    ],
    [terms.detailStart, enumerated.begins],
    [
      terms.detailTime,
      achievement.estimatedSeconds === undefined
        ? undefined
        : formats.duration(achievement.estimatedSeconds) || undefined,
      'estimate',
    ],
    [
      terms.detailRarity,
      [words.rarityPercent(achievement), rarity?.category].filter(Boolean).join(' · ') || undefined,
      'rarity',
    ],
    [terms.detailRewards, lines(rewards.map((reward) => rewardLine(reward, words)))],
    [terms.detailKind, enumerated.kind, 'marks'],
    [terms.detailParticipation, enumerated.participation, 'marks'],
    [
      terms.detailTitles,
      lines(achievement.titles.map(({ name, version }) => [name, version].filter(Boolean).join(' · '))),
    ],
    [terms.detailPlatforms, achievement.platforms.length ? formats.list(achievement.platforms) : undefined],
    [terms.detailCategory, achievement.category],
    [terms.detailCampaigns, achievement.campaigns.length ? formats.list(achievement.campaigns) : undefined],
    [terms.detailId, achievement.id],
    [terms.detailApiName, achievement.apiName],
    [terms.detailServiceConfiguration, achievement.serviceConfigId],
    [terms.detailProduct, achievement.productId === achievement.serviceConfigId ? undefined : achievement.productId],
  ];
  return html`
    ${hidden.has('progress') ? nothing : renderRequirements(achievement, locale, words, bar)}
    <dl>
      ${rows.map(([label, value, field]) =>
        value === undefined || (field && hidden.has(field))
          ? nothing
          : html`<div>
              <dt>${label}</dt>
              <dd><bdi>${value}</bdi></dd>
            </div>`,
      )}
    </dl>
  `;
}
