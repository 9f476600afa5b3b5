import { randomUUID } from 'node:crypto';
import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiTags, ValidBody } from '@latido/service-host/nest';
import { alertmanagerSchema } from '../api/schemas';
import { MONITOR_APP, type MonitorApp } from '../monitor-app';
import { afterNotification, type AlertNotification } from './alerts';

/** Takes in what Alertmanager says, so that every replica shows the same alerts. */
@ApiTags('alerts')
@Controller('alertmanager')
export class AlertmanagerController {
  constructor(@Inject(MONITOR_APP) private readonly app: MonitorApp) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Webhook receiver of Alertmanager; give it a token of the role writer' })
  async notify(@ValidBody(alertmanagerSchema) notification: AlertNotification): Promise<object> {
    const nowMs = Math.trunc(this.app.now());
    const board = await this.app.alerts.change(
      (before) => afterNotification(before, notification, nowMs),
      `alertmanager#${randomUUID()}`,
    );
    this.app.feed.tellStatus();
    return { firing: board.length };
  }
}
