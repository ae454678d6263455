import { combine } from '../../../src/backends/combine.js';
import { json } from '../../../src/backends/json.js';
import { talonOne } from '../../../src/backends/talon-one.js';
import { xbox } from '../../../src/backends/xbox.js';
import { type ContractCase, describeContract } from './contract.js';

const src = 'https://game.example/achievements?lang=1';

const jsonCase: ContractCase = {
  name: 'json',
  make: (options) => json({ src, ...options }),
  item: (id) => ({ id, name: `Item ${id}`, unlockedAt: '0001-01-01T00:00:00Z', startedAt: null }),
  answer: (achievements) => ({ achievements }),
  page: (achievements, page, pages, total) => ({
    achievements,
    cursor: page + 1 < pages ? `page ${page + 1}` : null,
    total,
  }),
  pageOf: (url) => Number(url.searchParams.get('cursor')?.slice(5) ?? 0),
};

describeContract(jsonCase);

describeContract({ ...jsonCase, name: 'combine', make: (options) => combine(json({ src, ...options })) });

describeContract({
  name: 'xbox',
  make: (options) => xbox({ src, ...options }),
  item: (id) => ({
    id: String(id),
    serviceConfigId: '1370999b-fca2-4c53-8ec5-000000000000',
    name: `Item ${id}`,
    progressState: id % 2 ? 'NotStarted' : 'Achieved',
    progression: { requirements: null, timeUnlocked: '0001-01-01T00:00:00.0000000Z' },
    timeWindow: null,
    estimatedTime: '00:00:00',
  }),
  answer: (achievements) => ({
    achievements,
    pagingInfo: { continuationToken: null, totalRecords: achievements.length },
  }),
  page: (achievements, page, pages, totalRecords) => ({
    achievements,
    pagingInfo: { continuationToken: page + 1 < pages ? `${page + 1},&=` : '', totalRecords },
  }),
  pageOf: (url) => parseInt(url.searchParams.get('continuationToken') ?? '0'),
});

describeContract({
  name: 'talon-one',
  make: (options) => talonOne({ src, ...options }),
  item: (id) => ({
    id,
    created: '2020-06-10T09:05:27.993483Z',
    name: `Item${id}`,
    title: `Item ${id}`,
    description: '',
    target: 10,
    endDate: '0001-01-01T00:00:00Z',
    currentProgress: { status: 'completed', progress: 10, completionDate: '2024-01-15T15:04:05Z07:00' },
  }),
  answer: (data) => ({ totalResultSize: data.length, data }),
  page: (data, _page, _pages, totalResultSize) => ({ totalResultSize, data }),
  pageOf: (url) => Number(url.searchParams.get('skip') ?? 0) / 2,
});
