export { DynamoDbVersionStore } from './dynamo-version-store';
export { VERSIONED_STATE_INDEX } from './versioned-state-index';
