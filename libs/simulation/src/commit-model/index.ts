export { buildCommitWorld } from './build-commit-world';
export { MODEL_NOW_MS } from './model-process';
export type { CommitScenario, ProcessScript, ThreadScript } from './scenario';
export { COMMIT_SCENARIOS, type NamedScenario } from './scenarios';
export { isCommitWrite } from './is-commit-write';
