import * as z from 'zod/mini';

// Schemas say only what kind of value stands where; null counts as absent everywhere, and members that are not named
// are left behind. They are made of zod's core itself: the functions around it give every schema methods that nothing
// here calls, and they weigh 0.7 kB.

type Schema = z.core.$ZodType;

export const string = new z.core.$ZodString({ type: 'string' });
export const number = new z.core.$ZodNumber({ type: 'number' });
/** Ids and numbers: services send either for the other. */
export const stringOrNumber = either(string, number);

export const text = nullish(string);
export const flag = nullish(new z.core.$ZodBoolean({ type: 'boolean' }));
export const loose = nullish(stringOrNumber);

export function nullish<Inner extends Schema>(inner: Inner) {
  const innerType = new z.core.$ZodNullable({ type: 'nullable', innerType: inner });
  return new z.core.$ZodOptional({ type: 'optional', innerType }) as z.core.$ZodOptional<z.core.$ZodNullable<Inner>>;
}

export function either<Options extends readonly Schema[]>(...options: Options) {
  return new z.core.$ZodUnion({ type: 'union', options }) as z.core.$ZodUnion<Options>;
}

export function object<Shape extends z.core.$ZodShape>(shape: Shape) {
  return new z.core.$ZodObject({ type: 'object', shape }) as z.core.$ZodObject<Shape, z.core.$strip>;
}

/** A list; null entries are no entries. */
export function list<Item extends Schema>(item: Item) {
  const element = nullish(item);
  return nullish(new z.core.$ZodArray({ type: 'array', element }) as z.core.$ZodArray<typeof element>);
}

/** A list that has to be there, whole. */
export function array<Item extends Schema>(element: Item) {
  return new z.core.$ZodArray({ type: 'array', element }) as z.core.$ZodArray<Item>;
}

/** One of these words. */
export function word<const Word extends string>(...words: readonly Word[]) {
  const entries = Object.fromEntries(words.map((each) => [each, each]));
  return new z.core.$ZodEnum({ type: 'enum', entries }) as unknown as z.core.$ZodType<Word, Word>;
}

/** What says yes by being there. */
export const yes = new z.core.$ZodLiteral({ type: 'literal', values: [true] }) as unknown as z.core.$ZodType<
  true,
  true
>;
