import { DynamoDbWriterStore } from '@latido/write-ahead-log/dynamodb';
import { DynamoTable } from '@latido/persistence/dynamodb';
import type { Scene } from './scene';

/** A slot of service-b's log that somebody owns. */
export interface HeldSlot {
  readonly slot: number;
  /** Whose it is: each owner has its own. */
  readonly token: string;
}

/** The slots that are held; with service-b dead, those that somebody has to take over. */
export async function heldSlots({ aws, names }: Scene): Promise<readonly HeldSlot[]> {
  const table = new DynamoTable(aws.dynamodb, names.table('WriteAheadLog'), ['LogID']);
  const writers = await new DynamoDbWriterStore(table).readAll('service-b');
  return writers.filter(({ state }) => state === 'held').map(({ slot, token }) => ({ slot, token }));
}
