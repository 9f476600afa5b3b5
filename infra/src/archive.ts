import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { CfnSubscription, type Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { topology } from '../../libs/topology/src';
import { ArchiveCatalog } from './archive-catalog';
import type { Messaging } from './messaging';
import type { Scoped } from './scoped';
import { prefixOf } from './stages';

/** Where archived events lie in the bucket; below it `topic=<topic>/day=<yyyy-MM-dd>/`. */
export const EVENTS_PATH = 'events';
const FAILURES_PATH = 'failed';
const ANSWERS_PATH = 'answers';
/** A query that would read more is stopped: it forgot to name a day. */
const MOST_BYTES_A_QUERY = 10 * 1024 ** 3;

/**
 * Keeps every event for later questions.
 *
 *     topic -> Firehose (gzip, one file in five minutes) -> S3 -> Glue table -> Athena
 *
 * SNS delivers to Firehose from standard topics only; a stage that has FIFO topics alone archives nothing.
 */
export class Archive extends Construct {
  private readonly bucket: Bucket;

  constructor(
    scope: Construct,
    id: string,
    private readonly scoped: Scoped & { readonly messaging: Messaging; readonly days: number },
  ) {
    super(scope, id);
    const { stage, messaging } = scoped;
    this.bucket = this.makeBucket();
    const archived = topology.topics.filter(({ name, archived }) => archived && messaging.topics.has(name));
    for (const { name } of archived) this.feed(name, messaging.topics.get(name));
    new ArchiveCatalog(this, 'Catalog', {
      databaseName: prefixOf(stage).replaceAll('-', '_'),
      topics: archived.map(({ name }) => name),
      location: `s3://${this.bucket.bucketName}/${EVENTS_PATH}/`,
    });
    this.makeWorkGroup();
  }

  private makeBucket(): Bucket {
    const { stage, days } = this.scoped;
    return new Bucket(this, 'Bucket', {
      bucketName: `${prefixOf(stage)}-archive-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [
        { prefix: `${EVENTS_PATH}/`, expiration: Duration.days(days) },
        { prefix: `${FAILURES_PATH}/`, expiration: Duration.days(days) },
        { prefix: `${ANSWERS_PATH}/`, expiration: Duration.days(7) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }

  private feed(name: string, topic: Topic | undefined): void {
    if (topic === undefined) return;
    const writer = new Role(this, `Writer-${name}`, {
      assumedBy: new ServicePrincipal('firehose.amazonaws.com'),
    });
    const stream = new CfnDeliveryStream(this, `Stream-${name}`, {
      deliveryStreamName: `${prefixOf(this.scoped.stage)}-archive-${name}`,
      deliveryStreamType: 'DirectPut',
      deliveryStreamEncryptionConfigurationInput: { keyType: 'AWS_OWNED_CMK' },
      extendedS3DestinationConfiguration: {
        bucketArn: this.bucket.bucketArn,
        roleArn: writer.roleArn,
        prefix: `${EVENTS_PATH}/topic=${name}/day=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${FAILURES_PATH}/topic=${name}/!{firehose:error-output-type}/`,
        compressionFormat: 'GZIP',
        bufferingHints: { intervalInSeconds: 300, sizeInMBs: 64 },
        processingConfiguration: { enabled: true, processors: [{ type: 'AppendDelimiterToRecord' }] },
      },
    });
    this.allowWriting(name, writer, stream);
    this.subscribe(name, topic, stream);
  }

  /** The paths below the bucket end in a wildcard: an object has no other ARN before it exists. */
  private allowWriting(name: string, writer: Role, stream: CfnDeliveryStream): void {
    const { bucketArn } = this.bucket;
    writer.addToPolicy(
      new PolicyStatement({
        actions: ['s3:AbortMultipartUpload', 's3:PutObject'],
        resources: [EVENTS_PATH, FAILURES_PATH].map((path) => `${bucketArn}/${path}/topic=${name}/*`),
      }),
    );
    writer.addToPolicy(
      new PolicyStatement({
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [bucketArn],
      }),
    );
    const policy = writer.node.tryFindChild('DefaultPolicy');
    if (policy !== undefined) stream.node.addDependency(policy);
  }

  private subscribe(name: string, topic: Topic, stream: CfnDeliveryStream): void {
    const sender = new Role(this, `Sender-${name}`, { assumedBy: new ServicePrincipal('sns.amazonaws.com') });
    sender.addToPolicy(
      new PolicyStatement({
        actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
        resources: [stream.attrArn],
      }),
    );
    new CfnSubscription(this, `Subscription-${name}`, {
      topicArn: topic.topicArn,
      protocol: 'firehose',
      endpoint: stream.attrArn,
      subscriptionRoleArn: sender.roleArn,
      rawMessageDelivery: true,
    });
  }

  private makeWorkGroup(): void {
    new CfnWorkGroup(this, 'WorkGroup', {
      name: prefixOf(this.scoped.stage),
      recursiveDeleteOption: !this.scoped.stage.keepsData,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: MOST_BYTES_A_QUERY,
        resultConfiguration: {
          outputLocation: `s3://${this.bucket.bucketName}/${ANSWERS_PATH}/`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    });
  }
}
