import { parseConfig } from './config';

describe('parseConfig', () => {
  test('uses the local defaults when nothing is said', () => {
    expect(parseConfig([], {})).toEqual({
      outcome: 'run',
      config: { host: '127.0.0.1', port: 4566, dynamodbPort: 4567, prefix: '', region: 'us-east-1' },
    });
  });

  test('prefers a flag to its variable', () => {
    const env = { LOCAL_AWS_PORT: '1', LOCAL_AWS_DYNAMODB_PORT: '2', RESOURCE_PREFIX: 'env' };
    const parsed = parseConfig(['--port', '0', '--prefix', 'flag', '--data', 'here'], env);
    expect(parsed).toMatchObject({
      config: { port: 0, dynamodbPort: 2, prefix: 'flag', dataDir: 'here' },
    });
  });

  test('lists every problem at once', () => {
    const parsed = parseConfig(
      ['--port', '65536', '--dynamodb-port', 'x', '--prefix', 'a b', '--data', ''],
      {},
    );
    expect(parsed).toMatchObject({ outcome: 'invalid' });
    expect('problems' in parsed && parsed.problems).toHaveLength(4);
  });

  test('names an unknown flag instead of ignoring it', () => {
    expect(parseConfig(['--prot', '1'], {})).toMatchObject({
      outcome: 'invalid',
      problems: [expect.stringContaining('--prot')],
    });
  });

  test('answers help before it looks at anything else', () => {
    expect(parseConfig(['--help', '--port', 'x'], {})).toEqual({ outcome: 'help' });
  });
});
