import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOverrides } from '../../../../src/model/index.js';
import { readOverrides } from '../../../../src/model/reader/overrides.js';
import { achievement } from '../support.js';
import { faultIn, membersTold, template } from './support.js';

const BASE = 'https://game.example/overrides.json';
const read = (achievements: unknown) => readOverrides({ achievements }, BASE);

describe('overrides', () => {
  it.each([[undefined], [null], ['x'], [[]], [{}], [{ achievements: [] }], [{ achievements: 'x' }]])(
    'are not %j',
    (value) => {
      expect(readOverrides(value, BASE)).toBeUndefined();
    },
  );

  it('are read text by text: what cannot be used costs only itself, and is told', () => {
    const overrides = read({
      a: {
        name: template(),
        description: 'Text',
        order: 'x',
        icon: 'i.png',
        languages: { de: { name: 7, category: [1] } },
      },
      b: 'x',
      c: { name: '\u200B', languages: { fr: null } },
    });
    expect(overrides?.achievements).toEqual({
      a: {
        description: 'Text',
        icon: 'https://game.example/i.png',
        languages: { de: { name: '7' } },
      },
      c: { languages: {} },
    });
    expect(membersTold(overrides?.omissions.omitted)).toEqual([
      'name: string',
      'order: number',
      'languages de category: string',
    ]);
    expect(overrides?.omissions.skipped.map(({ id, reason }) => `${id} ${reason}`)).toEqual([
      'b item: expected object',
      'c languages fr item: expected object',
    ]);
  });

  it('make nothing public that is secret, and touch nothing that is not named', () => {
    const overrides = read({ 1: { secret: false, state: 'unlocked', name: 'New' } });
    const secret = achievement({ secret: true });
    expect(applyOverrides([secret], overrides!)).toEqual([{ ...secret, name: 'New', media: {} }]);
  });

  it('are found by a GUID in the case in which either of them has it', () => {
    const guid = 'ABCDEF01-2345-6789-ABCD-EF0123456789';
    for (const id of [guid, guid.toLowerCase()]) {
      const named = achievement({ id, key: `json:${guid.toLowerCase()}` });
      for (const name of [id, `json:${guid}`, `json:${guid.toLowerCase()}`]) {
        expect(applyOverrides([named], read({ [name]: { name: 'New' } })!)[0]?.name, `${id} ${name}`).toBe('New');
      }
    }
  });

  it('with names that every object has are those of achievements alone', () => {
    const text = '{"__proto__":{"name":"P"},"constructor":{"name":"C"}}';
    const overrides = read(JSON.parse(text))!;
    expect(applyOverrides([achievement({ id: '__proto__' })], overrides)[0]?.name).toBe('P');
    expect(applyOverrides([achievement({ id: 'toString' })], overrides)[0]?.name).toBe('Name');
    expect({}).not.toHaveProperty('name');
  });

  it('are plain data, whatever there is', () => {
    const any = fc.anything({ withBigInt: true });
    const texts = fc.dictionary(
      fc.constantFrom('name', 'description', 'category', 'icon', 'art', 'rewards', 'points', 'order', 'languages'),
      any,
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(texts, any)), (achievements) => {
        const overrides = read(achievements);
        expect(faultIn(structuredClone(overrides?.achievements) ?? {})).toBeUndefined();
        expect(faultIn(structuredClone(overrides?.omissions.problem(9, 'overrides')) ?? {})).toBeUndefined();
      }),
    );
  });
});
