import type { LimitStore } from '../core/limit-store';

/** Limits in a map: the reference for other adapters, and a test double. Shared by the clocks of one process only. */
export class InMemoryLimitStore implements LimitStore {
  private readonly limits = new Map<string, number>();

  reserve(service: string, amount: number): Promise<number> {
    const before = this.limits.get(service) ?? 0;
    this.limits.set(service, before + amount);
    return Promise.resolve(before);
  }

  raiseTo(service: string, limit: number): Promise<number> {
    const inForce = Math.max(this.limits.get(service) ?? 0, limit);
    this.limits.set(service, inForce);
    return Promise.resolve(inForce);
  }
}
