import * as z from 'zod/mini';
import { type Tell, readList, readMembers } from '../model/reader/values.js';

// Schemas say only what kind of value stands where; null counts as absent everywhere, and members that are not named
// are left behind. They are made of zod's core itself: the functions around it give every schema methods that nothing
// here calls, and they weigh 0.7 kB.

type Schema = z.core.$ZodType;

/**
 * Does work of zod's while no object inherits anything that a loop over its members would find. zod takes such members
 * for its own, and ends with an error; a host's old library may have given some to every object. They are back before
 * anybody else runs.
 */
function undisturbed<Result>(work: () => Result): Result {
  const foreign: string[] = [];
  for (const name in {}) if (Object.getOwnPropertyDescriptor(Object.prototype, name)?.configurable) foreign.push(name);
  if (foreign.length === 0) return work();
  const show = (enumerable: boolean) => {
    // A descriptor would inherit them, too.
    const descriptor = Object.assign(Object.create(null) as PropertyDescriptor, { enumerable });
    for (const name of foreign) Object.defineProperty(Object.prototype, name, descriptor);
  };
  show(false);
  try {
    return work();
  } finally {
    show(true);
  }
}

export const string = undisturbed(() => new z.core.$ZodString({ type: 'string' }));
export const number = undisturbed(() => new z.core.$ZodNumber({ type: 'number' }));
/** Ids and numbers: services send either for the other. */
export const stringOrNumber = either(string, number);

export const text = nullish(string);
export const flag = nullish(undisturbed(() => new z.core.$ZodBoolean({ type: 'boolean' })));
export const loose = nullish(stringOrNumber);

export function nullish<Inner extends Schema>(inner: Inner) {
  const innerType = undisturbed(() => new z.core.$ZodNullable({ type: 'nullable', innerType: inner }));
  return undisturbed(() => new z.core.$ZodOptional({ type: 'optional', innerType })) as z.core.$ZodOptional<
    z.core.$ZodNullable<Inner>
  >;
}

export function either<Options extends readonly Schema[]>(...options: Options) {
  return undisturbed(() => new z.core.$ZodUnion({ type: 'union', options })) as z.core.$ZodUnion<Options>;
}

export function object<Shape extends z.core.$ZodShape>(shape: Shape) {
  return undisturbed(() => new z.core.$ZodObject({ type: 'object', shape })) as z.core.$ZodObject<Shape, z.core.$strip>;
}

/** A list; null entries are no entries. */
export function list<Item extends Schema>(item: Item) {
  const element = nullish(item);
  return nullish(
    undisturbed(() => new z.core.$ZodArray({ type: 'array', element })) as z.core.$ZodArray<typeof element>,
  );
}

/** A list that has to be there, whole. */
export function array<Item extends Schema>(element: Item) {
  return undisturbed(() => new z.core.$ZodArray({ type: 'array', element })) as z.core.$ZodArray<Item>;
}

/** One of these words. */
export function word<const Word extends string>(...words: readonly Word[]) {
  const entries = Object.fromEntries(words.map((each) => [each, each]));
  return undisturbed(() => new z.core.$ZodEnum({ type: 'enum', entries })) as unknown as z.core.$ZodType<Word, Word>;
}

/** What says yes by being there. */
export const yes = undisturbed(
  () => new z.core.$ZodLiteral({ type: 'literal', values: [true] }),
) as unknown as z.core.$ZodType<true, true>;

// What services answer is read tolerantly: a schema names the members that are used and how they lie in each other. What
// a value means is decided by the one reader, and what lies wrong is told and left out, so that it costs only itself.

let telling: Tell = () => undefined;

/** Does work that checks something tolerantly; `tell` is told of what lies wrong. */
export function tellingOf<Result>(tell: Tell, work: () => Result): Result {
  const before = telling;
  telling = tell;
  try {
    return undisturbed(work);
  } finally {
    telling = before;
  }
}

/** Any value at all, or none. */
export const anything = undisturbed(
  () =>
    new z.core.$ZodOptional({
      type: 'optional',
      innerType: new z.core.$ZodUnknown({ type: 'unknown' }),
    }),
) as z.core.$ZodOptional<z.core.$ZodUnknown>;

/** An object inside an answer: nothing where it is none. */
export function members<Shape extends z.core.$ZodShape>(name: string, shape: Shape) {
  const innerType = nullish(object(shape));
  const catchValue = ({ input }: { readonly input: unknown }) => {
    readMembers(input, name, telling);
    return undefined;
  };
  return undisturbed(() => new z.core.$ZodCatch({ type: 'catch', innerType, catchValue })) as z.core.$ZodCatch<
    typeof innerType
  >;
}

/** A list inside an answer, of which a bad entry is left out; one entry alone is a list of one. */
export function entries<Item extends Schema>(name: string, item: Item) {
  const innerType = nullish(array(item));
  const catchValue = ({ input }: { readonly input: unknown }) =>
    readList(input, name, telling).map((entry) => z.core.parse(item, entry));
  return undisturbed(() => new z.core.$ZodCatch({ type: 'catch', innerType, catchValue })) as z.core.$ZodCatch<
    typeof innerType
  >;
}
