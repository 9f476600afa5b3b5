import type { EdgeName } from '@latido/edge-accounting';

/** A source that is nothing but the name of a service, as all of ours are: `/service-a`. */
const SERVICE_SOURCE = /^\/([A-Za-z0-9][A-Za-z0-9._-]*)$/;
/** A source with a scheme is whole: `https://shop.example`, `urn:shop`. */
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** The names of an edge as metrics and API say them: the source `/service-a` is the service `service-a`. */
export function edgeNames({ producer, consumer, topic }: EdgeName) {
  return { producer: producerName(producer), consumer, topic };
}

/** The source by which the books know a service that produces. */
export function sourceOf(service: string): string {
  return `/${service}`;
}

/** The key that orders edges and cursors. */
export function edgeKey(edge: EdgeName): string {
  const { producer, topic, consumer } = edgeNames(edge);
  return JSON.stringify([producer, topic, consumer]);
}

/**
 * Different sources keep different names: whoever calls itself `service-a`, without the slash, is shown as `./service-a`
 * and does not get into the figures of the real one.
 */
function producerName(source: string): string {
  const [, service] = SERVICE_SOURCE.exec(source) ?? [];
  if (service !== undefined) return service;
  return source.startsWith('/') || ABSOLUTE.test(source) ? source : `./${source}`;
}
