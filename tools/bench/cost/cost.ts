/** What some work has cost. Units are those of the tables and their indexes together. */
export interface Cost {
  readonly events: number;
  /** Batches one after the other; what several replicas do in the same moment is one. */
  readonly batches: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Calls to the database. */
  readonly calls: number;
  /** Trips to the database one after the other: calls that are under way together are one. */
  readonly trips: number;
}

/** Units of one event, for work that handled several. */
export function perEvent({ events, writeUnits, readUnits }: Cost): {
  readonly writeUnits: number;
  readonly readUnits: number;
} {
  return { writeUnits: writeUnits / events, readUnits: readUnits / events };
}
