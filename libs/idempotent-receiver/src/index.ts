export type { Claim, ClaimStore, ClaimWrite } from './core/claim';
export { type ClaimVerdict, judgeClaim } from './core/judge-claim';
