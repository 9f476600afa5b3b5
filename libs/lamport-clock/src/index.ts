export type { LimitStore } from './core/limit-store';
