import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Observable, tap } from 'rxjs';
import type { Log } from '@latido/observability';
import { problemOfError } from '../core/problem-of-error';
import { auditFields } from './audit-fields';
import type { AuthenticatedRequest } from './authenticated-request';
import { Audited } from './route-marks';
import { LOG } from './tokens';

/** Writes one line for each operator's act: who did what to what, and how it ended. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(LOG) private readonly log: Log,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const action = this.reflector.get(Audited, context.getHandler());
    if (action === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const { caller } = request;
    return next.handle().pipe(
      tap({
        complete: () =>
          this.log.info(auditFields({ action, outcome: 'done', caller, request }), `done: ${action}`),
        error: (error: unknown) =>
          this.log.warn(
            {
              ...auditFields({ action, outcome: 'failed', caller, request }),
              code: problemOfError(error).code,
            },
            `failed: ${action}`,
          ),
      }),
    );
  }
}
