import { Aws, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Repository, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { topology } from '../../libs/topology/src';
import type { InfraContext } from './context';

const GITHUB_TOKENS = 'token.actions.githubusercontent.com';
/** Releases that a rollback may go back to. */
const KEPT_IMAGES = 50;

/** Images and the chart are the same in every stage, so their repositories belong to the account. */
export class ImagesStack extends Stack {
  constructor(scope: Construct, id: string, { githubRepository }: InfraContext) {
    super(scope, id, { description: 'Latido: repositories of images and chart, and who may push' });
    const images = [...topology.services.map(({ name }) => name), 'local-aws'].map((app) => `latido/${app}`);
    const repositories = [...images, 'charts/latido'].map((name) => this.addRepository(name));
    if (githubRepository !== undefined) this.allowReleases(githubRepository, repositories);
  }

  private addRepository(repositoryName: string): Repository {
    return new Repository(this, repositoryName.replaceAll('/', '-'), {
      repositoryName,
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { tagStatus: TagStatus.UNTAGGED, maxImageAge: Duration.days(14), rulePriority: 1 },
        { tagStatus: TagStatus.ANY, maxImageCount: KEPT_IMAGES, rulePriority: 2 },
      ],
    });
  }

  /** The release workflow of that repository, run for a tag v*; its account needs GitHub's OIDC provider. */
  private allowReleases(githubRepository: string, repositories: readonly Repository[]): void {
    const role = new Role(this, 'Release', {
      roleName: 'latido-release',
      maxSessionDuration: Duration.hours(1),
      assumedBy: new WebIdentityPrincipal(
        `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:oidc-provider/${GITHUB_TOKENS}`,
        {
          StringEquals: { [`${GITHUB_TOKENS}:aud`]: 'sts.amazonaws.com' },
          StringLike: { [`${GITHUB_TOKENS}:sub`]: `repo:${githubRepository}:ref:refs/tags/v*` },
        },
      ),
    });
    // ECR gives the token for all repositories or for none.
    role.addToPolicy(new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }));
    role.addToPolicy(
      new PolicyStatement({
        actions: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:CompleteLayerUpload',
          'ecr:GetDownloadUrlForLayer',
          'ecr:InitiateLayerUpload',
          'ecr:PutImage',
          'ecr:UploadLayerPart',
        ],
        resources: repositories.map(({ repositoryArn }) => repositoryArn),
      }),
    );
    new CfnOutput(this, 'ReleaseRoleArn', { value: role.roleArn });
  }
}
