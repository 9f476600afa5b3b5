export { buildCommitWorld } from './build-commit-world';
export { isCommitWrite } from './is-commit-write';
export { randomScenario } from './random-scenario';
export type { CommitScenario, ProcessScript, ThreadScript } from './scenario';
export { COMMIT_SCENARIOS, type NamedScenario } from './scenarios';
export { settle } from './settle';
