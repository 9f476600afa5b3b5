import type { Heartbeat } from '../core/heartbeat';
import { HEARTBEAT_LIMITS } from '../core/heartbeat-limits';
import type { HeartbeatPublisher } from '../core/ports';
import { aHeartbeat } from './a-heartbeat';

/** A publisher with the two things a test needs beside it. */
export interface PublisherUnderTest {
  readonly publisher: HeartbeatPublisher;
  /** What arrived at the other end so far, in any order, after waiting for at least `count`. */
  arrived(count: number): Promise<readonly Heartbeat[]>;
  /** Makes the channel refuse everything from now on. */
  breakChannel(): Promise<void>;
}

/** What every {@link HeartbeatPublisher} must do. */
export function describeHeartbeatPublisherContract(
  name: string,
  makePublisher: () => Promise<PublisherUnderTest>,
): void {
  describe(`heartbeat publisher: ${name}`, () => {
    let subject: PublisherUnderTest;
    beforeEach(async () => {
      subject = await makePublisher();
    });

    it('delivers a heartbeat unchanged', async () => {
      const heartbeat = aHeartbeat({ edges: [{ topic: 'state-events', note: 'ünïcode "quoted"' }] });
      await subject.publisher.publish(heartbeat);
      expect(await subject.arrived(1)).toEqual([heartbeat]);
    });

    it('delivers each copy of a goodbye', async () => {
      const goodbye = aHeartbeat({ state: 'goodbye', seq: 9 });
      for (let copy = 0; copy < 3; copy += 1) await subject.publisher.publish(goodbye);
      expect(await subject.arrived(3)).toEqual([goodbye, goodbye, goodbye]);
    });

    it('delivers heartbeats that are published at once', async () => {
      const seqs = [1, 2, 3, 4, 5];
      await Promise.all(seqs.map((seq) => subject.publisher.publish(aHeartbeat({ seq }))));
      const arrived = (await subject.arrived(5)).map((heartbeat) => heartbeat.seq);
      expect(arrived.toSorted((a, b) => a - b)).toEqual(seqs);
    });

    it('delivers a heartbeat with as many edges as there may be', async () => {
      const edges = Array.from({ length: HEARTBEAT_LIMITS.edges }, (_, index) => ({
        index,
        pad: 'x'.repeat(400),
      }));
      await subject.publisher.publish(aHeartbeat({ edges }));
      expect((await subject.arrived(1))[0]?.edges).toEqual(edges);
    });

    it('rejects when the channel does not take the heartbeat', async () => {
      await subject.breakChannel();
      await expect(subject.publisher.publish(aHeartbeat())).rejects.toThrow();
    });
  });
}
