import type { Contract } from './contract';

/**
 * The state of a subject changes: the whole value is put, merged into (JSON Merge Patch, RFC 7396) or deleted.
 *
 *     {"operation": "put", "value": ...}   {"operation": "merge", "value": ...}   {"operation": "delete"}
 */
export const STATE_CHANGED_V1: Contract = {
  type: 'latido.state.changed.v1',
  version: '1',
  schema: {
    type: 'object',
    required: ['operation'],
    properties: {
      operation: { enum: ['put', 'merge', 'delete'] },
      value: {},
    },
    additionalProperties: false,
    allOf: [
      { if: { properties: { operation: { const: 'delete' } } }, else: { required: ['value'] } },
      {
        if: { properties: { operation: { enum: ['put', 'merge'] } } },
        else: { properties: { value: false } },
      },
    ],
  },
};
