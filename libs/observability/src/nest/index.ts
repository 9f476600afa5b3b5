export { accessLog } from './access-log';
export { createLogger, type LoggerOptions } from './create-logger';
export { HealthModule } from './health.module';
