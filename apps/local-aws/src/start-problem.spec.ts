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

  test('recognises a data directory in use by the cause that a library wrapped', () => {
    const error = new Error('not open', {
      cause: Object.assign(new Error('lock'), { code: 'LEVEL_LOCKED' }),
    });
    expect(describeStartProblem(error)).toEqual([expect.stringContaining('--data DIR')]);
  });

  test('gives any other error as it is', () => {
    expect(describeStartProblem(new TypeError('odd'))).toEqual(['TypeError: odd']);
  });
});
