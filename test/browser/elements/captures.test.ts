import { expect } from '@open-wc/testing';
import { xbox } from '../../../src/backends/xbox.js';
import '../../../src/define/achievement-list.js';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import {
  cardOf,
  cardsOf,
  openDetails,
  part,
  partWords,
  rowsOf,
  settled,
  show,
  speakEnglish,
  until,
  words,
  world,
} from '../../support/elements/fixtures.js';

/** The members of recorded answers that decide what has to be seen. */
interface Recorded {
  readonly id: string | number;
  readonly name: string;
  readonly description: string;
  readonly lockedDescription: string;
  readonly progressState?: 'Achieved' | 'InProgress' | 'NotStarted';
  readonly unlocked?: boolean;
  readonly unlockedOnline?: boolean;
  readonly gamerscore?: number;
  readonly progression?: {
    readonly requirements: readonly { readonly current: string | null; readonly target: string }[];
  };
  readonly rewards?: readonly { readonly value: string; readonly type: string }[];
}

const names = (await (await fetch('/captures/')).json()) as string[];

const STATES = { Achieved: 'unlocked', InProgress: 'in-progress', NotStarted: 'locked' } as const;

/** What a card has to show, worked out from the answer alone. */
function expectedOf({ progressState, progression, rewards, ...raw }: Recorded) {
  const state = progressState ? STATES[progressState] : raw.unlocked || raw.unlockedOnline ? 'unlocked' : 'locked';
  const requirements = progression?.requirements ?? [];
  const ratios = requirements.map(({ current, target }) => Math.min(1, Number(current) / Number(target)));
  const [first] = requirements;
  const known = requirements.some(({ current }) => current !== null);
  const ratio = ratios.reduce((sum, each) => sum + each, 0) / ratios.length;
  const text =
    ratios.length === 1
      ? `${first!.current} of ${first!.target}`
      : `${ratios.filter((each) => each === 1).length} of ${ratios.length} parts`;
  const points = raw.gamerscore ?? rewards?.find(({ type }) => type === 'Gamerscore')?.value;
  return {
    name: raw.name.trim(),
    description: (state === 'unlocked' ? raw.description : raw.lockedDescription).trim(),
    state,
    bar: known && state !== 'unlocked' ? [text, ratio.toFixed(4)] : undefined,
    reward: points === undefined ? [] : [`${points} G`],
  };
}

function shownBy(card: AchievementCard) {
  const bar = part(card, 'progress') as HTMLProgressElement | null;
  return {
    name: words(part(card, 'name')),
    description: words(part(card, 'description')),
    state: card.state,
    bar: bar ? [words(part(card, 'progress-label')), bar.value.toFixed(4)] : undefined,
    reward: partWords(card, 'reward').slice(0, 1),
  };
}

interface RecordedList {
  readonly achievements: readonly Recorded[];
  readonly pagingInfo: { readonly totalRecords: number };
}

async function showRecorded(name: string) {
  const text = await (await fetch(`/captures/${name}`)).text();
  const list = await show('achievement-list', {
    backend: xbox({ src: '/recorded' }),
    environment: world().environment,
    fetch: (input) => {
      // One page was recorded; what it says comes next is empty.
      const isNext = (input instanceof Request ? input.url : String(input)).includes('continuationToken');
      const body = isNext ? '{"achievements":[],"pagingInfo":{"continuationToken":null}}' : text;
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'application/json' } }));
    },
  });
  await until(() => list.store?.snapshot.activity === 'idle');
  await settled(list);
  const { achievements, pagingInfo } = JSON.parse(text) as RecordedList;
  return { list, recorded: achievements, isWhole: pagingInfo.totalRecords === achievements.length };
}

before(speakEnglish);

describe('recorded answers', () => {
  it(names.length > 0 ? 'are there' : 'skipped: no captures', function () {
    if (names.length === 0) this.skip();
  });

  for (const name of names) {
    it(`are shown item by item, with their state and their bar: ${name}`, async () => {
      const { list, recorded, isWhole } = await showRecorded(name);
      expect(list.store?.snapshot.problem?.code).to.equal(isWhole ? undefined : 'incomplete');
      expect(recorded.length).to.be.greaterThan(0);
      expect(cardsOf(list)).to.have.length(recorded.length);
      for (const raw of recorded) {
        const card = cardOf(list, String(raw.id));
        expect(shownBy(card), raw.name).to.deep.equal(expectedOf(raw));
        const rows = rowsOf(await openDetails(card));
        expect(rows['Achievement ID']).to.equal(String(raw.id));
        expect(part(card, 'details')!.querySelectorAll('.requirement')).to.have.length(
          raw.progression?.requirements.length ?? 0,
        );
      }
    });

    it(`would be caught showing another item: ${name}`, async () => {
      const { list, recorded } = await showRecorded(name);
      const [raw] = recorded;
      const card = cardOf(list, String(raw!.id));
      card.achievement = { ...card.achievement!, state: 'expired', name: 'Another' };
      await card.updateComplete;
      expect(shownBy(card)).not.to.deep.equal(expectedOf(raw!));
    });
  }
});
