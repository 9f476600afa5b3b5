import type { Topology } from './description';
import type { GivenNames } from './given-names';
import { resourceNames } from './resource-names';

/** Given names that can be used, or why they cannot. */
export type ReadGivenNames = { readonly value: GivenNames } | { readonly wrong: string };

/** An ARN, an https URL or a plain name; it ends in what the resource is called. */
const PLACE = /^(arn:[^\s]+[:/]|https?:\/\/[^\s]+\/)?[A-Za-z0-9_.-]{1,256}$/;

/** Reads given names from JSON. A name that the topology does not know is refused: it would be ignored otherwise. */
export function readGivenNames(text: string, topology: Topology): ReadGivenNames {
  const given = parsed(text);
  if (!isObject(given)) return { wrong: 'is not a JSON object of queues, topics and tables' };
  const known = knownNames(topology);
  for (const [kind, entries] of Object.entries(given)) {
    const names = known.get(kind);
    if (names === undefined) return { wrong: `has "${kind}", but may have only queues, topics and tables` };
    if (!isObject(entries)) return { wrong: `has ${kind} that are not an object of names` };
    for (const [name, place] of Object.entries(entries)) {
      if (!names.has(name)) return { wrong: `names "${name}", which is none of our ${kind}` };
      if (typeof place !== 'string' || !PLACE.test(place))
        return { wrong: `gives ${name} no name, ARN or URL` };
    }
  }
  return { value: given };
}

function knownNames({ queues, topics, tables }: Topology): ReadonlyMap<string, ReadonlySet<string>> {
  const names = resourceNames({ region: '', accountId: '' });
  const ordered = (fifoTwin: boolean) => (fifoTwin ? [{ fifo: false }, { fifo: true }] : [{ fifo: false }]);
  return new Map([
    [
      'queues',
      new Set(
        queues.flatMap(({ name, fifoTwin }) =>
          ordered(fifoTwin).flatMap((order) => [
            names.queue(name, order),
            names.deadLetterQueue(name, order),
          ]),
        ),
      ),
    ],
    [
      'topics',
      new Set(
        topics.flatMap(({ name, fifoTwin }) => ordered(fifoTwin).map((order) => names.topic(name, order))),
      ),
    ],
    ['tables', new Set<string>(tables.map(({ name }) => name))],
  ]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
