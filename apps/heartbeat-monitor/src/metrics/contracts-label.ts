import { sha256Hex } from '@latido/messaging/aws';
import { MAX_LABEL_VALUE_LENGTH } from '@latido/observability';

const DIGITS = 8;

/**
 * The names of contracts as one label value, which may have 128 characters while 16 contracts of 128 may be named. What is too
 * long is cut, and a digest of all names tells it from others that begin alike; `/api/edges` has every name.
 *
 * @example
 * contractsLabel(['latido.state.changed.v1', 'latido.state.changed.v2']); // => 'latido.state.changed.v1 latido.state.changed.v2'
 */
export function contractsLabel(contracts: readonly string[]): string {
  const names = contracts.join(' ');
  if (names.length <= MAX_LABEL_VALUE_LENGTH) return names;
  const end = `… #${sha256Hex(names).slice(0, DIGITS)}`;
  return names.slice(0, MAX_LABEL_VALUE_LENGTH - end.length) + end;
}
