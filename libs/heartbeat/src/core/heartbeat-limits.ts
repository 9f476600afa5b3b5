/**
 * Bounds of every field of a heartbeat. The parser and the JSON Schema are both made from this.
 *
 * Names become metric labels and log fields at the monitor, so their letters cannot break out of a
 * quoted label, and none starts with `_`, which the monitor keeps for itself.
 */
export const HEARTBEAT_LIMITS = {
  /** A quarter of what SNS carries, twenty times what a busy instance needs. Characters of JSON. */
  messageCharacters: 65_536,
  name: { pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$', maxLength: 63 },
  instanceId: { pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$', maxLength: 128 },
  token: { pattern: '^[A-Za-z0-9_-]+$', maxLength: 32 },
  version: { pattern: '^[A-Za-z0-9][A-Za-z0-9._+-]*$', maxLength: 64 },
  contract: { pattern: '^[A-Za-z0-9][A-Za-z0-9._:/@-]*$', maxLength: 128 },
  integer: { maximum: Number.MAX_SAFE_INTEGER },
  /** The last instant a JavaScript date can name. */
  sentAtMs: { maximum: 8_640_000_000_000_000 },
  intervalMs: { minimum: 1_000, maximum: 300_000 },
  topics: 32,
  contractsPerTopic: 16,
  edges: 64,
} as const;
