import { room, until } from './fixtures.js';

export interface Violation {
  readonly directive: string;
  readonly blocked: string;
  readonly sample: string;
}

/** What the pages under `test/browser/pages/csp` write down. */
export interface PageRecord<Done> {
  readonly violations: readonly Violation[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly done?: Done;
}

/** Opens a page of `test/browser/pages/csp` in a frame, and waits until it is done or failed. */
export async function openPage<Done>(
  page: string,
  options: Readonly<Record<string, string>>,
): Promise<PageRecord<Done> & { readonly done: Done }> {
  const frame = document.createElement('iframe');
  // Wide enough for every layout.
  frame.width = '780';
  frame.height = '500';
  frame.src = `/test/browser/pages/csp/${page}.html?${new URLSearchParams(options)}`;
  (await room()).append(frame);
  const record = () => (frame.contentWindow as unknown as { record?: PageRecord<Done> } | null)?.record;
  await until(() => record()?.done ?? record()?.errors.length, `${frame.src} is done`);
  const { done, errors } = record()!;
  if (!done) throw new Error(`${frame.src}: ${errors.join('\n')}`);
  return record() as PageRecord<Done> & { readonly done: Done };
}
