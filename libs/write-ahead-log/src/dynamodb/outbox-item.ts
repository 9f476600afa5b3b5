import type { Item } from '@latido/persistence/dynamodb';
import type { EventIndex, OutboxEntry, OutboxStatus, OutboxSummary } from '../core/outbox-entry';

/**
 * An entry as a row. `<service>#<status>` stands in `OutboxStatus`, which is the index's key, or in `Settled` where
 * the entry is kept out of the index.
 */
export function itemOf(entry: OutboxEntry, eventIndex: EventIndex): Item {
  const isIndexed = eventIndex === 'all' || entry.status !== 'complete';
  return {
    LogID: outboxKey(entry.id),
    [isIndexed ? 'OutboxStatus' : 'Settled']: statusKey(entry.service, entry.status),
    NextAt: entry.nextAtMs,
    Message: entry.message,
    Subject: entry.subject,
    Topic: entry.topic,
    Fingerprint: entry.fingerprint,
    CreatedAt: entry.createdAtMs,
    Attempts: entry.attempts,
    Revision: entry.revision,
    SettledAt: entry.settledAtMs,
    RedrivenAt: entry.redrivenAtMs,
    Version: entry.version,
    Certain: entry.certain,
    Reason: entry.reason,
    ExpiresAt: entry.expiresAtEpochSeconds,
  };
}

export function entryOf(item: Item): OutboxEntry {
  return { ...summaryOf(item), message: String(item['Message']) };
}

export function summaryOf(item: Item): OutboxSummary {
  const { service, status } = parseStatusKey(String(item['OutboxStatus'] ?? item['Settled']));
  return {
    id: String(item['LogID']).slice(outboxKey('').length),
    service,
    status,
    subject: String(item['Subject']),
    topic: String(item['Topic']),
    fingerprint: String(item['Fingerprint']),
    createdAtMs: Number(item['CreatedAt']),
    nextAtMs: Number(item['NextAt']),
    attempts: Number(item['Attempts']),
    revision: Number(item['Revision']),
    expiresAtEpochSeconds: Number(item['ExpiresAt']),
    ...settlementOf(item),
  };
}

export function outboxKey(id: string): string {
  return `outbox#${id}`;
}

export function statusKey(service: string, status: OutboxStatus): string {
  return `${service}#${status}`;
}

function parseStatusKey(key: string): { readonly service: string; readonly status: OutboxStatus } {
  const cut = key.lastIndexOf('#');
  return { service: key.slice(0, cut), status: key.slice(cut + 1) as OutboxStatus };
}

function settlementOf(item: Item): Partial<OutboxSummary> {
  return {
    ...(item['SettledAt'] !== undefined && { settledAtMs: Number(item['SettledAt']) }),
    ...(item['RedrivenAt'] !== undefined && { redrivenAtMs: Number(item['RedrivenAt']) }),
    ...(item['Version'] !== undefined && { version: Number(item['Version']) }),
    ...(item['Certain'] !== undefined && { certain: item['Certain'] === true }),
    ...(typeof item['Reason'] === 'string' && { reason: item['Reason'] }),
  };
}
