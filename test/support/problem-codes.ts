import type { ProblemCode } from '../../src/model/index.js';

/** All of them: the type-check names the one that is missing. */
export const problemCodes = Object.keys({
  offline: true,
  timeout: true,
  unauthorized: true,
  forbidden: true,
  'not-found': true,
  'rate-limited': true,
  server: true,
  'bad-shape': true,
  'too-large': true,
  incomplete: true,
  storage: true,
  unknown: true,
} satisfies Record<ProblemCode, true>) as ProblemCode[];
