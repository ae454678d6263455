let hasWarned = false;

/**
 * Registers a tag. A second copy of the script on a page does no harm: the first registration stands, and the console
 * says so once.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  const taken = customElements.get(tag);
  if (!taken) customElements.define(tag, element);
  else if (taken !== element && !hasWarned) {
    hasWarned = true;
    console.warn(`achievement-elements: <${tag}> is already defined, by another copy of the script; that one stays.`);
  }
}
