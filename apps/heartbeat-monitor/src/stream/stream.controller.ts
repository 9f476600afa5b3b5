import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ProblemError } from '@latido/service-host';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags, ValidQuery } from '@latido/service-host/nest';
import { streamQuerySchema } from '../api/schemas';
import { MONITOR_APP, type MonitorApp } from '../monitor-app';

/** The stream of everything that happens, for consoles and scripts. */
@ApiTags('stream')
@Controller('api/stream')
export class StreamController {
  constructor(@Inject(MONITOR_APP) private readonly app: MonitorApp) {}

  @Get()
  @ApiOperation({
    summary:
      'Server-sent events: snapshot, then transition, restart, burial, service, status, alerts, maintenance',
    description:
      'Send Last-Event-ID to go on where a connection broke; too long ago, and a snapshot comes first again.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'The stream; it ends when the process stops' })
  stream(
    @Headers('last-event-id') lastEventId: string | undefined,
    @ValidQuery(streamQuerySchema) query: { readonly lastEventId?: string },
    @Res() response: Response,
  ): void {
    const { clients } = this.app;
    if (clients.isFull) {
      throw new ProblemError('not_ready', { detail: 'too many listen already; poll /api/services instead' });
    }
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    clients.add(response, lastEventId ?? query.lastEventId);
  }
}
