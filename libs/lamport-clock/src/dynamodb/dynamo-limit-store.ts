import type { DynamoTable, Item } from '@latido/persistence/dynamodb';
import type { LimitStore } from '../core/limit-store';

const LIMIT = { '#limit': 'limit' };

/**
 * Limits in the WriteAheadLog table, under the key `lamport#<service>`.
 *
 * One write unit a call; a refused raise costs one more read unit. Repeating a call whose answer
 * was lost is safe: a reservation skips numbers, a raise meets its own limit.
 */
export class DynamoLimitStore implements LimitStore {
  constructor(private readonly table: DynamoTable) {}

  async reserve(service: string, amount: number): Promise<number> {
    const before = await this.table.update({
      key: keyOf(service),
      update: { expression: 'ADD #limit :amount', names: LIMIT, values: { ':amount': amount } },
      answer: 'before',
    });
    return before ? limitOf(before) : 0;
  }

  async raiseTo(service: string, limit: number): Promise<number> {
    const raised = await this.table.update({
      key: keyOf(service),
      update: { expression: 'SET #limit = :limit', names: LIMIT, values: { ':limit': limit } },
      condition: 'attribute_not_exists(#limit) OR #limit < :limit',
      answer: 'after',
    });
    const inForce = raised ?? (await this.table.get(keyOf(service), 'strong'));
    // Refused and then absent: somebody deleted the item in between, so the raise is free again.
    return inForce ? limitOf(inForce) : this.raiseTo(service, limit);
  }
}

function keyOf(service: string): Item {
  return { LogID: `lamport#${service}` };
}

function limitOf(item: Item): number {
  return Number(item['limit']);
}
