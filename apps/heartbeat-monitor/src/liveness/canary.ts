/** Event type of a canary: a message of a monitor to itself. */
export const CANARY_TYPE = 'latido.canary.v1';

/** Longer ids are nobody's canaries. */
const MAX_ID_CHARACTERS = 128;

/** The id in the data of a canary; `undefined` for anything else. */
export function canaryIdOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('id' in data)) return undefined;
  const { id } = data;
  return typeof id === 'string' && id.length > 0 && id.length <= MAX_ID_CHARACTERS ? id : undefined;
}
