import type { AxeResults, ElementContext, RunOptions } from 'axe-core';

interface Axe {
  run(context: ElementContext, options: RunOptions): Promise<AxeResults>;
}

let loading: Promise<Axe> | undefined;

/** axe-core as its own script: it is no module. */
function loadAxe(): Promise<Axe> {
  return (loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/node_modules/axe-core/axe.min.js';
    script.onload = () => resolve((globalThis as unknown as { axe: Axe }).axe);
    script.onerror = () => reject(new Error('axe-core could not be loaded'));
    document.head.append(script);
  }));
}

/** What is wrong with an element and everything in it, one line for each place; nothing is left out but whole-page rules. */
export async function violations(element: Element): Promise<string[]> {
  const axe = await loadAxe();
  const results = await axe.run(element, {
    resultTypes: ['violations'],
    // A part of a page has no landmarks and no heading of the first level.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  });
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.flat().join(' > ')}\n  ${failureSummary}`),
  );
}
