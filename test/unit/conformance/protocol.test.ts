import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { protocolSchema } from '../../../scripts/protocol-schema.mjs';
import { conformanceCases } from '../../../src/conformance/run.js';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const protocol = read('docs/protocol.md');

/** Headings as they stand in addresses. */
const sections = [...protocol.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-'),
);

describe('the schema of the protocol', () => {
  it('is what the backend checks with: npm run protocol-schema', async () => {
    expect(read('docs/protocol.schema.json')).toBe(await protocolSchema());
  });

  it('names an achievement wherever one stands', () => {
    const { $defs } = JSON.parse(read('docs/protocol.schema.json')) as { $defs: Record<string, unknown> };
    const named = Object.entries($defs).filter(([, schema]) => JSON.stringify(schema).includes('#/$defs/achievement'));
    expect(named.map(([name]) => name)).toEqual(['list', 'reportResult', 'change']);
  });
});

describe('the protocol in words', () => {
  it('has the section that each case names', () => {
    expect(conformanceCases.filter(({ section }) => !sections.includes(section))).toEqual([]);
    expect(sections).not.toContain('no-such-section');
  });

  it('names every member of an achievement', () => {
    const { $defs } = JSON.parse(read('docs/protocol.schema.json')) as {
      $defs: { achievement: { properties: Record<string, unknown> } };
    };
    const members = Object.keys($defs.achievement.properties);
    const missing = (text: string) => members.filter((member) => !text.includes(`\`${member}\``));
    expect(missing(protocol)).toEqual([]);
    expect(missing(protocol.replaceAll('`deepLink`', ''))).toEqual(['deepLink']);
  });

  it('links to files that exist', () => {
    const links = [...protocol.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => `docs/${path}`);
    expect(links.length).toBeGreaterThan(1);
    for (const path of links) expect(() => read(path), path).not.toThrow();
  });
});

describe('the cases', () => {
  it('have names of their own, and say why they matter', () => {
    expect(new Set(conformanceCases.map(({ id }) => id)).size).toBe(conformanceCases.length);
    expect(
      conformanceCases.filter(({ why, title }) => (!why.endsWith('.') && !why.endsWith(').')) || title.endsWith('.')),
    ).toEqual([]);
  });
});
