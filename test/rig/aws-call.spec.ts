import { readAwsCall } from './aws-call';

const authorization =
  'AWS4-HMAC-SHA256 Credential=service-a/20260101/us-east-1/sqs/aws4_request, Signature=x';
const json = (target: string, input: object) =>
  readAwsCall({ authorization, 'x-amz-target': target }, JSON.stringify(input));

describe('readAwsCall', () => {
  it('knows who signed a call', () => {
    expect(json('AmazonSQS.GetQueueUrl', { QueueName: 'q' }).caller).toBe('service-a');
    expect(readAwsCall({}, 'Action=Publish&TopicArn=a:b').caller).toBe('unsigned');
  });

  it('names a queue by its name, from name and URL alike', () => {
    expect(json('AmazonSQS.GetQueueUrl', { QueueName: 'dev-q' })).toMatchObject({
      action: 'sqs:GetQueueUrl',
      resource: 'dev-q',
    });
    expect(json('AmazonSQS.SendMessageBatch', { QueueUrl: 'http://host/0/dev-q' })).toMatchObject({
      action: 'sqs:SendMessage',
      resource: 'dev-q',
    });
  });

  it('tells a query of an index from one of its table', () => {
    const query = { TableName: 't' };
    expect(json('DynamoDB_20120810.Query', query).resource).toBe('t');
    expect(json('DynamoDB_20120810.Query', { ...query, IndexName: 'i' })).toMatchObject({
      action: 'dynamodb:Query',
      resource: 't/index/i',
    });
  });

  it('takes a publication of several messages for the right to publish', () => {
    const body = 'Action=PublishBatch&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A0%3Adev-receipts';
    expect(readAwsCall({ authorization }, body)).toMatchObject({
      action: 'sns:Publish',
      resource: 'dev-receipts',
    });
  });

  it('refuses what it cannot read instead of forgetting it', () => {
    expect(() => readAwsCall({ authorization }, 'Bucket=b')).toThrow('not a call to');
  });
});
