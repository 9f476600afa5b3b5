import { Test } from '@nestjs/testing';
import { RecordingPublisher } from '../in-memory';
import { aHeartbeat, VirtualTimers } from '../testing';
import { HEARTBEAT_SENDER, HeartbeatModule } from '.';

async function startApplication() {
  const publisher = new RecordingPublisher();
  const timers = new VirtualTimers();
  const app = await Test.createTestingModule({
    imports: [
      HeartbeatModule.forRootAsync({
        useFactory: () => ({ publisher, timers, identity: aHeartbeat(), monotonicMs: () => timers.nowMs }),
      }),
    ],
  }).compile();
  await app.init();
  return { app, publisher, timers };
}

describe('HeartbeatModule', () => {
  it('says starting while the application starts and up when it has started', async () => {
    const { app, publisher, timers } = await startApplication();
    await timers.advance(0);
    expect(publisher.heartbeats.map(({ state }) => state)).toEqual(['starting', 'up']);
    app.get<{ stop(): void }>(HEARTBEAT_SENDER).stop();
  });

  it('says draining and three times goodbye while the application closes', async () => {
    const { app, publisher, timers } = await startApplication();
    const closing = app.close();
    await timers.advance(0);
    await timers.advance(500);
    await closing;
    expect(publisher.heartbeats.map(({ state }) => state)).toEqual([
      'starting',
      'up',
      'draining',
      'goodbye',
      'goodbye',
      'goodbye',
    ]);
    expect(timers.pending).toBe(0);
  });
});
