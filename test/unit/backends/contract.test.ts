import { combine } from '../../../src/backends/combine.js';
import { json } from '../../../src/backends/json.js';
import { overridden } from '../../../src/backends/overrides.js';
import { talonOne } from '../../../src/backends/talon-one.js';
import { xbox } from '../../../src/backends/xbox.js';
import type { Backend } from '../../../src/model/index.js';
import { type ContractCase, describeContract } from './contract.js';
import { jsonResponse } from './support.js';

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

const overrides = { achievements: { 1: { category: 'First', languages: { de: { name: 'Erstes' } } }, none: {} } };

describeContract({
  ...jsonCase,
  name: 'overridden by an object',
  make: (options) => overridden(json({ src, ...options }), overrides, 'de'),
});

/** The file is there, whatever becomes of the service: the contract is about the service. */
function withFile(backend: Backend): Backend {
  return {
    ...backend,
    pull: (known, call) =>
      backend.pull(known, {
        ...call,
        fetch: async (input, init) =>
          input === 'https://game.example/overrides.json' ? jsonResponse(overrides) : call.fetch(input, init),
      }),
  };
}

describeContract({
  ...jsonCase,
  name: 'overridden by a file',
  make: (options) => withFile(overridden(json({ src, ...options }), 'https://game.example/overrides.json', 'de')),
});

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
