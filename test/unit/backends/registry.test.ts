import { describe, expect, it } from 'vitest';
import { memory } from '../../../src/backends/memory.js';
import { createBackend, registerBackend } from '../../../src/backends/registry.js';
import { ProblemError } from '../../../src/model/index.js';

describe('the registry', () => {
  it('makes the backend of a name, the later registration winning', () => {
    registerBackend('my-game', ({ src }) => memory({ scope: `first ${src}` }));
    registerBackend('my-game', ({ src }) => memory({ scope: `second ${src}` }));
    expect(createBackend('my-game', { src: '/a' }).scope).toBe('second /a');
  });

  it.each(['', 'My-Game', 'a b', '1a', '-a', 'a-', 'a--b', 'ä', 'a_b', 'constructor()'])(
    'refuses the name %j',
    (name) => {
      expect(() => registerBackend(name, () => memory())).toThrow(TypeError);
    },
  );

  it.each(['my-gme', 'constructor', '__proto__', ''])('names the known ones where %j is none of them', (name) => {
    registerBackend('my-game', () => memory());
    let thrown: unknown;
    try {
      createBackend(name, { src: '' });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ProblemError);
    const { problem } = thrown as ProblemError;
    expect(problem.code).toBe('not-found');
    expect(problem.message).toContain(`"${name}"`);
    expect(problem.message).toContain('my-game');
  });
});
