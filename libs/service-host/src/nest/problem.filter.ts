import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Inject,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Log } from '@latido/observability';
import { problemDetails, type ProblemDetails } from '../core/problem';
import { problemOfError } from '../core/problem-of-error';
import { LOG } from './tokens';

/** Answers every error of a request as problem details; what is our fault is logged with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const request = host.switchToHttp().getRequest<Request>();
    const problem = problemOfHealth(error) ?? problemOfError(error);
    if (problem.status >= 500 && problem.code !== 'not_ready') {
      this.log.error(
        { event: 'request_failed', code: problem.code, method: request.method, err: error },
        problem.title,
      );
    }
    if (response.headersSent) {
      // A stream that breaks half way can only be cut: its status is out.
      response.destroy();
      return;
    }
    if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** What terminus throws when a probe fails, with each failing check and its reason. */
function problemOfHealth(error: unknown): ProblemDetails | undefined {
  if (!(error instanceof ServiceUnavailableException)) return undefined;
  const answer = error.getResponse();
  if (typeof answer !== 'object' || !('error' in answer) || typeof answer.error !== 'object')
    return undefined;
  const errors = Object.entries(answer.error as Record<string, { readonly message?: unknown }>).map(
    ([name, { message }]) => ({ name, detail: String(message) }),
  );
  const detail = errors.map(({ name, detail }) => `${name}: ${detail}`).join('; ');
  return problemDetails('not_ready', { detail, errors });
}
