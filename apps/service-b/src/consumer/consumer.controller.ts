import { Controller, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { type BatchReport, isMessagingError, type QueueConsumer } from '@latido/messaging';
import { ProblemError } from '@latido/service-host';
import { ApiOperation, ApiResponse, ApiTags, Audited, Roles, ValidBody } from '@latido/service-host/nest';
import { EVENT_QUEUE_CONSUMER } from '../infrastructure/infrastructure';
import { LogKeeping } from '../log/log-keeping';
import { ConsumerControl, type ConsumerMode, type ProcessRefusal } from './consumer-control';
import { consumerView, type ConsumerView } from './consumer-view';
import { EventConsumer } from './event-consumer';

const MODE_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['mode'],
  properties: { mode: { type: 'string', enum: ['auto', 'manual'] } },
} as const;

/** How events are consumed, and one batch on request. */
@ApiTags('consumer')
@Controller('consumer')
export class ConsumerController {
  constructor(
    @Inject(ConsumerControl) private readonly control: ConsumerControl,
    @Inject(EVENT_QUEUE_CONSUMER) private readonly queue: QueueConsumer,
    @Inject(EventConsumer) private readonly events: EventConsumer,
    @Inject(LogKeeping) private readonly keeping: LogKeeping,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Mode, what is in flight, the last batch, the slots of the log' })
  show(): ConsumerView {
    const { mode, heldBecause } = this.control;
    return consumerView({
      mode,
      heldBecause,
      status: this.queue.status(),
      lastBatch: this.events.lastBatch,
      slots: this.keeping.slots,
    });
  }

  @Put()
  @Roles('operator')
  @Audited('consumer.mode')
  @ApiOperation({ summary: 'Change the mode; what was received is finished in the old one' })
  async change(@ValidBody(MODE_SCHEMA) body: { readonly mode: ConsumerMode }): Promise<ConsumerView> {
    await this.control.change(body.mode);
    return this.show();
  }

  @Post('process')
  @HttpCode(200)
  @Roles('operator')
  @Audited('consumer.process')
  @ApiOperation({ summary: 'Receive and handle one batch of at most 10 events; manual mode only' })
  @ApiResponse({
    status: 409,
    description: 'consumer_mode_conflict: events are consumed by themselves, or a batch is under way',
  })
  async process(): Promise<Omit<BatchReport, 'outcome'>> {
    const result = await this.tryProcess();
    if (result.kind === 'refused') throw problemOfRefusal(result);
    const { received, acknowledged, givenBack, deadLettered } = result;
    return { received, acknowledged, givenBack, deadLettered };
  }

  private async tryProcess(): ReturnType<ConsumerControl['processOnce']> {
    try {
      return await this.control.processOnce();
    } catch (error) {
      if (isMessagingError(error)) throw new ProblemError('broker_unavailable', {}, { cause: error });
      throw error;
    }
  }
}

function problemOfRefusal({ reason }: ProcessRefusal): ProblemError {
  switch (reason) {
    case 'automatic':
      return new ProblemError('consumer_mode_conflict', {
        detail: 'events are consumed by themselves: PUT /consumer {"mode": "manual"} first',
      });
    case 'busy':
      return new ProblemError('consumer_mode_conflict', {
        detail: 'another batch is being processed on request: repeat when it has ended',
      });
    case 'draining':
    default:
      return new ProblemError('not_ready', { detail: 'the process is stopping' });
  }
}
