import { html as litHtml, nothing, svg as litSvg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** What a position of a template makes of a value. */
type Guard = (value: unknown) => unknown;

/**
 * What each position of a template takes, by its strings: looked at once. Only a template that is written in a source has
 * its strings here, so this knows ours from an object that looks like one of Lit's because a service or another window
 * says so.
 */
const known = new WeakMap<object, readonly Guard[]>();

/** Texts and numbers, as an attribute has them. */
const primitive: Guard = (value) =>
  /^(?:object|function|symbol)$/.test(typeof value) && value !== null ? nothing : value;

/** Beside texts and numbers: templates of ours, directives, and lists of them. */
const content: Guard = (value) => {
  if (Array.isArray(value)) return value.map(content);
  if (typeof value !== 'object' || !value) return primitive(value);
  const { strings, _$litDirective$: directive } = value as { strings?: object; _$litDirective$?: unknown };
  // What comes from data holds no functions.
  return (strings && known.has(strings)) || typeof directive === 'function' ? value : nothing;
};

/** Properties, conditions and listeners take whatever it is. */
const anything: Guard = (value) => value;

function guardsOf(strings: TemplateStringsArray): readonly Guard[] {
  let before = '';
  return strings.slice(0, -1).map((string) => {
    before += string;
    const tag = /<[^<>]*$/.exec(before)?.[0];
    return !tag ? content : /\s[.?@][^\s=]+=$/.test(tag) ? anything : primitive;
  });
}

/** What a template literal is tagged with. */
type Tag<Result> = (strings: TemplateStringsArray, ...values: unknown[]) => Result;

function guarded<Result>(tag: Tag<Result>): Tag<Result> {
  return (strings, ...values) => {
    let guards = known.get(strings);
    if (!guards) known.set(strings, (guards = guardsOf(strings)));
    return tag(strings, ...guards.map((guard, index) => guard(values[index])));
  };
}

/**
 * Lit's `html`, in which a text is a text: where one stands, or an attribute, a value that turns out to be anything else
 * is nothing. A type is a promise of the compiler, and no check of what a page or a service hands over.
 */
export const html: Tag<TemplateResult<1>> = /* @__PURE__ */ guarded(litHtml);

/** Lit's `svg`, with the same rule. */
export const svg: Tag<SVGTemplateResult> = /* @__PURE__ */ guarded(litSvg);
