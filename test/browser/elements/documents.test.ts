import { expect } from '@open-wc/testing';
import { talonOne } from '../../../src/backends/talon-one.js';
import { xbox } from '../../../src/backends/xbox.js';
import '../../../src/define/achievement-list.js';
import type { Backend } from '../../../src/model/index.js';
import {
  NOW,
  cardsOf,
  factsOf,
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

/** The document of the official page of contract 2, with every member. */
const xboxDocument = {
  id: '3',
  serviceConfigId: 'b5dd9daf-0000-0000-0000-000000000000',
  name: 'Default NameString for Microsoft Achievements Sample Achievement 3',
  titleAssociations: [{ name: 'Microsoft Achievements Sample', id: 3051199919, version: 'abc' }],
  progressState: 'Achieved',
  progression: {
    requirements: [{ id: '12345678-1234-1234-1234-123456789012', current: null, target: '100' }],
    timeUnlocked: '2013-01-17T12:19:00.3087016Z',
  },
  mediaAssets: [{ name: 'Icon Name', type: 'Icon', url: `${location.origin}/pictures/sun.svg` }],
  platform: 'D',
  isSecret: true,
  description: 'Default DescriptionString for Microsoft Achievements Sample Achievement 3',
  lockedDescription: 'Default UnachievedString for Microsoft Achievements Sample Achievement 3',
  productId: '12345678-1234-1234-1234-123456789012',
  achievementType: 'Challenge',
  participationType: 'Individual',
  timeWindow: { startDate: '2013-02-01T12:00:00Z', endDate: '2100-07-01T12:00:00Z' },
  rewards: [
    { name: null, description: null, value: '10', type: 'Gamerscore', valueType: 'Int' },
    {
      name: 'Default Name for InAppReward for Microsoft Achievements Sample Achievement 3',
      description: 'Default Description for InAppReward for Microsoft Achievements Sample Achievement 3',
      value: '1',
      type: 'InApp',
      valueType: 'String',
    },
  ],
  estimatedTime: '06:12:14',
  deeplink: 'aWFtYWRlZXBsaW5r',
  isRevoked: false,
};

/** The published model AchievementProgressWithDefinition, with every property. */
const talonOneDocument = {
  status: 'inprogress',
  progress: 112.5,
  startDate: '2026-01-15T12:00:00Z',
  endDate: '2026-01-25T13:00:00Z',
  achievementId: 3,
  name: 'FiftyForTheRoad',
  title: 'Fifty for the road',
  description: 'Spend 150 on coffee to go.',
  campaignId: 27,
  target: 150,
  achievementRecurrencePolicy: 'on_expiration',
  achievementActivationPolicy: 'fixed_schedule',
  achievementFixedStartDate: '2026-01-01T12:00:00Z',
  achievementEndDate: '2026-02-20T13:00:00Z',
};

async function showDocument(backend: Backend, body: unknown) {
  const { environment } = world();
  const list = await show('achievement-list', {
    backend,
    environment: {
      ...environment,
      fetch: () =>
        Promise.resolve(new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })),
    },
  });
  await until(() => cardsOf(list).length > 0);
  await settled(list);
  const [card] = cardsOf(list);
  const details = await openDetails(card!);
  return { card: card!, details, rows: rowsOf(details) };
}

const showXbox = (changes: object = {}) =>
  showDocument(xbox({ src: '/xbox' }), { achievements: [{ ...xboxDocument, ...changes }], pagingInfo: {} });
const showTalonOne = (changes: object = {}) =>
  showDocument(talonOne({ src: '/talon-one' }), { hasMore: false, data: [{ ...talonOneDocument, ...changes }] });

before(speakEnglish);

