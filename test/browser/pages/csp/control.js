// Does what a strict policy forbids, and tells the page around it what was reported. That a page reports nothing means
// little until this one reports something. It has to be the page's own script: what a driver evaluates is exempt.

export {};

/** @type {string[]} */
const violations = [];
/** @type {Promise<void>} */
const reported = new Promise((resolve) => {
  addEventListener('securitypolicyviolation', (event) => {
    violations.push(event.effectiveDirective);
    resolve();
  });
});

let evaluated = false;
try {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the forbidden thing
  new Function('');
  evaluated = true;
} catch {
  // Forbidden, as it should be; WebKit makes no report of it.
}

let marked = false;
try {
  document.createElement('div').innerHTML = '<p></p>';
  marked = true;
} catch {
  // Forbidden, as it should be.
}

document.documentElement.setAttribute('style', 'opacity: 0.5');
const styled = getComputedStyle(document.documentElement).opacity === '0.5';

// Reports are tasks of their own.
if (!styled) await reported;
parent.postMessage({ page: location.href, evaluated, marked, styled, violations }, location.origin);
