import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Log } from '@latido/observability';
import { hasRole, requiredRole } from '../core/access';
import { ProblemError } from '../core/problem';
import { auditFields } from './audit-fields';
import type { AuthenticatedRequest } from './authenticated-request';
import { Audited, Roles } from './route-marks';
import { LOG } from './tokens';
import { TOKEN_VERIFIER, type TokenVerifier } from './token-verifier';

/** Lets a request in when its token has the role that its route needs; refused operator acts are audited too. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(TOKEN_VERIFIER) private readonly verifier: TokenVerifier,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Messages of other transports carry no HTTP token; their edges have their own protection.
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const asked = this.reflector.getAllAndOverride(Roles, [context.getHandler(), context.getClass()]);
    const needed = requiredRole({ method: request.method, ...(asked && { asked }) });
    if (needed === undefined) return true;
    const caller = await this.verifier.verify(bearerOf(request));
    if (!hasRole(caller, needed)) {
      const action = this.reflector.get(Audited, context.getHandler());
      if (action !== undefined)
        this.log.warn(auditFields({ action, outcome: 'denied', caller, request }), `denied: ${action}`);
      throw new ProblemError('forbidden', { detail: `this needs the role ${needed}` });
    }
    request.caller = caller;
    return true;
  }
}

function bearerOf(request: Request): string {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() === 'bearer' && token) return token;
  throw new ProblemError('unauthenticated');
}
