// Things that a strict policy forbids, each on purpose: a test that counts violations has to see these.

const { violations } = window.record;

/** Does something that is forbidden, and gives what was recorded of it. */
async function recorded(act: () => unknown) {
  const before = violations.length;
  let threw = false;
  try {
    act();
  } catch {
    threw = true;
  }
  // Violations are told in their order: when this one is, all of the others have been.
  const told = new Promise<void>((resolve) => {
    const listen = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
      if (!effectiveDirective.startsWith('style-src')) return;
      document.removeEventListener('securitypolicyviolation', listen);
      resolve();
    };
    document.addEventListener('securitypolicyviolation', listen);
  });
  document.createElement('div').setAttribute('style', 'color: red');
  await told;
  const recorded = violations.slice(before);
  const ofStyle = ({ directive }: (typeof recorded)[number]) => directive.startsWith('style-src');
  return { threw, violations: recorded.filter((each) => !ofStyle(each)), styles: recorded.filter(ofStyle) };
}

// eslint-disable-next-line @typescript-eslint/no-implied-eval
export const compileText = () => recorded(() => new Function(''));

/** An engine without Trusted Types takes it. */
export const writeMarkup = () => recorded(() => (document.createElement('div').innerHTML = '<i></i>'));
