import { CfnOutput } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type Grant, grantsOf, topology } from '../../libs/topology/src';
import { arnsOf } from './granted-arns';
import { outputName } from './outputs';
import { podPrincipal, type ServiceAccount } from './pod-principal';
import type { Scoped } from './scoped';
import { prefixOf } from './stages';

/** As KEDA's own chart and k8s/otel-collector/values.yaml name them. */
const KEDA: ServiceAccount = { namespace: 'keda', name: 'keda-operator' };
const COLLECTOR: ServiceAccount = { namespace: 'monitoring', name: 'otel-collector' };

/**
 * One role a service with exactly what the topology grants it, one for KEDA to see how much waits, one for the collector to write spans.
 *
 * Where the cluster is given, each is bound to its service account here and nowhere else: EKS takes one association an account.
 */
export class Access extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly scoped: Scoped,
  ) {
    super(scope, id);
    const { namespace, release } = scoped.context;
    for (const { name } of topology.services) {
      const role = this.addRole(name, { namespace, name: `${release}-${name}` }, grantsOf(topology, name));
      this.tell(outputName('roleArns', name), role);
    }
    this.tell('KedaRoleArn', this.addRole('keda', KEDA, scalingGrants()));
    const collector = this.addRole('otel-collector', COLLECTOR, []);
    collector.addToPolicy(tracing());
    this.tell('CollectorRoleArn', collector);
  }

  private addRole(name: string, account: ServiceAccount, grants: readonly Grant[]): Role {
    const { stage, context } = this.scoped;
    const role = new Role(this, `Role-${name}`, {
      roleName: `${prefixOf(stage)}-${name}`,
      description: `Pods of service account ${account.namespace}/${account.name}`,
      assumedBy: podPrincipal(account, context),
    });
    for (const { resource, actions } of grants)
      role.addToPolicy(
        new PolicyStatement({ actions: [...actions], resources: [...arnsOf(resource, this.scoped)] }),
      );
    if (context.clusterName !== undefined && context.oidcIssuer === undefined)
      new CfnPodIdentityAssociation(this, `Association-${name}`, {
        clusterName: context.clusterName,
        namespace: account.namespace,
        serviceAccount: account.name,
        roleArn: role.roleArn,
      });
    return role;
  }

  private tell(key: string, { roleArn: value }: Role): void {
    new CfnOutput(this, key, { value, key });
  }
}

/** KEDA asks the queues by which services scale, and nothing else. */
function scalingGrants(): readonly Grant[] {
  return topology.queues
    .filter(({ scaling }) => scaling !== undefined)
    .map(({ name }) => ({ resource: { kind: 'queue', name }, actions: ['sqs:GetQueueAttributes'] }));
}

/** X-Ray has no resources that these could be narrowed to. */
function tracing(): PolicyStatement {
  return new PolicyStatement({
    actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    resources: ['*'],
  });
}
