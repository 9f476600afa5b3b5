import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Counts trips: calls that are under way together are one, however many they are.
 *
 *     claim a ─┐            ┌─ answer a ─▶ put a ─┐
 *     claim b ─┴─ departs ──┴─ answer b ─▶ put b ─┴─ departs ─ ...        4 calls, 2 trips
 *
 * Calls wait until nothing else wants to board, then go to the store one after the other in the order of their
 * boarding, and all answers are handed out together. So the count, and who wins a race, are the same in every run.
 */
export class TripGate {
  private made = 0;
  private isUnderWay = false;
  private boarded: (() => Promise<() => void>)[] = [];

  /** Trips so far. */
  get trips(): number {
    return this.made;
  }

  /** From now on every call of this client travels through the gate; several clients may share one. */
  attach(client: DynamoDBClient): void {
    client.middlewareStack.add((next) => async (args) => this.board(() => next(args)), {
      step: 'initialize',
      priority: 'high',
      name: 'latidoTripGate',
    });
  }

  private board<T>(call: () => Promise<T>): Promise<T> {
    if (!this.isUnderWay) {
      this.isUnderWay = true;
      setImmediate(() => void this.depart());
    }
    return new Promise((resolve, reject) => {
      this.boarded.push(() =>
        call().then(
          (answer) => () => resolve(answer),
          (error: unknown) => () => reject(error),
        ),
      );
    });
  }

  private async depart(): Promise<void> {
    const calls = this.boarded;
    this.boarded = [];
    this.isUnderWay = calls.length > 0;
    if (!this.isUnderWay) return;
    this.made += 1;
    const handOut: (() => void)[] = [];
    for (const call of calls) handOut.push(await call());
    for (const answer of handOut) answer();
    setImmediate(() => void this.depart());
  }
}
