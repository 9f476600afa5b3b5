export { canonicalJson, NotJsonError } from './core/canonical-json';
export { checkHorizon, type HorizonCheck, type QueueRetention } from './core/check-horizon';
export type { Claim, ClaimStore, ClaimWrite } from './core/claim';
export { fingerprintOf } from './core/fingerprint';
export { claimExpiry, DEFAULT_HORIZON_MS, isBeyondHorizon } from './core/horizon';
export { ClaimUnstableError, IdempotentReceiver } from './core/idempotent-receiver';
export { judgeClaim } from './core/judge-claim';
export { timeOfUuidV7 } from './core/time-of-uuid-v7';
