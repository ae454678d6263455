import { describe, expect, it } from 'vitest';
import { type Colour, contrastRatio, hexOf, verdict } from '../../../../demo/pages/playground/contrast.js';

const colour = (hex: string) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;

describe('contrast, as WCAG counts it', () => {
  it.each([
    ['000000', 'ffffff', 21],
    ['ffffff', 'ffffff', 1],
    // The grey that is known for just passing, and the one for just failing.
    ['767676', 'ffffff', 4.54],
    ['777777', 'ffffff', 4.48],
    ['0000ff', 'ffffff', 8.59],
    ['ff0000', '000000', 5.25],
  ])('#%s on #%s is %d to 1, either way', (one, other, ratio) => {
    expect(contrastRatio(colour(one), colour(other))).toBeCloseTo(ratio, 2);
    expect(contrastRatio(colour(other), colour(one))).toBeCloseTo(ratio, 2);
  });

  it.each([
    [4.5, 'text', true, '4.5 to 1: enough, text needs 4.5'],
    [4.499, 'text', false, '4.49 to 1: too little, text needs 4.5'],
    [3, 'shape', true, '3.0 to 1: enough, bars and outlines need 3'],
    [2.9, 'shape', false, '2.9 to 1: too little, bars and outlines need 3'],
  ] as const)('%d for %s is judged in words', (ratio, use, passes, words) => {
    expect(verdict(ratio, use)).toEqual({ passes, words });
  });

  it('writes a colour as a colour input takes it', () => {
    expect(hexOf([0, 10.4, 255])).toBe('#000aff');
  });
});
