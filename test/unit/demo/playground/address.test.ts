import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress, writeAddress } from '../../../../demo/pages/playground/address.js';
import { FIELDS, START } from '../../../../demo/pages/playground/fields.js';

describe('the address of the playground', () => {
  it('says nothing where everything is as the page begins', () => {
    expect(writeAddress(START)).toBe('');
    expect(readAddress('')).toEqual({ state: START, complaints: [] });
  });

  it('says what differs, and only that', () => {
    const state = { ...START, layout: 'grid', controls: 'off', hide: 'icon time', 'theme-accent': '#ff0000' };
    expect(writeAddress(state)).toBe('?layout=grid&controls=off&hide=icon+time&theme-accent=%23ff0000');
  });

  it('gives back every state it was given', () => {
    const valueOf = ({ kind, values = [] }: (typeof FIELDS)[number]) => {
      if (kind === 'choice') return fc.constantFrom(...values);
      if (kind === 'flag') return fc.constantFrom('on', 'off');
      if (kind === 'number') return fc.nat(999_999).map(String);
      if (kind === 'words') return fc.subarray([...values]).map((words) => words.join(' '));
      return fc.string({ unit: 'grapheme', maxLength: 40 });
    };
    const state = fc.record(Object.fromEntries(FIELDS.map((field) => [field.name, valueOf(field)])));
    fc.assert(
      fc.property(state, (given) => {
        expect(readAddress(writeAddress(given))).toEqual({ state: given, complaints: [] });
      }),
    );
  });

  it.each([
    ['layout=tiles', 'layout', 'list'],
    ['controls=yes', 'controls', 'on'],
    ['limit=-3', 'limit', '0'],
    ['limit=12345678', 'limit', '0'],
    ['hide=icon+everything', 'hide', ''],
    ['service=__proto__', 'service', 'starfall'],
    [`query=${'x'.repeat(301)}`, 'query', ''],
  ])('tells of what does not exist, and begins there as usual: %s', (query, name, usual) => {
    const { state, complaints } = readAddress(`?${query}`);
    expect(state[name]).toBe(usual);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(name);
  });

  it('leaves what belongs to somebody else alone', () => {
    expect(readAddress('?utm_source=mail')).toEqual({ state: START, complaints: [] });
  });
});
