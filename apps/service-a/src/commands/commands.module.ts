import { Module } from '@nestjs/common';
import { EdgeAggregator } from '@latido/edge-accounting';
import type { IdempotentReceiver } from '@latido/idempotent-receiver';
import { IDEMPOTENT_RECEIVER } from '@latido/idempotent-receiver/nest';
import type { LamportClock } from '@latido/lamport-clock';
import { LAMPORT_CLOCK } from '@latido/lamport-clock/nest';
import { sha256Hex } from '@latido/messaging/aws';
import { currentTraceparent } from '@latido/observability';
import type { Outbox } from '@latido/write-ahead-log';
import { OUTBOX } from '@latido/write-ahead-log/nest';
import { v7 as uuidV7 } from 'uuid';
import { EventPublisher } from '../publishing/event-publisher';
import { CommandAcceptor } from './command-acceptor';
import { CommandsController } from './commands.controller';
import type { Decision } from './decision';

/** POST /events and POST /events/batch. */
@Module({
  controllers: [CommandsController],
  providers: [
    {
      provide: CommandAcceptor,
      inject: [IDEMPOTENT_RECEIVER, OUTBOX, LAMPORT_CLOCK, EdgeAggregator, EventPublisher],
      useFactory: (
        receiver: IdempotentReceiver<Decision>,
        outbox: Outbox,
        clock: LamportClock,
        edges: EdgeAggregator,
        publisher: EventPublisher,
      ) =>
        new CommandAcceptor({
          receiver,
          outbox,
          clock,
          numbers: edges.produced,
          publishSoon: (entry) => publisher.publishSoon(entry),
          newId: () => uuidV7(),
          now: Date.now,
          sha256Hex,
          traceparent: currentTraceparent,
        }),
    },
  ],
  exports: [CommandAcceptor],
})
export class CommandsModule {}
