import type { ReactiveController, ReactiveElement } from 'lit';
import type { Clock, Problem } from '../model/index.js';
import type { Store } from '../store/store.js';

/** What an `<achievement-source>` gives to everything inside it. */
export interface SourceContext {
  readonly store?: Store;
  /** Why there is no store. */
  readonly problem?: Problem;
  readonly locale?: string;
  readonly linkSchemes?: string;
  readonly clock?: Clock;
}

type SourceListener = (context: SourceContext) => void;

/** An element asks what is around it; the nearest source answers. The name is all that two copies of the script share. */
class SourceRequest extends Event {
  static readonly type = 'achievement-source-request';
  readonly listener: SourceListener;
  /** Set by the source that answers. */
  leave?: () => void;

  constructor(listener: SourceListener) {
    super(SourceRequest.type, { bubbles: true, composed: true });
    this.listener = listener;
  }
}

/** Answers for a source, now and whenever what it gives changes. */
export class SourceProvider {
  readonly #listeners = new Set<SourceListener>();
  #value: SourceContext = {};

  constructor(host: ReactiveElement) {
    host.addEventListener(SourceRequest.type, (event) => {
      const request = event as SourceRequest;
      // A source inside another one asks for nothing, but what it answers must not be answered again.
      event.stopPropagation();
      this.#listeners.add(request.listener);
      request.leave = () => this.#listeners.delete(request.listener);
      request.listener(this.#value);
    });
  }

  get value(): SourceContext {
    return this.#value;
  }

  set value(value: SourceContext) {
    this.#value = value;
    for (const listener of this.#listeners) listener(value);
  }
}

/** Gives an element what the source around it offers; empty where there is none. */
export class SourceConsumer implements ReactiveController {
  value: SourceContext = {};
  readonly #host: ReactiveElement;
  #request: SourceRequest | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#ask();
    // A source that is upgraded after what is inside it did not hear the question.
    if (!this.#request?.leave) void customElements.whenDefined('achievement-source').then(() => this.#ask());
  }

  hostDisconnected(): void {
    this.#request?.leave?.();
    this.#request = undefined;
    this.value = {};
  }

  #ask(): void {
    if (!this.#host.isConnected || this.#request?.leave) return;
    this.#request = new SourceRequest((value) => {
      this.value = value;
      this.#host.requestUpdate();
    });
    this.#host.dispatchEvent(this.#request);
  }
}
