export type { Claim, ClaimStore, ClaimWrite } from './core/claim';
