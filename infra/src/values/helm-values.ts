import { readOutputName } from '../outputs';

/** What `cdk deploy --outputs-file` writes: outputs by stack. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the chart takes from a stage. Services find queues, topics and tables by these, whatever they are called. */
export interface HelmValues {
  readonly global: { readonly imageRegistry: string };
  readonly aws: {
    readonly region: string;
    readonly accountId: string;
    readonly resourcePrefix: string;
    readonly queues: Readonly<Record<string, string>>;
    readonly topics: Readonly<Record<string, string>>;
    readonly tables: Readonly<Record<string, string>>;
  };
  readonly identity: { readonly mode: string; readonly roleArns: Readonly<Record<string, string>> };
}

/**
 * Turns the outputs of a stage's stack into values of the chart.
 * @throws Error when the stack is not among the outputs, or an output it must have is missing.
 */
export function helmValues(
  outputs: Outputs,
  { stack, identityMode }: { readonly stack: string; readonly identityMode: string },
): HelmValues {
  const own = outputs[stack];
  if (own === undefined)
    throw new Error(
      `no outputs of ${stack} (there are: ${Object.keys(outputs).join(', ') || 'none'}); ` +
        `run: npm run infra:cdk -- deploy ${stack} --outputs-file outputs.json`,
    );
  const groups: Record<string, Record<string, string>> = { queues: {}, topics: {}, tables: {}, roleArns: {} };
  for (const [output, value] of Object.entries(own)) {
    const found = readOutputName(output);
    if (found !== undefined) groups[found.kind] = { ...groups[found.kind], [found.name]: value };
  }
  const { queues = {}, topics = {}, tables = {}, roleArns = {} } = groups;
  const [, , , region = '', accountId = ''] = Object.values(topics)[0]?.split(':') ?? [];
  if (region === '' || accountId === '')
    throw new Error(`${stack} has no output of a topic; deploy it again with this version of infra/`);
  return {
    global: { imageRegistry: `${accountId}.dkr.ecr.${region}.amazonaws.com` },
    aws: { region, accountId, resourcePrefix: stack, queues, topics, tables },
    identity: { mode: identityMode, roleArns },
  };
}
