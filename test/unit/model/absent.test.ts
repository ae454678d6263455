import { expect, it } from 'vitest';
import { dropAbsent } from '../../../src/model/absent.js';

it('dropAbsent drops undefined and nothing else', () => {
  expect(dropAbsent({ a: undefined, b: null, c: 0, d: '', e: false })).toEqual({ b: null, c: 0, d: '', e: false });
});
