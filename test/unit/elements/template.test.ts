import { html as litHtml, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { describe, expect, it } from 'vitest';
import { html, svg } from '../../../src/elements/template.js';

const foreign = structuredClone({ _$litType$: 1, strings: ['<b></b>'], values: [] });
const toString = { toString: () => 'text' };
const ours = html`<b></b>`;
const directive = repeat([], () => ours);

describe('a position of a template', () => {
  it.each<[what: string, value: unknown, child: unknown, attribute: unknown]>([
    ['a text', '<b>', '<b>', '<b>'],
    ['a number', 0, 0, 0],
    ['nothing', nothing, nothing, nothing],
    ['null', null, null, null],
    ['undefined', undefined, undefined, undefined],
    ['a template of ours', ours, ours, nothing],
    ['a directive', directive, directive, nothing],
    ['a foreign template', foreign, nothing, nothing],
    ['a template of Lit’s', litHtml`<b></b>`, nothing, nothing],
    ['an object with a text', toString, nothing, nothing],
    ['a function', () => 'text', nothing, nothing],
    ['a symbol', Symbol('text'), nothing, nothing],
    ['a list', ['a', [foreign, ours], toString], ['a', [nothing, ours], nothing], nothing],
  ])('takes of %s what may be there', (_, value, child, attribute) => {
    const { values } = html`${value}
      <p title=${value} lang="a ${value} b" .data=${value} ?hidden=${value} @click=${value}>${value} > ${value}</p>
      <i class=${value}></i>${value}`;
    const expected: unknown[] = [child, attribute, attribute, value, value, value, child, child, attribute, child];
    expect(values.map((each) => (each === nothing ? 'nothing' : each))).toEqual(
      expected.map((each) => (each === nothing ? 'nothing' : each)),
    );
    expect(svg`<g>${value}</g>`.values[0]).toEqual(child);
  });

  it('looks at no item of a list that is a property', () => {
    const list = new Proxy([1, 2, 3], {
      get(_target, name) {
        // Lit itself asks for a mark of its own in its development mode.
        if (name !== '_$litStatic$') throw new Error('was looked at');
        return undefined;
      },
    });
    expect(html`<x-y .data=${list}></x-y>`.values[0]).toBe(list);
  });
});
