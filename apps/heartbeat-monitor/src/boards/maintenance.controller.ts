import { randomUUID } from 'node:crypto';
import { Controller, Delete, HttpCode, Inject, Param, Put, Req } from '@nestjs/common';
import { ProblemError } from '@latido/service-host';
import {
  ApiOperation,
  ApiTags,
  Audited,
  type AuthenticatedRequest,
  Roles,
  ValidBody,
} from '@latido/service-host/nest';
import { maintenanceSchema } from '../api/schemas';
import { maintenanceView } from '../api/service-view';
import { MONITOR_APP, type MonitorApp } from '../monitor-app';
import { markOf, MAX_MAINTENANCE_MS, removeMark, setMark } from './maintenance';

/** Operators say that a service may be down until a time. The mark expires by itself. */
@ApiTags('maintenance')
@Controller('api/services/:service/maintenance')
export class MaintenanceController {
  constructor(@Inject(MONITOR_APP) private readonly app: MonitorApp) {}

  @Put()
  @Roles('operator')
  @Audited('maintenance_set')
  @ApiOperation({ summary: 'Marks a service: its being down pages nobody until then' })
  async set(
    @Param('service') service: string,
    @ValidBody(maintenanceSchema) body: { readonly until: string; readonly reason: string },
    @Req() request: AuthenticatedRequest,
  ): Promise<object> {
    this.requireKnown(service);
    const nowMs = Math.trunc(this.app.now());
    const untilMs = endOf(body.until, nowMs);
    const by = request.caller?.subject ?? 'unknown';
    const mark = { service, untilMs, reason: body.reason, by, setAtMs: nowMs };
    await this.app.maintenance.change((board) => setMark(board, mark), `maintenance#${randomUUID()}`);
    this.app.feed.tellService(service);
    return { service, maintenance: maintenanceView(mark) };
  }

  @Delete()
  @HttpCode(200)
  @Roles('operator')
  @Audited('maintenance_end')
  @ApiOperation({ summary: 'Takes the mark off before its time' })
  async end(@Param('service') service: string): Promise<object> {
    this.requireKnown(service);
    const nowMs = this.app.now();
    const before = markOf(this.app.maintenance.current, service, nowMs);
    await this.app.maintenance.change(
      (board) => removeMark(board, service, nowMs),
      `maintenance#${randomUUID()}`,
    );
    if (before !== undefined) this.app.feed.tellService(service);
    return { service, maintenance: null };
  }

  private requireKnown(service: string): void {
    if (this.app.views.serviceSummary(service) !== undefined) return;
    throw new ProblemError('service_unknown', {
      detail: `no heartbeat of a service "${service}" was ever heard`,
    });
  }
}

function endOf(until: string, nowMs: number): number {
  const untilMs = Date.parse(until);
  if (untilMs > nowMs && untilMs <= nowMs + MAX_MAINTENANCE_MS) return untilMs;
  const detail = 'must be a time from now to 30 days ahead';
  throw new ProblemError('invalid_request', {
    detail: `/until ${detail}`,
    errors: [{ pointer: '/until', detail }],
  });
}
