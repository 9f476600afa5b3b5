import { aHeartbeat, describeHeartbeatPublisherContract } from '../testing';
import { RecordingPublisher } from './recording-publisher';

describeHeartbeatPublisherContract('recording', () => {
  const publisher = new RecordingPublisher();
  return Promise.resolve({
    publisher,
    arrived: () => Promise.resolve(publisher.heartbeats),
    breakChannel: () => {
      publisher.failing = true;
      return Promise.resolve();
    },
  });
});

describe('RecordingPublisher', () => {
  it('forgets the oldest when it is full', async () => {
    const publisher = new RecordingPublisher(2);
    for (const seq of [1, 2, 3]) await publisher.publish(aHeartbeat({ seq }));
    expect(publisher.heartbeats.map(({ seq }) => seq)).toEqual([2, 3]);
  });
});
