import type { Scene } from './scene';

/** One edge as the monitor shows it. */
export interface ShownEdge {
  readonly producer: string;
  readonly consumer: string;
  readonly topic: string;
  readonly watchedBy: 'books' | 'canary';
  readonly balanced: boolean;
  readonly lostTotal: number;
  readonly books: Readonly<
    Record<'published' | 'delivered' | 'deadLettered' | 'inFlight' | 'lost' | 'unobserved' | 'voided', number>
  >;
  readonly counts: Readonly<Record<string, number>>;
  readonly contracts: {
    readonly pairs: readonly { readonly produced: readonly string[]; readonly missing: readonly string[] }[];
    readonly mismatches: Readonly<Record<string, number>>;
  };
}

type EdgeNames = Pick<ShownEdge, 'producer' | 'consumer' | 'topic'>;

/** Edges that books are kept of: events first, then receipts, then what should not be there. */
export async function edgesOf({ monitor }: Scene): Promise<readonly ShownEdge[]> {
  const edges = await monitor.readAll<ShownEdge>('/api/edges');
  return edges
    .filter(({ watchedBy }) => watchedBy === 'books')
    .toSorted((one, other) => (one.producer < other.producer ? -1 : 1));
}

/** The books of one edge as a metrics page tells them. */
export function booksOf(page: string, edge: EdgeNames): Readonly<Record<string, number>> {
  const messages = (outcome: string) => counted(page, 'interop_edge_messages_total', { ...edge, outcome });
  return {
    delivered: messages('delivered'),
    duplicate: messages('duplicate'),
    late: messages('late'),
    failed: messages('failed'),
    dead_lettered: messages('dead_lettered'),
    lost: counted(page, 'interop_edge_messages_lost_total', { ...edge }),
    inversions: counted(page, 'interop_edge_order_inversions_total', { ...edge }),
    inFlight: counted(page, 'interop_edge_in_flight', { ...edge }),
  };
}

/** Mismatches of contracts on one edge as a metrics page tells them. */
export function mismatchesOf(page: string, edge: EdgeNames): Readonly<Record<string, number>> {
  const kinds = ['not_accepted', 'unknown_type', 'unknown_version', 'invalid_data'];
  const family = 'interop_edge_contract_mismatches_total';
  return Object.fromEntries(kinds.map((kind) => [kind, counted(page, family, { ...edge, kind })]));
}

/** The sum of all series of a family that have these labels; NaN without any. */
export function counted(page: string, family: string, labels: Readonly<Record<string, string>> = {}): number {
  const values = page
    .split('\n')
    .filter((line) => line.startsWith(`${family}{`))
    .filter((line) => Object.entries(labels).every(([name, value]) => line.includes(`${name}="${value}"`)))
    .map((line) => Number(line.slice(line.lastIndexOf('} ') + 2)));
  return values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0);
}
