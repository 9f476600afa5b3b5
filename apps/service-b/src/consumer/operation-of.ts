import type { JsonValue } from '@latido/messaging';
import type { StateOperation } from '@latido/versioned-value';

/** Data of a state change after its contract has accepted it. */
interface StateChange {
  readonly operation: 'put' | 'merge' | 'delete';
  readonly value?: JsonValue;
}

/** What an event does to its subject. Call it for data that the contract has accepted, and for nothing else. */
export function operationOf(data: JsonValue): StateOperation {
  const { operation, value = null } = data as unknown as StateChange;
  switch (operation) {
    case 'put':
      return { kind: 'put', value };
    case 'merge':
      return { kind: 'merge', patch: value };
    case 'delete':
    default:
      return { kind: 'delete' };
  }
}
