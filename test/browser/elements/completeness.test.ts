import { expect } from '@open-wc/testing';
import { xbox } from '../../../src/backends/xbox.js';
import '../../../src/define/achievement-list.js';
import '../../../src/define/achievement-summary.js';
import '../../../src/define/achievement-toasts.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import { type Achievement, type Fresh, ProblemError } from '../../../src/model/index.js';
import { createStore } from '../../../src/store/create-store.js';
import {
  NOW,
  achievement,
  cardsOf,
  click,
  part,
  parts,
  room,
  scripted,
  settled,
  show,
  speakEnglish,
  until,
  words,
  world,
} from '../../support/elements/fixtures.js';

before(speakEnglish);

const statusOf = (list: AchievementList) => words(part(list, 'status'));
const totalsIn = (summary: Element | null) => words(part(summary!, 'totals'));
const percentIn = (summary: Element | null) => words(summary!.shadowRoot!.querySelector('.percent'));
const summaryOf = (list: AchievementList) => part(list, 'summary');

/** So many that a player has, worth 160 G each. */
const unlocked = (count: number, state: Achievement['state'] = 'unlocked') =>
  Array.from({ length: count }, (_, index) =>
    achievement(`${index}`, {
      state,
      unlockedAt: NOW,
      rewards: [{ kind: 'points', value: 160, unit: 'G' }],
      titles: [{ id: '1', name: 'Comet' }],
    }),
  );
const short = (members: Partial<Fresh> = {}): Fresh => ({
  achievements: unlocked(2),
  total: 73,
  problem: { code: 'incomplete', message: 'Only 2 of 73 achievements are shown.' },
  ...members,
});

async function showShort(answer: Fresh, properties: Partial<AchievementList> = {}) {
  const backend = scripted(answer);
  const { environment } = world();
  const list = await show('achievement-list', { backend, environment, summary: true, ...properties });
  await until(() => list.store?.snapshot.activity === 'idle');
  await settled(list);
  return { list, backend };
}

/** As a proxy answers that drops the token: two that are unlocked, of the 73 that the service counts. */
const dropped = {
  achievements: ['Lift-off', 'Touchdown'].map((name, index) => ({
    id: `${index + 1}`,
    serviceConfigId: '00000000-0000-0000-0000-00001a2b3c4d',
    name,
    progressState: 'Achieved',
    progression: { requirements: [], timeUnlocked: '2026-03-01T00:00:00Z' },
    rewards: [{ name: null, value: '160', type: 'Gamerscore', valueType: 'Int' }],
  })),
  pagingInfo: { continuationToken: null, totalRecords: 73 },
};

const xboxStore = (body: unknown) =>
  createStore({
    backend: xbox({ src: 'https://game.example/xbox' }),
    fetch: async () => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } }),
    environment: world().environment,
  });

