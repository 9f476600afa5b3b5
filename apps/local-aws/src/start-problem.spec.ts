import { DataDirectoryInUseError } from './data-directory';
import { describeStartProblem } from './start-problem';

describe('describeStartProblem', () => {
  test('names each taken port with a way to find its holder and the variable to change', () => {
    const taken = (port: number): Error => Object.assign(new Error('listen'), { code: 'EADDRINUSE', port });
    const lines = describeStartProblem(new AggregateError([taken(4566), taken(4567)]));
    expect(lines).toEqual([
      expect.stringMatching(/4566.*ss -ltnp.*LOCAL_AWS_PORT/),
      expect.stringContaining('4567'),
    ]);
  });

  test('says which data directory is in use', () => {
    const error = new DataDirectoryInUseError('/data/here', { cause: new Error('locked') });
    expect(describeStartProblem(error)).toEqual([expect.stringMatching(/\/data\/here.*--data DIR/)]);
  });

  test('gives any other error as it is', () => {
    expect(describeStartProblem(new TypeError('odd'))).toEqual(['TypeError: odd']);
  });
});
