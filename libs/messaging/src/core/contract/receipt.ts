import type { Contract } from './contract';

/** What a consumer says of an event it was sent: applied as a version, or failed and why. */
export interface ReceiptData {
  /** Id of the event. */
  readonly requestId: string;
  /** Fingerprint of what was applied or refused: a receipt for an impostor must not settle the original. */
  readonly fingerprint: string;
  readonly outcome: 'applied' | 'failed';
  /** On `applied`: the version it became. */
  readonly version?: number;
  /** On `failed`: true when every later copy will be refused as well. */
  readonly certain?: boolean;
  /** On `failed`: a stable code. */
  readonly reason?: string;
}

/** Contract of {@link ReceiptData}. */
export const RECEIPT_V1: Contract = {
  type: 'latido.receipt.v1',
  version: '1',
  schema: {
    type: 'object',
    required: ['requestId', 'fingerprint', 'outcome'],
    properties: {
      requestId: { type: 'string', minLength: 1, maxLength: 256 },
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      outcome: { enum: ['applied', 'failed'] },
      version: { type: 'integer', minimum: 1 },
      certain: { type: 'boolean' },
      reason: { type: 'string', minLength: 1, maxLength: 64 },
    },
    additionalProperties: false,
    allOf: [
      { if: { properties: { outcome: { const: 'failed' } } }, else: { required: ['version'] } },
      { if: { properties: { outcome: { const: 'applied' } } }, else: { required: ['certain', 'reason'] } },
    ],
  },
};
