import { Controller, Get, Inject } from '@nestjs/common';
import {
  type HealthCheckResult,
  HealthCheckService,
  type HealthIndicatorFunction,
  HealthIndicatorService,
} from '@nestjs/terminus';
import { type ReadinessCheck, ReadinessChecks } from '../core/readiness';

/** A check that needs longer would make the probe itself fail, without a reason. */
const CHECK_TIMEOUT_MS = 1_000;

/**
 * The three probes of Kubernetes.
 *
 * Live says only that the event loop turns: restarting a process does not bring a queue back.
 */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(ReadinessChecks) private readonly checks: ReadinessChecks,
  ) {}

  @Get('live')
  live(): Promise<HealthCheckResult> {
    return this.probe([]);
  }

  /** 503 with every reason until all checks pass. */
  @Get('ready')
  ready(): Promise<HealthCheckResult> {
    return this.probe(this.checks.all());
  }

  /** 503 until the process has started. */
  @Get('startup')
  startup(): Promise<HealthCheckResult> {
    return this.probe([this.checks.startup()]);
  }

  private probe(checks: readonly ReadinessCheck[]): Promise<HealthCheckResult> {
    return this.health.check(checks.map((check) => this.indicatorOf(check)));
  }

  private indicatorOf(check: ReadinessCheck): HealthIndicatorFunction {
    const attempt = async (): Promise<Record<string, unknown>> => {
      const readiness = await check.check();
      if (!readiness.ok) throw new Error(readiness.reason);
      return { ...readiness.details };
    };
    return () => this.indicators.check(check.name).attempt(attempt).withTimeout(CHECK_TIMEOUT_MS);
  }
}
