import { Logger, type Params, PinoLogger } from 'nestjs-pino';
import type { Logger as RootLogger } from 'pino';

/** How nestjs-pino writes to the logger of the process; `req.log` is made by the access log, once. */
export function pinoParams(logger: RootLogger): Params {
  return { pinoHttp: { logger }, useExisting: true };
}

/** Nest's own lines in our log: what it says while it builds itself is for debugging, the rest is kept. */
export class NestLog extends Logger {
  constructor(logger: RootLogger) {
    super(new PinoLogger(pinoParams(logger)), pinoParams(logger));
  }

  override log(message: unknown, ...rest: unknown[]): void {
    this.debug(message, ...rest);
  }
}
