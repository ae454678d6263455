/** Where a text stops being JSON, and why; lines and columns from 1, the offset from 0. */
export interface JsonError {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Thrown by the reader below; it never leaves this file. */
class Stop extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

const DEEPEST = 500;

/** Reads a text as RFC 8259 has it, and stops where it is something else. The engines' own messages name no place in common. */
class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  read(): void {
    this.#space();
    this.#value(0);
    this.#space();
    if (this.#at < this.text.length) this.#stop('there is something after the end of the JSON');
  }

  get #next(): string {
    return this.text[this.#at] ?? '';
  }

  #stop(message: string, offset = this.#at): never {
    throw new Stop(offset, offset >= this.text.length ? 'the text ends too early' : message);
  }

  #space(): void {
    while (this.#next !== '' && ' \t\r\n'.includes(this.#next)) this.#at++;
    if (this.text.startsWith('//', this.#at) || this.text.startsWith('/*', this.#at)) {
      this.#stop('JSON has no comments');
    }
  }

  #value(depth: number): void {
    if (depth > DEEPEST) this.#stop('it is nested too deeply');
    const { text } = this;
    switch (this.#next) {
      case '{':
        return this.#members('}', () => {
          this.#key();
          this.#space();
          if (this.#next !== ':') this.#stop('a colon is missing after the name');
          this.#at++;
          this.#space();
          this.#value(depth + 1);
        });
      case '[':
        return this.#members(']', () => this.#value(depth + 1));
      case '"':
        return this.#string();
      case "'":
        return this.#stop('texts stand in double quotes');
      default: {
        const [word = ''] = /^[\w$.+-]+/.exec(text.slice(this.#at, this.#at + 400)) ?? [];
        if (/^(true|false|null)$/.test(word) || /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(word)) {
          this.#at += word.length;
          return;
        }
        if (/^[-+.]?\d/.test(word)) this.#stop(`“${word.slice(0, 20)}” is no number that JSON knows`);
        this.#stop(word ? `“${word.slice(0, 20)}” is no value that JSON knows` : 'a value is missing');
      }
    }
  }

  #key(): void {
    if (this.#next === "'") this.#stop('names stand in double quotes');
    if (this.#next !== '"') this.#stop('a name in double quotes is missing');
    this.#string();
  }

  #members(end: string, member: () => void): void {
    this.#at++;
    this.#space();
    if (this.#next === end) {
      this.#at++;
      return;
    }
    for (;;) {
      member();
      this.#space();
      if (this.#next === end) {
        this.#at++;
        return;
      }
      if (this.#next !== ',') this.#stop(`a comma or “${end}” is missing`);
      const comma = this.#at++;
      this.#space();
      if (this.#next === end) this.#stop('there is a comma after the last one', comma);
    }
  }

  #string(): void {
    const start = this.#at++;
    for (;;) {
      const character = this.#next;
      if (character === '') this.#stop('the text in double quotes does not end', start);
      if (character === '"') {
        this.#at++;
        return;
      }
      if (character < ' ') this.#stop('a line break or tab in a text is written as \\n or \\t');
      if (character === '\\') {
        const escape = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.text.slice(this.#at, this.#at + 6));
        if (!escape) this.#stop('this backslash begins nothing that JSON knows');
        this.#at += escape[0].length;
      } else this.#at++;
    }
  }
}

function errorAt(text: string, offset: number, message: string): JsonError {
  const before = text.slice(0, offset).split('\n');
  return { offset, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message };
}

/** Finds where a text stops being JSON; `undefined` where it is JSON. */
export function findJsonError(text: string): JsonError | undefined {
  if (text.trim() === '') return errorAt(text, 0, 'there is nothing in it');
  const [, begin = ''] = /^\s*(<)/.exec(text) ?? [];
  if (begin) return errorAt(text, text.indexOf('<'), 'this is a web page or XML, not JSON');
  try {
    new Reader(text).read();
    return undefined;
  } catch (error) {
    if (error instanceof Stop) return errorAt(text, error.offset, error.message);
    throw error;
  }
}

/** "This is no JSON: line 3, column 7: a comma is missing." */
export function jsonErrorWords({ line, column, message }: JsonError): string {
  return `This is no JSON. Line ${line}, column ${column}: ${message}.`;
}
