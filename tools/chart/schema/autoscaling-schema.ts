import { anyObject, closed, flag, integer, integerOrNull, listOf } from './json-schema';

const MAX_PODS = 1_000;
const MAX_SECONDS = 86_400;

/** One pod at least: a service scaled to nothing has left, as far as the monitor knows. */
const pods = {
  minReplicas: integer({ min: 1, max: MAX_PODS }),
  maxReplicas: integer({ min: 1, max: MAX_PODS }),
};

/** As autoscaling/v2 has it. */
const behavior = closed({ scaleUp: anyObject, scaleDown: anyObject });

/** How the number of pods of a service follows its load. */
export const autoscalingSchema = closed({
  hpa: closed({
    enabled: flag,
    ...pods,
    targetCpuPercent: integer({ min: 1, max: 1_000 }),
    extraMetrics: listOf(anyObject),
    behavior,
  }),
  keda: closed({
    enabled: flag,
    ...pods,
    messagesPerReplica: integerOrNull({ min: 1, max: 1_000_000 }),
    pollingIntervalSeconds: integer({ min: 1, max: MAX_SECONDS }),
    cooldownSeconds: integer({ min: 0, max: MAX_SECONDS }),
    behavior,
  }),
});
