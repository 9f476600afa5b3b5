import { calledAtAws, type GivenNames } from './given-names';

const FIFO_SUFFIX = '.fifo';
const DEAD_LETTER_SUFFIX = '-dlq';

/** So long may a prefix be that every name still fits AWS's limits. */
export const MAX_PREFIX_CHARACTERS = 30;

/** Where the resources live. */
export interface ResourceScope {
  /**
   * Put before every name with a hyphen: the release or the stage, so that installations share an account but never a
   * queue. Up to {@link MAX_PREFIX_CHARACTERS}. None by default.
   */
  readonly prefix?: string;
  readonly region: string;
  /** `aws` by default; `aws-cn` and `aws-us-gov` are others. */
  readonly partition?: string;
  /** Twelve digits; the embedded AWS uses `000000000000`. */
  readonly accountId: string;
  /** What is called otherwise than the rule says, because somebody else made it; the prefix does not apply to it. */
  readonly given?: GivenNames;
}

/** Whether the twin with kept order is meant. */
export interface Ordering {
  readonly fifo?: boolean;
}

/** Turns names of the topology into names and ARNs at AWS. */
export interface ResourceNames {
  readonly queue: (name: string, ordering?: Ordering) => string;
  readonly deadLetterQueue: (queue: string, ordering?: Ordering) => string;
  readonly queueArn: (name: string, ordering?: Ordering) => string;
  readonly deadLetterQueueArn: (queue: string, ordering?: Ordering) => string;
  readonly topic: (name: string, ordering?: Ordering) => string;
  readonly topicArn: (name: string, ordering?: Ordering) => string;
  readonly table: (name: string) => string;
  readonly tableArn: (name: string) => string;
  readonly indexArn: (table: string, index: string) => string;
}

/** True for what may be put before the names of all resources: up to 30 letters, digits, `-` and `_`; also for nothing. */
export function isResourcePrefix(text: string): boolean {
  return text.length <= MAX_PREFIX_CHARACTERS && /^[A-Za-z0-9_-]*$/.test(text);
}

/**
 * The naming rule of the whole system.
 *
 *     [prefix-]name[-dlq][.fifo]
 *
 * @example
 * const names = resourceNames({ prefix: 'dev', region: 'us-east-1', accountId: '000000000000' });
 * names.queue('service-b-events', { fifo: true }); // 'dev-service-b-events.fifo'
 * names.topicArn('receipts'); // 'arn:aws:sns:us-east-1:000000000000:dev-receipts'
 */
export function resourceNames({
  prefix = '',
  region,
  partition = 'aws',
  accountId,
  given = {},
}: ResourceScope): ResourceNames {
  const suffixed = (name: string, { fifo = false }: Ordering = {}): string =>
    name + (fifo ? FIFO_SUFFIX : '');
  const placeOf = (kind: keyof GivenNames, name: string): string =>
    given[kind]?.[name] ?? (prefix === '' ? name : `${prefix}-${name}`);
  const called = (kind: keyof GivenNames, name: string): string => calledAtAws(placeOf(kind, name));
  const arn = (service: 'dynamodb' | 'sns' | 'sqs', kind: keyof GivenNames, name: string): string => {
    const place = placeOf(kind, name);
    const path = service === 'dynamodb' ? 'table/' : '';
    return place.startsWith('arn:')
      ? place
      : `arn:${partition}:${service}:${region}:${accountId}:${path}${calledAtAws(place)}`;
  };
  const deadLetters = (queue: string): string => queue + DEAD_LETTER_SUFFIX;
  return {
    queue: (name, ordering) => called('queues', suffixed(name, ordering)),
    deadLetterQueue: (queue, ordering) => called('queues', suffixed(deadLetters(queue), ordering)),
    queueArn: (name, ordering) => arn('sqs', 'queues', suffixed(name, ordering)),
    deadLetterQueueArn: (queue, ordering) => arn('sqs', 'queues', suffixed(deadLetters(queue), ordering)),
    topic: (name, ordering) => called('topics', suffixed(name, ordering)),
    topicArn: (name, ordering) => arn('sns', 'topics', suffixed(name, ordering)),
    table: (name) => called('tables', name),
    tableArn: (name) => arn('dynamodb', 'tables', name),
    indexArn: (table, index) => `${arn('dynamodb', 'tables', table)}/index/${index}`,
  };
}
