import { type Problem, ProblemError } from '../model/index.js';

export function signedOutError(): ProblemError {
  const message = 'The player was signed out, so nothing was kept. Sign in again, or call refresh() to go on.';
  return new ProblemError({ code: 'unauthorized', message });
}

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}

export function removalProblem(error: unknown): Problem {
  return {
    code: 'storage',
    message:
      `The achievements of this player could not be removed from this device (${nameOf(error)}). ` +
      'Close other pages of this site and sign out again, or clear the data of this site in the browser.',
  };
}