describe('a short answer', () => {
  it('never passes for a whole one: status, totals, percentage, points and notices', async () => {
    const parent = await room();
    const toasts = await show('achievement-toasts', { stagger: 0, missed: true }, parent);
    const list = await show('achievement-list', { store: xboxStore(dropped), summary: true }, parent);
    toasts.store = list.store;
    await until(() => cardsOf(list).length === 2);
    await until(() => list.store?.snapshot.activity === 'idle');
    await settled(list);
    expect(statusOf(list)).to.equal('2 of 73 achievements could be read Try again');
    expect(part(list, 'status')!.classList.contains('fresh')).to.equal(false);
    expect(totalsIn(summaryOf(list))).to.equal('2 of 73 unlocked · 320 G');
    expect(percentIn(summaryOf(list))).to.equal('2%');
    expect(parts(toasts, 'complete')).to.have.length(0);
  });

  it('is whole as soon as the rest has come', async () => {
    const { list, backend } = await showShort(short());
    expect(statusOf(list)).to.equal('2 of 73 achievements could be read Try again');
    backend.answer = unlocked(73);
    click(part(list, 'status')!.querySelector('button'));
    await until(() => statusOf(list).startsWith('Up to date'));
    expect(totalsIn(summaryOf(list))).to.equal('73 of 73 unlocked · 11,680 of 11,680 G');
    expect(percentIn(summaryOf(list))).to.equal('100%');
  });

  it('stays one when the connection goes', async () => {
    const { list, backend } = await showShort(short());
    backend.answer = new ProblemError({ code: 'offline', message: 'No connection.' });
    await list.store!.refresh();
    await settled(list);
    expect(statusOf(list)).to.match(/^Offline/);
    expect(totalsIn(summaryOf(list))).to.equal('2 of 73 unlocked · 320 G');
  });

  it('says what is known where nobody knows how many there are', async () => {
    const { list } = await showShort({ ...short({ isPart: true }), total: 2 });
    expect(statusOf(list)).to.equal('Not everything could be read. Try again');
    expect(totalsIn(summaryOf(list))).to.equal('2 unlocked · 320 G');
    expect(percentIn(summaryOf(list))).to.equal('');
  });

  it('is found by its count alone, of a backend that tells no problem', async () => {
    const { list } = await showShort({ achievements: unlocked(2), total: 73 });
    expect(statusOf(list)).to.equal('2 of 73 achievements could be read Try again');
  });

  it('leaves what was revoked out of how many there are', async () => {
    const [first, ...others] = unlocked(4);
    const { list } = await showShort(short({ achievements: [{ ...first!, revoked: true }, ...others] }));
    expect(totalsIn(summaryOf(list))).to.equal('3 of 72 unlocked · 480 G');
  });

  it('gives no group all there is of a title', async () => {
    const { list, backend } = await showShort(short(), { groupBy: 'title' });
    const heading = () => words(list.renderRoot.querySelector('[role="heading"]'));
    expect(heading()).to.equal('Comet 2');
    backend.answer = unlocked(2);
    await list.store!.refresh();
    await settled(list);
    expect(heading()).to.equal('Comet 2 of 2');
  });

  it('says so in a summary by itself', async () => {
    const summary = await show('achievement-summary', { library: short() });
    expect(totalsIn(summary)).to.equal('2 of 73 unlocked · 320 G');
    Object.assign(summary, { achievements: unlocked(2) });
    await settled(summary);
    expect(totalsIn(summary)).to.equal('2 of 2 unlocked · 320 of 320 G');
  });
});

describe('an answer of single values that could not be used', () => {
  it('is up to date: every achievement is there', async () => {
    const { list } = await showShort({
      achievements: unlocked(2),
      problem: {
        code: 'bad-shape',
        message: 'One value was left out.',
        omitted: [{ index: 0, member: 'unlockedAt', expected: 'a time' }],
      },
    });
    expect(statusOf(list)).to.equal('Up to date · just now');
    expect(percentIn(summaryOf(list))).to.equal('100%');
  });
});

describe('an Xbox list without achievements', () => {
  it('says that there are none yet, and doubts it where no contract for modern titles was asked with', async () => {
    const list = await show('achievement-list', { store: xboxStore({ achievements: [], pagingInfo: null }) });
    await until(() => part(list, 'empty'));
    await until(() => list.store?.snapshot.activity === 'idle');
    await settled(list);
    expect(words(part(list, 'empty'))).to.equal('No achievements yet.');
    expect(statusOf(list)).to.equal('Not everything could be read. Try again');
  });
});

describe('a notice that everything is unlocked', () => {
  for (const [name, answer, expected] of [
    ['comes where that is everything', { achievements: unlocked(2) }, 1],
    ['does not where the service counts more', { achievements: unlocked(2), total: 73 }, 0],
    ['does not where some are missing and nobody knows how many', { achievements: unlocked(2), isPart: true }, 0],
  ] as const) {
    it(name, async () => {
      const { clock, environment } = world();
      const backend = scripted({ ...answer, achievements: unlocked(2, 'locked') });
      const parent = await room();
      const list = await show('achievement-list', { backend, environment }, parent);
      await until(() => cardsOf(list).length === 2);
      const toasts = await show('achievement-toasts', { store: list.store!, clock, stagger: 0, max: 9 }, parent);
      backend.answer = answer;
      await list.store!.refresh();
      await until(() => parts(toasts, 'toast').length > 0);
      expect(parts(toasts, 'complete')).to.have.length(expected);
    });
  }
});
