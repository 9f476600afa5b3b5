import { readyText } from './ready-text';

const service = (name: string, port: number) => ({
  name,
  url: `http://127.0.0.1:${port}`,
  metricsUrl: `http://127.0.0.1:${port + 100}/metrics`,
  pid: port,
});

describe('readyText', () => {
  const lines = readyText({
    services: [service('service-a', 1), service('service-b', 2), service('heartbeat-monitor', 3)],
    token: 'secret',
    awsUrls: { messaging: 'http://m', dynamodb: 'http://d' },
  }).split('\n');

  test('says in one line of its own that Latido is ready', () => {
    expect(lines).toContain('Latido is ready');
  });

  test('has three commands to paste, each one line, complete with token, port and pid', () => {
    expect(lines.filter((line) => /^ {2}(curl|kill)/.test(line))).toEqual([
      expect.stringMatching(/POST http:\/\/127\.0\.0\.1:1\/events .*Bearer secret/),
      '  curl -s http://127.0.0.1:2/services/cart-7/versions',
      expect.stringMatching(/^ {2}kill -9 1; .*http:\/\/127\.0\.0\.1:3\/api\/services\/service-a/),
    ]);
  });
});
