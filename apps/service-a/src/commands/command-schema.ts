import { MAX_LAMPORT } from '@latido/lamport-clock';
import { MAX_NAME_CHARACTERS, unsoundness } from '@latido/messaging';
import { ProblemError } from '@latido/service-host';
import { requireValid } from '@latido/service-host/nest';
import { isReservedSubject } from '@latido/topology';
import type { EventCommand } from './event-command';

/** Names become table keys: control characters and halves of surrogate pairs have no business in them. */
const name = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_NAME_CHARACTERS,
  pattern: '^[^\\p{Cc}\\p{Cs}]*$',
} as const;

const properties = {
  subject: { ...name, description: 'Whose state changes', examples: ['cart-7'] },
  operation: { enum: ['put', 'merge', 'delete'] },
  data: { type: 'object', description: 'The value to put, or the JSON Merge Patch; absent with delete' },
  causedBy: { ...name, description: 'Id of the event that led to this one' },
  afterLamport: {
    type: 'integer',
    minimum: 0,
    maximum: MAX_LAMPORT,
    description: 'Lamport time of the last answer the client saw: the new event comes after it',
  },
} as const;

/** Data with `put` and `merge`, none with `delete`. */
const dataWhereItBelongs = [
  {
    if: { type: 'object', properties: { operation: { const: 'delete' } } },
    else: { properties: { data: {} }, required: ['data'] },
  },
  {
    if: { type: 'object', properties: { operation: { not: { const: 'delete' } } } },
    else: { properties: { data: false } },
  },
] as const;

/** Body of POST /events. */
export const commandSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['subject', 'operation'],
  properties,
  allOf: dataWhereItBelongs,
} as const;

/** An Idempotency-Key: it becomes part of a table key and of log lines. */
const idempotencyKeySchema = { type: 'string', pattern: '^[!-~]{1,255}$' } as const;

/** One entry of POST /events/batch. */
export const batchEntrySchema = {
  ...commandSchema,
  properties: {
    ...properties,
    idempotencyKey: { ...idempotencyKeySchema, description: 'As the header Idempotency-Key of POST /events' },
  },
} as const;

/** Body of POST /events/batch; its entries are judged one by one, so that a bad one costs its neighbours nothing. */
export const batchSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['events'],
  properties: {
    events: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: { description: 'A body of POST /events, with an optional idempotencyKey' },
    },
  },
} as const;

/**
 * Refuses data that the consumer could not read back as it was sent.
 * @throws ProblemError `invalid_request`.
 */
export function requireSound(command: EventCommand): void {
  const problem = command.data === undefined ? undefined : unsoundness(command.data);
  if (problem === undefined) return;
  throw invalid('/data', UNSOUND[problem]);
}

/**
 * Refuses a subject under which the platform keeps its own histories.
 * @throws ProblemError `invalid_request`.
 */
export function requireFree({ subject }: Pick<EventCommand, 'subject'>): void {
  if (isReservedSubject(subject))
    throw invalid('/subject', 'begins with service# or board#, which are reserved for the platform');
}

const UNSOUND: Readonly<Record<NonNullable<ReturnType<typeof unsoundness>>, string>> = {
  too_deep: 'is nested too deep',
  number_out_of_range: 'has a number beyond 2^53, which would be rounded: send it as a string',
  lone_surrogate: 'has half a surrogate pair in a text or a name, which would be replaced',
};

function invalid(pointer: string, detail: string): ProblemError {
  return new ProblemError('invalid_request', {
    detail: `${pointer} ${detail}`,
    errors: [{ pointer, detail }],
  });
}

/**
 * Refuses a key that could not be stored.
 * @throws ProblemError `invalid_request`.
 */
export function requireKey(key: string | undefined): void {
  if (key === undefined) return;
  try {
    requireValid(idempotencyKeySchema, key);
  } catch (cause) {
    const detail = 'Idempotency-Key must be 1 to 255 visible ASCII characters';
    throw new ProblemError(
      'invalid_request',
      { detail, errors: [{ name: 'Idempotency-Key', detail }] },
      { cause },
    );
  }
}
