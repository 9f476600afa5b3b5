export { type AwsClients, closeAwsClients, createAwsClients } from './aws-clients';
export { type AwsResources, connectAws } from './connect-aws';
export { dependenciesOf } from './dependencies-of';
export { tracedHandler } from './traced-handler';
export { createTracedPublisher } from './traced-publisher';
