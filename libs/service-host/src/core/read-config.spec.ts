import { declareService } from './declare-service';
import { readConfig } from './read-config';
import { variable } from './variable';

const declaration = declareService({
  service: 'service-x',
  port: 3009,
  metricsPort: 9109,
  variables: {
    queue: variable.url({ env: 'QUEUE_URL', description: 'Its queue' }),
    batch: variable.integer({ env: 'BATCH', default: 10, min: 1, max: 10, description: 'Messages at once' }),
    key: variable.text({ env: 'KEY', default: undefined, secret: true, minLength: 8, description: 'A key' }),
  },
  check: ({ batch, queue }) =>
    batch > 5 && queue.endsWith('.fifo') ? [{ problem: 'BATCH does not fit', fix: 'set BATCH to 5' }] : [],
});

const QUEUE_URL = 'http://127.0.0.1/q';
const problemsOf = (environment: Readonly<Record<string, string>>) => {
  const reading = readConfig(declaration, environment);
  return reading.outcome === 'refused' ? reading.problems.map(({ problem }) => problem) : [];
};

describe('readConfig', () => {
  it('gives defaults where nothing is set, and an empty text is nothing', () => {
    const reading = readConfig(declaration, { QUEUE_URL, BATCH: '' });
    expect(reading).toMatchObject({
      outcome: 'valid',
      settings: { queue: QUEUE_URL, batch: 10, key: undefined, host: '127.0.0.1', port: 3009 },
    });
  });

  it('lists every problem at once, each with a fix', () => {
    const reading = readConfig(declaration, { PORT: '99999', BATCH: 'many', LOG_LEVEL: 'loud' });
    expect(reading).toEqual({
      outcome: 'refused',
      problems: ['PORT', 'LOG_LEVEL', 'QUEUE_URL', 'BATCH'].map((name) => ({
        problem: expect.stringContaining(name) as string,
        fix: expect.stringContaining(`set ${name} to`) as string,
      })),
    });
  });

  it('never shows the value of a secret', () => {
    expect(problemsOf({ QUEUE_URL, KEY: 'hunter2' })).toEqual(['KEY is shorter than 8 characters']);
  });

  it('asks whether settings fit one another when each is valid', () => {
    expect(problemsOf({ QUEUE_URL: `${QUEUE_URL}.fifo` })).toEqual(['BATCH does not fit']);
  });
});

describe('the settings of every host', () => {
  it('are refused when others can reach the service and no token is configured', () => {
    expect(problemsOf({ QUEUE_URL, HOST: '0.0.0.0' })).toEqual([
      'HOST is 0.0.0.0, which others can reach, and no token is configured',
    ]);
  });

  it('are accepted with a local token or on any loopback address', () => {
    expect(problemsOf({ QUEUE_URL, HOST: '0.0.0.0', LOCAL_API_TOKEN: 'x'.repeat(16) })).toEqual([]);
    expect(problemsOf({ QUEUE_URL, HOST: '127.0.0.9' })).toEqual([]);
    expect(problemsOf({ QUEUE_URL, HOST: '::1' })).toEqual([]);
  });

  it('name each AUTH_ variable that is missing beside the others', () => {
    expect(problemsOf({ QUEUE_URL, AUTH_ISSUER: 'https://id' })).toEqual([
      'AUTH_JWKS_URL is not set, but other AUTH_ variables are',
      'AUTH_AUDIENCE is not set, but other AUTH_ variables are',
    ]);
  });

  it('are refused with an identity provider and a local token', () => {
    const oidc = { AUTH_ISSUER: 'https://id', AUTH_JWKS_URL: 'https://id/keys', AUTH_AUDIENCE: 'latido' };
    expect(problemsOf({ QUEUE_URL, ...oidc })).toEqual([]);
    expect(problemsOf({ QUEUE_URL, ...oidc, LOCAL_API_TOKEN: 'x'.repeat(16) })).toHaveLength(1);
  });

  it('are refused when both ports are the same', () => {
    expect(problemsOf({ QUEUE_URL, METRICS_PORT: '3009' })).toEqual(['PORT and METRICS_PORT are both 3009']);
    expect(problemsOf({ QUEUE_URL, METRICS_PORT: '0', PORT: '0' })).toEqual([]);
  });
});
