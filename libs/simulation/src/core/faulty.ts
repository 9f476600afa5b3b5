/** One call of a port, before anything of it has happened. */
export interface PortCall {
  /** Name of the port and of the method: `claims.putIfAbsent`. */
  readonly name: string;
  readonly args: readonly unknown[];
  /** Lets the call have its effect, on the real thing behind. */
  readonly perform: () => Promise<unknown>;
}

/** Decides what becomes of a call: performs it now, later or never, and answers what the caller gets to see. */
export type Intercept = (call: PortCall) => Promise<unknown>;

/**
 * Puts something between a caller and a port: every method call goes through `intercept`.
 *
 * @param port - any object whose methods are all asynchronous.
 * @example
 * const claims = faulty('claims', new InMemoryClaimStore(), byFate(() => 'lost_reply'));
 */
export function faulty<T extends object>(name: string, port: T, intercept: Intercept): T {
  return new Proxy(port, {
    get(target, property, receiver): unknown {
      const method: unknown = Reflect.get(target, property, receiver);
      if (typeof method !== 'function' || typeof property !== 'string') return method;
      return (...args: unknown[]) =>
        intercept({
          name: `${name}.${property}`,
          args,
          perform: async () => Reflect.apply(method, target, args) as unknown,
        });
    },
  });
}

/**
 * What can become of one call.
 *
 *     ok           effect, reply
 *     failed       no effect, error: the caller knows nothing
 *     lost_reply   effect, error: the caller knows nothing
 *     hangs        no effect, no reply: as if the caller died before
 *     silent       effect, no reply: as if the caller died after
 */
export type Fate = 'ok' | 'failed' | 'lost_reply' | 'hangs' | 'silent';

/** The error a caller gets whose call failed, or seemed to. May pass, like a time-out. */
export class SimulatedFaultError extends Error {
  override readonly name = 'SimulatedFaultError';
  readonly code = 'simulated_fault';
  readonly transient = true;

  constructor(readonly call: string) {
    super(`${call}: no answer in time; it may have happened all the same`);
  }
}

/** Decides each call by itself, at once. `decide` sees the call and how many came before it. */
export function byFate(decide: (call: PortCall, index: number) => Fate): Intercept {
  let calls = 0;
  return async (call) => {
    const fate = decide(call, (calls += 1) - 1);
    if (fate === 'ok') return call.perform();
    if (fate === 'lost_reply' || fate === 'silent') await call.perform();
    if (fate === 'hangs' || fate === 'silent') return new Promise<never>(() => undefined);
    throw new SimulatedFaultError(call.name);
  };
}
