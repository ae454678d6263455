import { ContextConsumer } from '@lit/context';
import type { ReactiveElement } from 'lit';
import { sourceContext, type SourceContext } from './source-context.js';

/** Gives an element what the `<achievement-source>` around it offers, now and whenever that changes. */
export class SourceConsumer {
  readonly #consumer: ContextConsumer<typeof sourceContext, ReactiveElement>;

  constructor(host: ReactiveElement) {
    this.#consumer = new ContextConsumer(host, { context: sourceContext, subscribe: true });
  }

  /** Empty where there is no source around. */
  get value(): SourceContext {
    return this.#consumer.value ?? {};
  }
}
