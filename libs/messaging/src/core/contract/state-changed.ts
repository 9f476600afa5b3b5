import type { Contract } from './contract';

/**
 * The state of a subject changes: the whole value is put, merged into (JSON Merge Patch, RFC 7396) or deleted.
 *
 *     {"operation": "put", "value": ...}   {"operation": "merge", "value": ...}   {"operation": "delete"}
 */
export const STATE_CHANGED_V1: Contract = {
  name: 'latido.state.changed',
  version: 1,
  schema: {
    $id: 'urn:latido:contract:latido.state.changed:1',
    type: 'object',
    required: ['operation'],
    properties: {
      operation: { enum: ['put', 'merge', 'delete'] },
      value: {},
    },
    additionalProperties: false,
    if: { properties: { operation: { const: 'delete' } } },
    then: { properties: { value: false } },
    else: { required: ['value'] },
  },
};
