export { LamportClockError, type LamportClockErrorCode } from './core/errors';
export { MAX_LAMPORT, parseLamport } from './core/lamport-time';
export {
  type LamportClock,
  type LamportClockOptions,
  type Merged,
  openLamportClock,
} from './core/lamport-clock';
export type { LimitStore } from './core/limit-store';
export { compareStamps, type LamportStamp } from './core/stamp';
