/**
 * Resources that somebody else has made and named, by their names here: `{ queues: { 'service-b-events': 'orders-in' } }`.
 *
 * A name here has its suffixes (`service-b-events-dlq.fifo`) and no prefix. What it is called at AWS may be given as a name,
 * an ARN or a queue URL.
 */
export interface GivenNames {
  readonly queues?: Readonly<Record<string, string>>;
  readonly topics?: Readonly<Record<string, string>>;
  readonly tables?: Readonly<Record<string, string>>;
}

/** What a resource is called at AWS, from its name, ARN or URL. */
export function calledAtAws(place: string): string {
  return place.slice(Math.max(place.lastIndexOf('/'), place.lastIndexOf(':')) + 1);
}
