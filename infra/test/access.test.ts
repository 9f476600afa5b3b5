import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { grantsOf, resourceNames, topology } from '../../libs/topology/src';
import { arnsOf } from '../src/granted-arns';
import { STAGES, stageNamed } from '../src/stages';
import { allowed, type Statement } from './policies';
import { CONTEXT, imagesTemplate, resources, stageTemplate, text } from './synthesized';

const isOf =
  (service: string) =>
  ({ role }: Statement) =>
    role.includes(`Role${service.replaceAll('-', '')}`);

describe('the roles of services', () => {
  for (const { name: stage } of STAGES) {
    const statements = allowed(stageTemplate(stage));

    for (const { name: service } of topology.services)
      it(`let ${service} in ${stage} do exactly what the topology grants it`, () => {
        const names = resourceNames({
          prefix: `latido-${stage}`,
          region: '{AWS::Region}',
          partition: '{AWS::Partition}',
          accountId: '{AWS::AccountId}',
        });
        const scoped = { stage: stageNamed(stage), context: CONTEXT, names };
        const expected = grantsOf(topology, service).flatMap(({ resource, actions }) =>
          arnsOf(resource, scoped).flatMap((arn) => actions.map((action) => `${action} ${arn}`)),
        );
        assert.deepEqual(pairs(statements.filter(isOf(service))), expected.toSorted());
      });

    it(`hold no wildcard in ${stage}, but for the objects of the archive below its own paths and for spans`, () => {
      assert.deepEqual(
        statements.flatMap(({ actions }) => actions).filter((action) => action.includes('*')),
        [],
      );
      const narrow = statements.filter((one) => !isOf('otel-collector')(one));
      for (const resource of narrow.flatMap((one) => one.resources).filter((one) => one.includes('*')))
        assert.match(resource, /\/(events|failed)\/topic=[a-z-]+\/\*$/);
    });
  }

  it('let KEDA see how much waits in the queues by which services scale, and nothing else', () => {
    const keda = pairs(allowed(stageTemplate('prod')).filter(isOf('keda')));
    assert.equal(keda.length, topology.queues.filter(({ scaling }) => scaling !== undefined).length);
    for (const right of keda) assert.match(right, /^sqs:GetQueueAttributes arn/);
  });

  it('let the collector write spans to X-Ray, and nothing else', () => {
    const collector = allowed(stageTemplate('prod')).filter(isOf('otel-collector'));
    assert.deepEqual(pairs(collector), ['xray:PutTelemetryRecords *', 'xray:PutTraceSegments *']);
  });

  it('are told of for KEDA and the collector too, whose charts ask for them with IRSA', () => {
    const { Outputs } = stageTemplate('prod').toJSON() as { readonly Outputs: object };
    for (const output of ['KedaRoleArn', 'CollectorRoleArn']) assert.ok(output in Outputs, output);
  });

  it('are for the pods of one service account each, by what EKS says of them', () => {
    const role = resources(stageTemplate('prod'), 'AWS::IAM::Role').find(({ id }) => id.includes('serviceb'));
    const trust = JSON.stringify(role?.properties['AssumeRolePolicyDocument']);
    assert.match(trust, /pods\.eks\.amazonaws\.com/);
    assert.match(trust, /"sts:AssumeRole","sts:TagSession"/);
    assert.match(trust, /"aws:RequestTag\/kubernetes-service-account":"latido-service-b"/);
  });

  it('are for IRSA where the issuer of the cluster is given', () => {
    const oidcIssuer = 'oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF';
    const template = stageTemplate('prod', { oidcIssuer, clusterName: 'main' });
    const role = resources(template, 'AWS::IAM::Role').find(({ id }) => id.includes('serviceb'));
    const trust = JSON.stringify(role?.properties['AssumeRolePolicyDocument']);
    assert.match(trust, /sts:AssumeRoleWithWebIdentity/);
    assert.match(trust, new RegExp(`"${oidcIssuer}:sub":"system:serviceaccount:latido:latido-service-b"`));
    template.resourceCountIs('AWS::EKS::PodIdentityAssociation', 0);
  });

  it('are associated with their service accounts where the cluster is given', () => {
    const associations = resources(
      stageTemplate('prod', { clusterName: 'main' }),
      'AWS::EKS::PodIdentityAssociation',
    );
    assert.deepEqual(
      associations.map(({ properties }) => text(properties['ServiceAccount'])).toSorted(),
      [
        'keda-operator',
        'otel-collector',
        ...topology.services.map(({ name }) => `latido-${name}`),
      ].toSorted(),
    );
  });
});

describe('the role of releases', () => {
  it('exists only where a repository is named, and is for its tags alone', () => {
    imagesTemplate().resourceCountIs('AWS::IAM::Role', 0);
    const template = imagesTemplate({ githubRepository: 'acme/latido' });
    assert.match(JSON.stringify(template.toJSON()), /repo:acme\/latido:ref:refs\/tags\/v\*/);
    const wide = allowed(template).filter(({ resources: of }) => of.includes('*'));
    assert.deepEqual(
      wide.map(({ actions }) => actions),
      [['ecr:GetAuthorizationToken']],
    );
  });
});

function pairs(statements: readonly Statement[]): readonly string[] {
  return statements
    .flatMap(({ actions, resources: of }) =>
      of.flatMap((resource) => actions.map((action) => `${action} ${resource}`)),
    )
    .toSorted();
}
