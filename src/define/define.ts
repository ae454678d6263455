const warned = new Set<string>();

/**
 * Registers a tag. A second copy of the script on a page does no harm: the first registration stands, and the console
 * says so once.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  const taken = customElements.get(tag);
  if (!taken) customElements.define(tag, element);
  else if (taken !== element && !warned.has(tag)) {
    warned.add(tag);
    console.warn(`<${tag}> is already defined by another copy of achievement-elements; that one stays.`);
  }
}
