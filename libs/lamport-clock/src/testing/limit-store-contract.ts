import type { LimitStore } from '../core/limit-store';

/**
 * What every {@link LimitStore} must do. `makeStore` may answer the same store each time; each test
 * uses a service name of its own, made by `newService`.
 */
export function describeLimitStoreContract(
  name: string,
  makeStore: () => LimitStore | Promise<LimitStore>,
  newService: () => string,
): void {
  describe(`limit store: ${name}`, () => {
    let store: LimitStore;
    let service: string;

    beforeEach(async () => {
      store = await makeStore();
      service = newService();
    });

    it('starts a service that it does not know from 0', async () => {
      expect(await store.reserve(service, 1_000)).toBe(0);
    });

    it('answers the limit before the reservation', async () => {
      await store.reserve(service, 1_000);
      expect(await store.reserve(service, 500)).toBe(1_000);
      expect(await store.reserve(service, 1)).toBe(1_500);
    });

    it('gives no two of many reservations at once the same limit before', async () => {
      const befores = await Promise.all(Array.from({ length: 20 }, () => store.reserve(service, 10)));
      expect(befores.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index * 10));
    });

    it('raises a limit that is lower', async () => {
      await store.reserve(service, 1_000);
      expect(await store.raiseTo(service, 5_000)).toBe(5_000);
      expect(await store.reserve(service, 1)).toBe(5_000);
    });

    it('keeps a limit that is higher and answers it', async () => {
      await store.reserve(service, 9_000);
      expect(await store.raiseTo(service, 5_000)).toBe(9_000);
      expect(await store.reserve(service, 1)).toBe(9_000);
    });

    it('answers an equal limit when a raise is repeated after its answer was lost', async () => {
      await store.raiseTo(service, 5_000);
      expect(await store.raiseTo(service, 5_000)).toBe(5_000);
    });

    it('raises a service that it does not know', async () => {
      expect(await store.raiseTo(service, 700)).toBe(700);
      expect(await store.reserve(service, 1)).toBe(700);
    });

    it('ends with the highest of many raises at once', async () => {
      const wanted = [300, 100, 500, 200, 400];
      const inForce = await Promise.all(wanted.map((limit) => store.raiseTo(service, limit)));
      for (const [index, limit] of inForce.entries())
        expect(limit).toBeGreaterThanOrEqual(wanted[index] ?? 0);
      expect(await store.reserve(service, 1)).toBe(500);
    });

    it('keeps services apart', async () => {
      await store.reserve(service, 1_000);
      expect(await store.reserve(newService(), 1_000)).toBe(0);
    });

    it('holds limits beyond 2^32 exactly', async () => {
      const limit = 2 ** 52 + 1;
      await store.raiseTo(service, limit);
      expect(await store.reserve(service, 7)).toBe(limit);
      expect(await store.reserve(service, 7)).toBe(limit + 7);
    });
  });
}