describe('every member of an Xbox achievement has a place', () => {
  it('once it is unlocked', async () => {
    const { card, rows, details } = await showXbox();
    expect(words(part(card, 'name')), 'name').to.equal(xboxDocument.name);
    expect(card.state, 'progressState').to.equal('unlocked');
    expect([card.secret, card.masked, card.revoked], 'isSecret, isRevoked').to.deep.equal([true, false, false]);
    expect(words(part(card, 'description')), 'description').to.equal(xboxDocument.description);
    expect(part(card, 'icon')?.querySelector('img')?.src, 'mediaAssets').to.equal(xboxDocument.mediaAssets[0]!.url);
    expect(partWords(card, 'reward'), 'rewards').to.deep.equal(['10 G', xboxDocument.rewards[1]!.name]);
    expect(factsOf(card), 'achievementType, timeUnlocked').to.deep.equal(['Challenge', 'Unlocked January 17, 2013']);
    expect(words(part(card, 'action')), 'deeplink').to.equal('Open in game');
    expect(words(details.querySelector('.requirement')), 'requirements').to.equal('– of 100');
    expect(Object.keys(rows).filter((label) => rows[label] === '')).to.deep.equal([]);
    expect(rows).to.include({
      Description: xboxDocument.description,
      'How to get it': xboxDocument.lockedDescription,
      'Estimated time': '6 hr',
      Rewards: `10 G${xboxDocument.rewards[1]!.name} – ${xboxDocument.rewards[1]!.description}`,
      Kind: 'Challenge',
      For: 'One player',
      Game: 'Microsoft Achievements Sample · abc',
      Platforms: 'D',
      'Achievement ID': '3',
      'Service configuration': xboxDocument.serviceConfigId,
      Product: xboxDocument.productId,
    });
    expect(rows['Unlocked'], 'timeUnlocked').to.contain('January 17, 2013');
    expect(rows['Starts'], 'timeWindow').to.contain('February 1, 2013');
    expect(rows['Ends'], 'timeWindow').to.contain('July 1, 2100');
  });

  it('while it is still to be got', async () => {
    const { card } = await showXbox({
      progressState: 'InProgress',
      progression: { requirements: [{ id: 'x', current: '40', target: '100' }], timeUnlocked: '0001-01-01T00:00:00Z' },
      isSecret: false,
      participationType: 'Group',
      timeWindow: { startDate: '2013-02-01T12:00:00Z', endDate: '2026-01-20T21:30:00Z' },
      rarity: { currentCategory: 'Rare', currentPercentage: 3.8 },
    });
    expect(words(part(card, 'description')), 'lockedDescription').to.equal(xboxDocument.lockedDescription);
    expect(words(part(card, 'progress-label'))).to.equal('40 of 100');
    expect(factsOf(card)).to.deep.equal(['Challenge', 'Group', 'About 6 hr', 'Ends in 9 hours', '3.8% · Rare']);
  });

  it('when it was taken back', async () => {
    const { card } = await showXbox({ isRevoked: true });
    expect(card.revoked).to.equal(true);
    expect(factsOf(card)[0]).to.equal('Revoked');
  });
});

describe('every property of a Talon.One achievement has a place', () => {
  it('while it is in progress', async () => {
    const { card, rows } = await showTalonOne();
    expect(words(part(card, 'name')), 'title').to.equal(talonOneDocument.title);
    expect(card.state, 'status').to.equal('in-progress');
    expect(words(part(card, 'description')), 'description').to.equal(talonOneDocument.description);
    expect(words(part(card, 'progress-label')), 'progress, target').to.equal('112.5 of 150');
    expect(factsOf(card), 'recurrence, both end dates').to.deep.equal([
      'Repeats',
      'Ends in 31 days',
      'Resets in 5 days',
    ]);
    expect(rows).to.include({
      Repeats: 'When its period ends',
      Begins: 'For everybody at the same time',
      Campaigns: '27',
      'Achievement ID': '3',
      'API name': 'FiftyForTheRoad',
    });
    expect(rows['Started'], 'startDate').to.contain('January 15, 2026');
    expect(rows['Resets'], 'endDate').to.contain('January 25, 2026');
    expect(rows['Starts'], 'achievementFixedStartDate').to.contain('January 1, 2026');
    expect(rows['Ends'], 'achievementEndDate').to.contain('February 20, 2026');
  });

  it('once it is completed', async () => {
    const { card, rows } = await showTalonOne({ status: 'completed', completionDate: '2026-01-17T12:00:00Z' });
    expect(card.state).to.equal('unlocked');
    expect(factsOf(card)).to.include('Completed January 17, 2026');
    expect(rows['Unlocked'], 'completionDate').to.contain('January 17, 2026');
  });

  it('before it starts', async () => {
    const { card } = await showTalonOne({
      status: 'not_started',
      progress: 0,
      achievementFixedStartDate: new Date(NOW + 9 * 86_400_000).toISOString(),
    });
    expect(card.state).to.equal('scheduled');
    expect(factsOf(card)).to.include('Starts on January 29, 2026');
  });

  it('after it expired', async () => {
    const { card } = await showTalonOne({ status: 'expired', endDate: '2026-01-10T12:00:00Z' });
    expect(card.state).to.equal('expired');
    expect(factsOf(card)).to.include('Ended January 10, 2026');
  });
});

describe('the check for a place', () => {
  it('finds a member without one', async () => {
    const { card, details } = await showXbox({ inventedMember: 'A text that nothing shows' });
    expect(words(card.renderRoot as unknown as Element) + words(details)).not.to.contain('A text that nothing shows');
    expect(words(card.renderRoot as unknown as Element)).to.contain(xboxDocument.name);
  });
});
