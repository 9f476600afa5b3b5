export { DynamoLimitStore } from './dynamo-limit-store';
