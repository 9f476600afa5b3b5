import type { PollResult } from '@latido/messaging';
import { ConsumerControl, type ConsumerMode } from './consumer-control';

function aControl(mode: ConsumerMode, poll: PollResult = { kind: 'refused', reason: 'busy' }) {
  const calls: string[] = [];
  const note = (call: string) => async (): Promise<void> => void calls.push(call);
  const control = new ConsumerControl(
    {
      pause: note('pause'),
      resume: () => void calls.push('resume'),
      pollOnce: async () => poll,
      drain: async () => (calls.push('drain'), { outcome: 'drained' }),
    },
    mode,
  );
  return { control, calls };
}

const batch: PollResult = {
  kind: 'polled',
  outcome: 'handled',
  received: 1,
  acknowledged: 1,
  givenBack: 0,
  deadLettered: 0,
};

describe('ConsumerControl', () => {
  it('consumes by itself as soon as nothing holds it', () => {
    const { control, calls } = aControl('auto');
    control.hold(['dynamodb: away']);
    control.hold([]);
    expect(calls).toEqual(['pause', 'resume']);
  });

  it('pauses while something that events need is away', () => {
    const { control, calls } = aControl('auto');
    control.hold([]);
    control.hold(['sns: away']);
    expect(calls.at(-1)).toBe('pause');
    expect(control.heldBecause).toEqual(['sns: away']);
  });

  it('never consumes by itself in manual mode', () => {
    const { control, calls } = aControl('manual');
    control.hold([]);
    expect(calls).toEqual(['pause']);
  });

  it('processes a batch on request in manual mode', async () => {
    expect(await aControl('manual', batch).control.processOnce()).toEqual(batch);
  });

  it('refuses a batch on request in automatic mode', async () => {
    expect(await aControl('auto', batch).control.processOnce()).toEqual({
      kind: 'refused',
      reason: 'automatic',
    });
  });

  it('says busy while another request is being processed', async () => {
    expect(await aControl('manual').control.processOnce()).toEqual({ kind: 'refused', reason: 'busy' });
  });

  it('finishes what was received before it answers a change to manual', async () => {
    const { control, calls } = aControl('auto');
    control.hold([]);
    await control.change('manual');
    expect(control.mode).toBe('manual');
    expect(calls.slice(1)).toEqual(['pause', 'pause']);
  });

  it('goes on by itself after a change to automatic', async () => {
    const { control, calls } = aControl('manual');
    control.hold([]);
    await control.change('auto');
    expect(calls.at(-1)).toBe('resume');
  });

  it('stays stopped, whatever comes back', async () => {
    const { control, calls } = aControl('auto');
    expect(await control.stop({ timeoutMs: 1 })).toBe(true);
    control.hold([]);
    expect(calls).toEqual(['drain']);
  });
});
