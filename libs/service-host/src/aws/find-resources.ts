import { type FoundQueue, type LookUp, lookUpQueue, lookUpTopic } from '@latido/messaging/aws';
import { checkTables } from '@latido/persistence/dynamodb';
import { type StartProblem, StartRefusedError } from '../core/start-problem';
import type { AwsClients } from './aws-clients';

/** Names at AWS, under the keys by which the findings are given back. */
export interface ResourceNeeds<Q extends string, T extends string> {
  readonly tables: readonly string[];
  readonly queues: Readonly<Record<Q, string>>;
  /** ARNs. */
  readonly topics: Readonly<Record<T, string>>;
}

/**
 * Looks for every table, queue and topic at once.
 * @throws StartRefusedError that names all that is missing or may not be used, each with the fix.
 */
export async function findResources<Q extends string, T extends string>(
  { dynamodb, sqs, sns }: AwsClients,
  needs: ResourceNeeds<Q, T>,
): Promise<{ readonly queues: Record<Q, FoundQueue>; readonly topics: Record<T, string> }> {
  const [tables, queues, topics] = await Promise.all([
    checkTables(dynamodb, needs.tables),
    lookUpEach(needs.queues, (name) => lookUpQueue(sqs.commands, name)),
    lookUpEach(needs.topics, (arn) => lookUpTopic(sns, arn)),
  ]);
  const problems = [...tables, ...queues.missing, ...topics.missing].map(startProblem);
  if (problems.length > 0) throw new StartRefusedError(problems);
  return { queues: queues.found, topics: topics.found };
}

async function lookUpEach<K extends string, V>(
  names: Readonly<Record<K, string>>,
  lookUp: (name: string) => Promise<LookUp<V>>,
): Promise<{ readonly found: Record<K, V>; readonly missing: readonly string[] }> {
  const answers = await Promise.all(
    Object.entries<string>(names).map(async ([key, name]) => ({ key, answer: await lookUp(name) })),
  );
  const found = answers.flatMap(({ key, answer }) =>
    answer.outcome === 'found' ? [[key, answer.value] as const] : [],
  );
  return {
    found: Object.fromEntries(found) as Record<K, V>,
    missing: answers.flatMap(({ answer }) => (answer.outcome === 'missing' ? [answer.error.message] : [])),
  };
}

/** What is wrong and how to mend it, as our errors say it: `<what>; <fix>`. What AWS says may have a `; ` too. */
function startProblem(message: string): StartProblem {
  const end = message.lastIndexOf('; ');
  return { problem: message.slice(0, end), fix: message.slice(end + 2) };
}
