import type { BlindReason, ChannelStatus } from '@latido/failure-detector';

/** Why the monitor is blind, in words an operator can act on. */
const EXPLANATIONS: Readonly<Record<BlindReason, string>> = {
  lag: 'heartbeats arrive too late: the queue is stalled, or this monitor reads too slowly',
  canary: 'own test messages do not come back: SNS, SQS or the subscription between them does not work',
  loop_stall: 'this process stood still, so silence says nothing about the others',
  settling: 'messages flow again; verdicts wait until what was held back has arrived',
  warming: 'just started; verdicts wait until every service had the time to be heard',
};

const SHARED_QUEUE =
  'about half of the own test messages vanish: another reader takes messages from this queue; give each replica its own (HEARTBEAT_QUEUE_ORDINAL)';

/** Whether this replica can trust what it sees. */
export function channelView(channel: ChannelStatus, nowMs: number) {
  const { blind, reasons, queueIsShared, canaryReceivedAtMs } = channel;
  return {
    blind,
    reasons: reasons.map((reason) => ({
      reason,
      explanation: reason === 'canary' && queueIsShared ? SHARED_QUEUE : EXPLANATIONS[reason],
    })),
    since: new Date(channel.sinceMs).toISOString(),
    proven: channel.proven,
    watermark: new Date(channel.watermarkMs).toISOString(),
    watermarkAgeMs: Math.max(0, Math.round(nowMs - channel.watermarkMs)),
    deliveryDelayMs: Math.round(channel.delayMs),
    canary: {
      receivedAt: canaryReceivedAtMs === undefined ? null : new Date(canaryReceivedAtMs).toISOString(),
      lost: channel.canariesLost,
      queueIsShared,
    },
  };
}
