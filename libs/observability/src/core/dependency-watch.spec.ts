import { DependencyWatch } from './dependency-watch';

describe('DependencyWatch', () => {
  let nowMs: number;
  let answers: { readonly resolve: () => void; readonly reject: (error: Error) => void }[];
  let watch: DependencyWatch;

  beforeEach(() => {
    nowMs = 0;
    answers = [];
    watch = new DependencyWatch({
      name: 'table',
      now: () => nowMs,
      probe: () => new Promise<void>((resolve, reject) => answers.push({ resolve, reject })),
    });
  });

  it('is not ready before the first answer', () => {
    expect(watch.check()).toEqual({ ok: false, reason: 'not asked yet' });
  });

  it('is ready after an answer', async () => {
    const looking = watch.look();
    answers[0]?.resolve();
    await looking;
    expect(watch.check()).toEqual({ ok: true });
  });

  it('tells the reason of a failure, and is ready again after the next answer', async () => {
    let looking = watch.look();
    answers[0]?.reject(new Error('ECONNREFUSED'));
    await looking;
    expect(watch.check()).toEqual({ ok: false, reason: 'ECONNREFUSED' });
    looking = watch.look();
    answers[1]?.resolve();
    await looking;
    expect(watch.check()).toEqual({ ok: true });
  });

  it('is not ready when a probe is silent for exactly the bound, and keeps one probe under way', async () => {
    const first = watch.look();
    answers[0]?.resolve();
    await first;
    const silent = watch.look();
    nowMs += 2_999;
    expect(watch.check()).toEqual({ ok: true });
    nowMs += 1;
    expect(watch.check()).toEqual({ ok: false, reason: 'no answer for 3 s' });
    await watch.look();
    expect(answers).toHaveLength(2);
    answers[1]?.resolve();
    await silent;
    expect(watch.check()).toEqual({ ok: true });
  });
});
