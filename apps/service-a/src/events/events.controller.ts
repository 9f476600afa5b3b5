import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ProblemError } from '@latido/service-host';
import { ApiOperation, ApiResponse, ApiTags, SETTINGS, ValidQuery } from '@latido/service-host/nest';
import { InvalidCursorError, type Outbox, type OutboxStatus } from '@latido/write-ahead-log';
import { OUTBOX } from '@latido/write-ahead-log/nest';
import { SERVICE } from '../commands/build-event';
import type { ServiceASettings } from '../configuration';
import { INFRASTRUCTURE, type Infrastructure } from '../infrastructure/infrastructure';
import { detailedViewOf, type EventView, viewOf } from './event-view';
import { type EventPage, listEvents } from './list-events';

const querySchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    status: { enum: ['pending', 'complete', 'failed'] },
    subject: {
      type: 'string',
      minLength: 1,
      maxLength: 256,
      description: 'A filter over the list by status',
    },
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    cursor: { type: 'string', minLength: 1, maxLength: 2_000, description: 'From the page before' },
  },
} as const;

interface EventsQuery {
  readonly status?: OutboxStatus;
  readonly subject?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** Tells what became of accepted events. */
@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(SETTINGS) private readonly settings: ServiceASettings,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List events by status, the next to be published first; pages may be short' })
  @ApiResponse({ status: 200, description: '`{ items, cursor? }`; a cursor means that there may be more' })
  @ApiResponse({ status: 400, description: '`malformed_request`: a cursor that no page gave out' })
  @ApiResponse({
    status: 422,
    description: '`invalid_request`; also complete events where EVENT_INDEX is `open`',
  })
  async list(
    @ValidQuery(querySchema) query: EventsQuery,
  ): Promise<{ readonly items: readonly EventView[]; readonly cursor?: string }> {
    this.requireIndexed(query);
    const { entries, cursor } = await this.page(query);
    const events = entries.map((entry) => viewOf(entry, this.outbox));
    return { items: events, ...(cursor !== undefined && { cursor }) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One event, its status, and the message as it was or will be published' })
  @ApiResponse({ status: 404, description: '`event_unknown`' })
  async find(@Param('id') id: string): Promise<EventView> {
    const entry = await this.infrastructure.outbox.read(id);
    if (entry === undefined) throw new ProblemError('event_unknown', { detail: `there is no event "${id}"` });
    return detailedViewOf(entry, this.outbox);
  }

  private async page({ limit = 20, ...query }: EventsQuery): Promise<EventPage> {
    try {
      const request = { ...query, service: SERVICE, limit };
      return await listEvents(this.infrastructure.outbox, request, this.settings.eventIndex);
    } catch (error) {
      if (!(error instanceof InvalidCursorError)) throw error;
      throw new ProblemError('malformed_request', { detail: error.message }, { cause: error });
    }
  }

  private requireIndexed({ status }: EventsQuery): void {
    if (status !== 'complete' || this.settings.eventIndex === 'all') return;
    const detail = 'complete events are not listed with EVENT_INDEX=open; ask for them by id';
    throw new ProblemError('invalid_request', { detail, errors: [{ pointer: '?status', detail }] });
  }
}
