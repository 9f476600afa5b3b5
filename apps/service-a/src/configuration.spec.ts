import {
  outboxEntryLifeMs,
  dedupHorizonMs,
  peerAddress,
  serviceA,
  type ServiceASettings,
} from './configuration';

const settings = { dedupHorizonDays: 45, serviceBRpcUrl: '127.0.0.1:3012' } as ServiceASettings;
const DAY_MS = 86_400_000;

describe('configuration of service-a', () => {
  it('keeps an outbox entry longer than its key, which expires a day after the horizon', () => {
    expect(outboxEntryLifeMs(settings)).toBeGreaterThan(dedupHorizonMs(settings) + DAY_MS);
  });

  it.each([
    ['127.0.0.1:3012', { host: '127.0.0.1', port: 3012 }],
    ['tcp://service-b:3012', { host: 'service-b', port: 3012 }],
    ['[::1]:3012', { host: '::1', port: 3012 }],
    ['service-b', undefined],
    ['http://service-b:3012', undefined],
    ['service-b:0', undefined],
    ['service-b:70000', undefined],
  ])('reads the address of service-b from %s', (text, address) => {
    expect(peerAddress(text)).toEqual(address);
  });

  it('refuses an address that is none, with the fix', () => {
    const problems = serviceA.check({
      ...settings,
      port: 1,
      metricsPort: 2,
      host: '127.0.0.1',
      serviceBRpcUrl: 'nope',
    });
    expect(problems).toMatchObject([{ fix: expect.stringContaining('host:port') as string }]);
  });
});
