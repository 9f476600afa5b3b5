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
  /** Twelve digits; the embedded AWS uses `000000000000`. */
  readonly accountId: string;
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
export function resourceNames({ prefix = '', region, accountId }: ResourceScope): ResourceNames {
  const prefixed = (name: string): string => (prefix === '' ? name : `${prefix}-${name}`);
  const named = (name: string, { fifo = false }: Ordering = {}): string =>
    prefixed(name) + (fifo ? FIFO_SUFFIX : '');
  const deadLetter = (queue: string, ordering?: Ordering): string =>
    named(queue + DEAD_LETTER_SUFFIX, ordering);
  const arn = (service: 'dynamodb' | 'sns' | 'sqs', name: string): string =>
    `arn:aws:${service}:${region}:${accountId}:${name}`;
  return {
    queue: named,
    deadLetterQueue: deadLetter,
    queueArn: (name, ordering) => arn('sqs', named(name, ordering)),
    deadLetterQueueArn: (queue, ordering) => arn('sqs', deadLetter(queue, ordering)),
    topic: named,
    topicArn: (name, ordering) => arn('sns', named(name, ordering)),
    table: prefixed,
    tableArn: (name) => arn('dynamodb', `table/${prefixed(name)}`),
    indexArn: (table, index) => arn('dynamodb', `table/${prefixed(table)}/index/${index}`),
  };
}
