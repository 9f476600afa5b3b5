import { createHash } from 'node:crypto';
import type { Cancel } from '../core/time/schedule';

/** SHA-256 of a text, in hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Time and chance of a real process, for the ports of the core. */
export const systemPorts = {
  now: (): number => Date.now(),
  random: (): number => Math.random(),
  schedule: (delayMs: number, run: () => void): Cancel => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
} as const;
