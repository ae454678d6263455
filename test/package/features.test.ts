import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, root } from './dist.js';

interface Named {
  readonly name?: string;
  readonly description?: string;
}

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
  readonly events?: readonly Named[];
  readonly members?: readonly Named[];
  readonly slots?: readonly Named[];
}

const { modules } = JSON.parse(read('dist/custom-elements.json')) as {
  readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
};
const elements = modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName);

/** The kinds of names that the documents use, and where the manifest has them. */
const KINDS = {
  attribute: ({ attributes = [] }: Declaration) => attributes,
  part: ({ cssParts = [] }: Declaration) => cssParts,
  event: ({ events = [] }: Declaration) => events,
  property: ({ members = [] }: Declaration) => members,
  slot: ({ slots = [] }: Declaration) => slots,
  element: ({ tagName }: Declaration) => [{ name: `<${tagName}>` }],
  'custom property': ({ cssProperties = [] }: Declaration) => cssProperties,
} as const;

const inManifest = (kind: keyof typeof KINDS, name: string) =>
  elements.flatMap(KINDS[kind]).filter((named) => named.name === name);

/** Whether what stands between backticks exists; without a word before it, it is an attribute or a file. */
function exists(kind: string, code: string): boolean {
  if (code.includes('/')) return kind === '' && existsSync(join(root, code));
  if (code.startsWith('--')) return inManifest('custom property', code).length > 0;
  const [, attribute, value] = /^([\w-]+)="([\w-]+)"$/.exec(code) ?? [];
  // The values of an attribute are words of its description.
  if (attribute && value) {
    const words = (description = '') => description.split(/[^\w-]+/);
    return inManifest('attribute', attribute).some(({ description }) => words(description).includes(value));
  }
  return inManifest(kind === '' ? 'attribute' : (kind as keyof typeof KINDS), code).length > 0;
}

/** What a text points to that is not there. */
const missingFrom = (where: string): string[] =>
  [...where.matchAll(/(?:(part|event|property|slot|element) )?`([^`]+)`/g)]
    .filter(([, kind = '', code = '']) => !exists(kind, code))
    .map(([found]) => found);

type Row = Readonly<Record<string, string>>;

/** The rows of the tables whose first column is `row`, by column, one list for each table. */
function tablesOf(markdown: string): Row[][] {
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  return markdown
    .split(/\n\n+/)
    .filter((block) => /^\| row /.test(block))
    .map((block) => {
      const [head = '', , ...lines] = block.trim().split('\n');
      const columns = cells(head);
      return lines.map((line) =>
        Object.fromEntries(cells(line).map((cell, index) => [columns[index] ?? 'too many', cell])),
      );
    });
}

/** The first word of a cell: `yes`, `partly`, `no`. */
const verdict = (cell = '') => /^[a-z]+/.exec(cell)?.[0] ?? cell;

const count = (rows: readonly Row[], column: string, wanted: string) =>
  rows.filter((row) => verdict(row[column]) === wanted).length;

/** Everything that a row must not be. */
function wrongWith(row: Row): string[] {
  const { ours = '', where = '', 'how, or why not': why = '' } = row;
  const wrong = missingFrom(where);
  if (!/^(yes|partly|no|elsewhere)$/.test(ours)) wrong.push(`“${ours}” is no answer`);
  if (ours !== 'yes' && why === '') wrong.push('no reason');
  if ((ours === 'yes' || ours === 'partly') && where === '') wrong.push('nothing that shows it');
  return wrong.map((text) => `${row['row']}: ${text}`);
}

const features = read('docs/features.md');
const [displays = [], requests = [], news = []] = tablesOf(features);

/** The numbers of a sentence, in their order. */
const numbersIn = (sentence: RegExp) =>
  [...(sentence.exec(features)?.[0] ?? '').matchAll(/\d+/g)].map(([number]) => Number(number));

describe('the comparison with other displays', () => {
  it.each([
    ['what displays do', displays, 47],
    ['what players ask for', requests, 25],
    ['what none of them had', news, 17],
  ] as const)('has every row of “%s” once, in order', (_table, rows, length) => {
    expect(rows.map(({ row }) => Number(row))).toEqual(Array.from({ length }, (_, index) => index + 1));
  });

  it('has an answer in every row, a reason where it is not yes, and only names and files that exist', () => {
    expect([...displays, ...requests, ...news].flatMap(wrongWith)).toEqual([]);
  });

  it('would be caught naming what is not there, or giving no reason (control)', () => {
    const wheres = [
      'part `state`, `test/no/such.test.ts`',
      'part `sort`',
      '`no-such-attribute`',
      'event `achievement-lost`',
      '`sections="no-such-section"`',
      '`--achievement-shadow`',
      'element `<achievement-toast>`',
    ];
    expect(wheres.map(missingFrom)).toEqual([
      ['`test/no/such.test.ts`'],
      ['part `sort`'],
      ['`no-such-attribute`'],
      ['event `achievement-lost`'],
      ['`sections="no-such-section"`'],
      ['`--achievement-shadow`'],
      ['element `<achievement-toast>`'],
    ]);
    expect(wrongWith({ row: '1', ours: 'no', 'how, or why not': '', where: '' })).toEqual(['1: no reason']);
    expect(wrongWith({ row: '2', ours: 'yes', 'how, or why not': '', where: '' })).toEqual([
      '2: nothing that shows it',
    ]);
    expect(wrongWith({ row: '3', ours: 'soon', 'how, or why not': 'Soon.', where: '' })).toEqual([
      '3: “soon” is no answer',
    ]);
    expect(tablesOf(features.replace(/^\| 7 .*\n/m, ''))[0]).toHaveLength(46);
  });

  it('counts right, for us and for the others', () => {
    const lists = displays.filter(({ row }) => Number(row) < 25 || Number(row) > 31);
    const ours = (rows: readonly Row[]) => ['yes', 'partly', 'no'].map((word) => count(rows, 'ours', word));
    expect(numbersIn(/Of the 47 rows,[^.]*/)).toEqual([47, ...ours(displays), count(displays, 'ours', 'elsewhere')]);
    expect(numbersIn(/Of the 40 without notices[^.]*/)).toEqual([40, ...ours(lists)]);
    expect(numbersIn(/Of the 25,[^.]*/)).toEqual([25, ...ours(requests)]);
    expect(numbersIn(/Of the 17,[^.]*/)).toEqual([17, ...ours(news)]);
    for (const display of ['PlayniteAchievements', 'Krowi_AchievementFilter', 'Achievement-Watcher-Next']) {
      const [line = ''] = new RegExp(`^\\| \\[${display}\\].*$`, 'm').exec(features) ?? [];
      const told = line.split('|').slice(-3, -1).map(Number);
      expect(told, display).toEqual([count(lists, display, 'yes'), count(lists, display, 'partly')]);
    }
  });
});
