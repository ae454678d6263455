import { FIELDS, START, type Field, type State } from './fields.js';

const LONGEST_TEXT = 300;

/** A value as the field takes it; `undefined` where it takes no such thing. */
function accepted({ kind, values = [], name }: Field, value: string): string | undefined {
  switch (kind) {
    case 'choice':
      return values.includes(value) ? value : undefined;
    case 'flag':
      return value === 'on' || value === 'off' ? value : undefined;
    case 'number':
      return /^\d{1,6}$/.test(value) ? String(Number(value)) : undefined;
    case 'words': {
      if (name === 'sections' && value === 'all') return value;
      const wanted = value.split(/\s+/).filter(Boolean);
      return wanted.every((word) => values.includes(word)) ? wanted.join(' ') : undefined;
    }
    case 'text':
      return value.length <= LONGEST_TEXT ? value : undefined;
  }
}

/**
 * Reads the query of an address.
 * @returns the state, and a sentence for each part that this page does not know; those are as the page begins
 */
export function readAddress(search: string): { readonly state: State; readonly complaints: readonly string[] } {
  const complaints: string[] = [];
  const state: Record<string, string> = { ...START };
  for (const [name, value] of new URLSearchParams(search)) {
    const field = FIELDS.find((known) => known.name === name);
    // Anything else belongs to somebody else, such as a campaign that counts visits.
    if (!field) continue;
    const usable = accepted(field, value);
    if (usable === undefined) complaints.push(`The address asks for ${name}=${value}, which does not exist.`);
    else state[name] = usable;
  }
  return { state, complaints };
}

/** The query for a state, with a question mark; empty where everything is as the page begins. */
export function writeAddress(state: State): string {
  const query = new URLSearchParams();
  for (const { name, start } of FIELDS) {
    const value = state[name] ?? start;
    if (value !== start) query.set(name, value);
  }
  const text = query.toString();
  return text && `?${text}`;
}
