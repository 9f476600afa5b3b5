import { type GrantedResource, topology } from '../../libs/topology/src';
import { orderingsOf, type Scoped } from './scoped';

/** The ARNs a grant is for: one, or one for each order in which the stage has the queue or topic. */
export function arnsOf(resource: GrantedResource, { stage, names }: Scoped): readonly string[] {
  switch (resource.kind) {
    case 'topic':
      return inEachOrder(topology.topics, resource.name, (fifo) => names.topicArn(resource.name, { fifo }));
    case 'queue':
      return inEachOrder(topology.queues, resource.name, (fifo) => names.queueArn(resource.name, { fifo }));
    case 'dead-letter-queue':
      return inEachOrder(topology.queues, resource.name, (fifo) =>
        names.deadLetterQueueArn(resource.name, { fifo }),
      );
    case 'table':
      return [names.tableArn(resource.name)];
    case 'index':
      return [names.indexArn(resource.name, resource.index)];
    default:
      return [];
  }

  function inEachOrder(
    all: readonly { readonly name: string; readonly fifoTwin: boolean }[],
    name: string,
    arnOf: (fifo: boolean) => string,
  ): readonly string[] {
    return all
      .filter((one) => one.name === name)
      .flatMap((one) => orderingsOf(stage, one).map(({ fifo }) => arnOf(fifo)));
  }
}
