import type { IncomingHttpHeaders } from 'node:http';

/** One call to AWS, as IAM would judge it. */
export interface AwsCall {
  /** Access key it was signed with; in a scene the name of the service. */
  readonly caller: string;
  /** IAM action: calls that send or delete several are the same right as for one. */
  readonly action: string;
  /** What it was for, by its name at AWS: topic, queue, table, or `<table>/index/<index>`. */
  readonly resource: string;
}

/** Reads a call from its request. @throws Error for a protocol that none of our clients speaks. */
export function readAwsCall(headers: IncomingHttpHeaders, body: string): AwsCall {
  const caller = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';
  const [, api, call] = /^(AmazonSQS|DynamoDB_\d+)\.(\w+)$/.exec(String(headers['x-amz-target'])) ?? [];
  if (api === undefined || call === undefined) return { caller, ...readSnsCall(body) };
  const input = JSON.parse(body) as Readonly<Record<string, string | undefined>>;
  if (api === 'AmazonSQS') {
    const queue = input['QueueName'] ?? input['QueueUrl'] ?? '';
    return { caller, action: `sqs:${single(call)}`, resource: lastPart(queue, '/') };
  }
  const { TableName: table = '', IndexName: index } = input;
  return {
    caller,
    action: `dynamodb:${call}`,
    resource: index === undefined ? table : `${table}/index/${index}`,
  };
}

function readSnsCall(body: string): Omit<AwsCall, 'caller'> {
  const form = new URLSearchParams(body);
  const [action, topic] = [form.get('Action'), form.get('TopicArn')];
  if (action === null || topic === null)
    throw new Error(`not a call to SNS, SQS or DynamoDB: ${body.slice(0, 200)}`);
  return { action: `sns:${single(action)}`, resource: lastPart(topic, ':') };
}

/** There is no right to `SendMessageBatch`: it needs `SendMessage`. */
function single(call: string): string {
  return call.replace(/Batch$/, '');
}

function lastPart(text: string, separator: string): string {
  return text.slice(text.lastIndexOf(separator) + 1);
}
