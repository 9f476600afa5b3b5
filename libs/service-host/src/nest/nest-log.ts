import type { LoggerService } from '@nestjs/common';
import type { Log } from '@latido/observability';

/** Nest's own lines in our log: what it says while it builds itself is for debugging, the rest is kept. */
export class NestLog implements LoggerService {
  constructor(private readonly target: Log) {}

  log(message: unknown, ...rest: readonly unknown[]): void {
    this.target.debug(fieldsOf(rest), String(message));
  }

  warn(message: unknown, ...rest: readonly unknown[]): void {
    this.target.warn(fieldsOf(rest), String(message));
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    const fields = fieldsOf(rest);
    const err = message instanceof Error ? { err: message } : {};
    this.target.error({ ...fields, ...err }, message instanceof Error ? message.message : String(message));
  }
}

/** Nest appends an optional stack and, last, the name of its part. */
function fieldsOf(rest: readonly unknown[]): {
  readonly event: 'framework';
  readonly [name: string]: unknown;
} {
  const context = rest.at(-1);
  const stack = rest.length > 1 ? rest[0] : undefined;
  return {
    event: 'framework',
    ...(typeof context === 'string' && { context }),
    ...(typeof stack === 'string' && { stack }),
  };
}
