import type { Request } from 'express';
import type { LogFields } from '@latido/observability';
import type { Caller } from '../core/access';

/** The fields of an audit line; path and parameters name the object of the act, bodies stay out. */
export function auditFields(act: {
  readonly action: string;
  readonly outcome: 'done' | 'failed' | 'denied';
  readonly caller: Caller | undefined;
  readonly request: Request;
}): LogFields {
  return {
    event: 'audit',
    action: act.action,
    outcome: act.outcome,
    caller: act.caller?.subject,
    method: act.request.method,
    path: act.request.path,
  };
}
