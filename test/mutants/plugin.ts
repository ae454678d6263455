import { env } from 'node:process';
import type { Plugin } from 'vite';
import { mutants } from './mutants.js';

/** How often `part` is in `text`. */
function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Breaks the source as `MUTANT=name` says; see mutants.ts. Without it nothing is changed. */
export function mutantPlugin(): Plugin {
  const { MUTANT } = env;
  const mutant = mutants.find(({ name }) => name === MUTANT);
  if (MUTANT !== undefined && !mutant) throw new Error(`There is no mutant "${MUTANT}" in test/mutants/mutants.ts`);
  return {
    name: 'mutant',
    enforce: 'pre',
    transform(code, id) {
      if (!mutant || !id.split('?')[0]!.endsWith(`/${mutant.file}`)) return undefined;
      const times = count(code, mutant.find);
      if (times !== 1)
        throw new Error(`${mutant.file} has the text of mutant "${mutant.name}" ${times} times, not once`);
      return { code: code.replace(mutant.find, () => mutant.replace), map: null };
    },
  };
}
