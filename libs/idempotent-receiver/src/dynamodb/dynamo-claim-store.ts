import type { DynamoTable, Item, WriteResult } from '@latido/persistence/dynamodb';
import type { Claim, ClaimStore, ClaimWrite } from '../core/claim';
import { unchangedCondition } from './unchanged-condition';

/**
 * Claims in the IdempotencyTable, one item a request, key `RequestID` (S).
 *
 *     RequestID | Fingerprint | Token | Decision (M) | ExpiresAt (N, the table's TTL attribute)
 *
 * A claim of an event is about 250 bytes: one write unit. A refusal costs one too, and brings the
 * claim that refused it.
 */
export class DynamoDbClaimStore<D extends object> implements ClaimStore<D> {
  /** @param table - with the key names `['RequestID']`. */
  constructor(private readonly table: DynamoTable) {}

  async putIfAbsent(claim: Claim<D>): Promise<ClaimWrite<D>> {
    return toClaimWrite(await this.table.putIfAbsent(toItem(claim)));
  }

  async read(requestId: string): Promise<Claim<D> | undefined> {
    const item = await this.table.get({ RequestID: requestId }, 'strong');
    return item && toClaim<D>(item);
  }

  async replace({ from, to }: { readonly from: Claim<D>; readonly to: Claim<D> }): Promise<ClaimWrite<D>> {
    const unchanged = unchangedCondition({ Token: from.token, Decision: plain(from.decision) });
    return toClaimWrite(await this.table.put(toItem(to), unchanged));
  }
}

function toItem<D extends object>(claim: Claim<D>): Item {
  return {
    RequestID: claim.requestId,
    Fingerprint: claim.fingerprint,
    Token: claim.token,
    Decision: plain(claim.decision),
    ExpiresAt: claim.expiresAtEpochSeconds,
  };
}

/** As JSON sees it: members that are undefined are not stored, so they must not be compared either. */
function plain(decision: object): Item {
  return JSON.parse(JSON.stringify(decision)) as Item;
}

function toClaim<D>(item: Item): Claim<D> {
  return {
    requestId: String(item['RequestID']),
    fingerprint: String(item['Fingerprint']),
    token: String(item['Token']),
    decision: item['Decision'] as D,
    expiresAtEpochSeconds: Number(item['ExpiresAt']),
  };
}

function toClaimWrite<D>(write: WriteResult): ClaimWrite<D> {
  if (write.outcome === 'stored') return write;
  return write.item ? { outcome: 'refused', stored: toClaim<D>(write.item) } : { outcome: 'refused' };
}
