export { DynamoDbClaimStore } from './dynamo-claim-store';
