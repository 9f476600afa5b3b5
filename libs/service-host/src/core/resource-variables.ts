import { variable } from './variable';

/** The variables of every service that uses queues, topics and tables: which ones, and where. */
export const resourceVariables = {
  resourcePrefix: variable.text({
    env: 'RESOURCE_PREFIX',
    default: undefined,
    description:
      'Put before the names of all queues, topics and tables, so that installations share an account',
  }),
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
  readonly awsRegion: string;
  readonly awsAccountId: string;
}
