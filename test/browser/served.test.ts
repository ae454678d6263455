import { expect } from '@open-wc/testing';

interface Report {
  readonly page: string;
  readonly evaluated: boolean;
  readonly marked: boolean;
  readonly styled: boolean;
  readonly violations: readonly string[];
}

/** What a page said that tried to break the policy it was served with. */
async function breakPolicy(query: string): Promise<Report> {
  const frame = document.createElement('iframe');
  frame.src = `/test/browser/pages/csp/control.html${query}`;
  const report = new Promise<Report>((resolve) => {
    addEventListener('message', function listen(event: MessageEvent<Report>) {
      // Not `event.source`: in WebKit it is another object than the frame's `contentWindow`.
      if (event.data.page !== frame.src) return;
      removeEventListener('message', listen);
      resolve(event.data);
    });
  });
  document.body.append(frame);
  try {
    return await report;
  } finally {
    frame.remove();
  }
}

const enforcesTrustedTypes = 'trustedTypes' in globalThis;

describe('the pages with a strict policy', () => {
  const table: readonly (readonly [query: string, evaluated: boolean, marked: boolean])[] = [
    ['', false, false],
    ['?policy=none', true, true],
    ['?policy=self', false, true],
    ['?policy=tt-lit', false, false],
    ['?policy=tt-lit-duplicates', false, false],
    ['?policy=tt-none', false, false],
  ];

  for (const [query, evaluated, marked] of table) {
    it(`are held to it: ${query || 'by default'}`, async () => {
      const report = await breakPolicy(query);
      expect(report.evaluated, 'new Function()').to.equal(evaluated);
      expect(report.marked, 'innerHTML').to.equal(marked || !enforcesTrustedTypes);
      expect(report.styled, 'style attribute').to.equal(evaluated);
      expect(report.violations.length > 0, String(report.violations)).to.equal(!evaluated);
    });
  }

  it('are refused with a policy that nobody knows', async () => {
    const answer = await fetch('/test/browser/pages/csp/control.html?policy=typo');
    expect(answer.status).to.equal(400);
  });
});

describe('the one file', () => {
  it('is served as it was built', async () => {
    const [code, integrity] = await Promise.all(
      ['achievement-elements.js', 'achievement-elements.integrity.txt'].map(async (name) =>
        (await fetch(`/dist/cdn/${name}`)).text(),
      ),
    );
    const hash = await crypto.subtle.digest('SHA-384', new TextEncoder().encode(code));
    expect(`sha384-${btoa(String.fromCharCode(...new Uint8Array(hash)))}\n`).to.equal(integrity);
  });
});
