export { connectEmbeddedAws, type EmbeddedAws, seedUnderUniquePrefix } from './embedded-aws';
export { eventually } from './eventually';
export { freePort } from './free-port';
export { type LocalAwsPorts, type LocalAwsProcess, startLocalAws } from './local-aws-process';
export type { LogEntry } from './log-stream';
export { repositoryRoot } from './repository-root';
export { type ExitStatus, RunningProcess } from './running-process';
export { ServiceProcess, spawnService } from './service-process';
export { uniquePrefix } from './unique-prefix';
