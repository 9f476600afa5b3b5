import type { FoundQueue } from '@latido/messaging/aws';
import { type ResourceNames, resourceNames } from '@latido/topology';
import type { ResourceSettings } from '../core/resource-variables';
import { StartRefusedError } from '../core/start-problem';
import { type AwsClients, closeAwsClients, createAwsClients } from './aws-clients';
import { findResources, type ResourceNeeds } from './find-resources';
import { horizonProblems } from './horizon-problems';

/** Clients, and what was found with them, by the keys of the needs. */
export interface AwsResources<Q extends string, T extends string> extends AwsClients {
  readonly names: ResourceNames;
  readonly queues: Readonly<Record<Q, FoundQueue>>;
  /** ARNs. */
  readonly topics: Readonly<Record<T, string>>;
}

/** What a service must find before it starts. */
interface ServiceNeeds<Q extends string, T extends string> extends ResourceNeeds<Q, T> {
  /** The queue whose messages are recognised when they come again, and for how long. */
  readonly dedup?: {
    readonly horizonDays: number;
    readonly queue: NoInfer<Q>;
    readonly deadLetterQueue: NoInfer<Q>;
  };
}

/**
 * Connects to AWS and looks whether everything is there and fits.
 *
 * @param needsOf - names what the service uses; each key gives back what was found by that name.
 * @throws StartRefusedError with one problem for each table, queue and topic that is missing or may not be used,
 *   or for a queue that can deliver again after the dedup horizon. Connections are closed then.
 * @example
 * const aws = await connectAws(settings, (names) => ({
 *   tables: [names.table('WriteAheadLog')],
 *   queues: { events: names.queue('service-b-events') },
 *   topics: { receipts: names.topicArn('receipts') },
 * }));
 * aws.queues.events.url;
 */
export async function connectAws<Q extends string, T extends string>(
  settings: ResourceSettings,
  needsOf: (names: ResourceNames) => ServiceNeeds<Q, T>,
): Promise<AwsResources<Q, T>> {
  const names = namesOf(settings);
  const needs = needsOf(names);
  const clients = createAwsClients(settings.awsRegion);
  try {
    const found = await findResources(clients, needs);
    refuseShortHorizon(needs, found.queues);
    return { ...clients, names, ...found };
  } catch (error) {
    closeAwsClients(clients);
    throw error;
  }
}

function namesOf(settings: ResourceSettings): ResourceNames {
  const {
    resourcePrefix: prefix,
    resourceNames: given,
    awsRegion: region,
    awsAccountId: accountId,
  } = settings;
  return resourceNames({
    region,
    accountId,
    ...(prefix !== undefined && { prefix }),
    ...(given !== undefined && { given }),
  });
}

function refuseShortHorizon<Q extends string>(
  { dedup }: ServiceNeeds<Q, string>,
  queues: Readonly<Record<Q, FoundQueue>>,
): void {
  if (dedup === undefined) return;
  const { horizonDays, queue, deadLetterQueue } = dedup;
  const problems = horizonProblems({
    horizonDays,
    queue: queues[queue],
    deadLetterQueue: queues[deadLetterQueue],
  });
  if (problems.length > 0) throw new StartRefusedError(problems);
}
