// The first script of each page here: writes down what goes wrong, for the test that opened the page.
// The pages run their own files: code that a test evaluates in a page may be exempt from the page's policy.

interface Violation {
  directive: string;
  blocked: string;
  sample: string;
}

interface PageRecord {
  violations: Violation[];
  errors: string[];
  warnings: string[];
  /** What the page has to tell when it is through. */
  done: unknown;
}

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- the other files of the page use it
interface Window {
  record: PageRecord;
}

window.record = { violations: [], errors: [], warnings: [], done: undefined };

document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
  window.record.violations.push({ directive: effectiveDirective, blocked: blockedURI, sample });
});
addEventListener('error', (event) => window.record.errors.push(event.message || 'A file was not loaded'), true);
addEventListener('unhandledrejection', ({ reason }) => window.record.errors.push(`unhandled: ${String(reason)}`));

for (const method of ['warn', 'error'] as const) {
  const before = console[method].bind(console);
  console[method] = (...parts: unknown[]) => {
    window.record.warnings.push(parts.map(String).join(' '));
    before(...parts);
  };
}
