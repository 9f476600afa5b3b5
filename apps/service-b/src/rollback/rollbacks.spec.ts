import { LogFencedError, type OperationLog, type RollbackResult } from '@latido/event-commit';
import { Rollbacks } from './rollbacks';

const request = { subject: 'cart-1', toVersion: 1, ifMatch: 2 };
const done: RollbackResult = { outcome: 'subject_absent' };

function rollbacks(...answers: readonly (RollbackResult | Error)[]) {
  const left = [...answers];
  const used: number[] = [];
  let slots = 0;
  const made = new Rollbacks(
    {
      rollBack: async () => {
        const answer = left.shift() ?? new Error('asked too often');
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    { use: async () => (used.push((slots += 1)), {} as OperationLog) },
  );
  return { made, used };
}

describe('Rollbacks', () => {
  it('takes another slot when the one of this process was taken over', async () => {
    const { made, used } = rollbacks(new LogFencedError(), done);
    expect(await made.rollBack(request)).toEqual(done);
    expect(used).toEqual([1, 2]);
  });

  it('gives up after three slots in a row', async () => {
    const { made } = rollbacks(...Array.from({ length: 4 }, () => new LogFencedError()));
    await expect(made.rollBack(request)).rejects.toBeInstanceOf(LogFencedError);
  });

  it('does not repeat what failed otherwise: it may have happened', async () => {
    const { made, used } = rollbacks(new Error('away'), done);
    await expect(made.rollBack(request)).rejects.toThrow('away');
    expect(used).toEqual([1]);
  });
});
