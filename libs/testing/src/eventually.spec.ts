import { eventually } from './eventually';

describe('eventually', () => {
  test('gives the first answer that does not throw', async () => {
    let looks = 0;
    const answer = await eventually(
      () => {
        looks += 1;
        if (looks < 3) throw new Error('too early');
        return looks;
      },
      { withinMs: 1000 },
    );
    expect(answer).toBe(3);
  });

  test('fails with the last error and the time waited', async () => {
    const never = eventually(() => Promise.reject(new Error('not there')), { withinMs: 20 });
    await expect(never).rejects.toThrow('not within 20 ms: not there');
  });
});
