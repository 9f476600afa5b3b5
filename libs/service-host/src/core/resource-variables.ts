import { type GivenNames, readGivenNames, topology } from '@latido/topology';
import { type Variable, variable } from './variable';

/** Read once, like every other variable; a name that does not exist is a start that is refused. */
const givenNames: Variable<GivenNames | undefined> = {
  env: 'RESOURCE_NAMES',
  description:
    'Queues, topics and tables that somebody else has named, by our names: `{"queues":{"service-b-events":"orders-in"}}`; without the prefix',
  accepts: 'JSON; names, ARNs or queue URLs',
  required: false,
  secret: false,
  parse: (text) => readGivenNames(text, topology),
};

/** The variables of every service that uses queues, topics and tables: which ones, and where. */
export const resourceVariables = {
  resourcePrefix: variable.text({
    env: 'RESOURCE_PREFIX',
    default: undefined,
    description:
      'Put before the names of all queues, topics and tables, so that installations share an account',
  }),
  resourceNames: givenNames,
  awsRegion: variable.text({
    env: 'AWS_REGION',
    default: 'us-east-1',
    description: 'Region of queues, topics and tables',
  }),
  awsAccountId: variable.text({
    env: 'AWS_ACCOUNT_ID',
    default: '000000000000',
    description: 'Account of the topics; the default is the one of the embedded AWS',
  }),
};

/** The values of {@link resourceVariables}. */
export interface ResourceSettings {
  readonly resourcePrefix: string | undefined;
  readonly resourceNames?: GivenNames | undefined;
  readonly awsRegion: string;
  readonly awsAccountId: string;
}
