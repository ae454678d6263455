// By itself, so that a page that hands it over does not bring the simulated services along.

/** What `/secure/…` asks for: a token of the host's own, which is no key of any service. */
export const DEMO_TOKEN = 'demo-token';
