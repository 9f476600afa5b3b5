import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readGivenNames, topology } from '../../libs/topology/src';
import { readContext } from '../src/context';
import { outputName, readOutputName } from '../src/outputs';
import { helmValues } from '../src/values/helm-values';
import { stageTemplate } from './synthesized';

/** What a deployment would write: every output of the template, with a value of its kind. */
function deployed(stack: 'latido-dev' | 'latido-prod') {
  const { Outputs } = stageTemplate(stack === 'latido-dev' ? 'dev' : 'prod').toJSON() as {
    readonly Outputs: Readonly<Record<string, unknown>>;
  };
  const place = {
    queues: 'https://sqs.eu-central-1.amazonaws.com/123456789012/',
    topics: 'arn:aws:sns:eu-central-1:123456789012:',
  };
  return {
    [stack]: Object.fromEntries(
      Object.keys(Outputs).map((output) => {
        const found = readOutputName(output);
        const before =
          found !== undefined && found.kind in place ? place[found.kind as keyof typeof place] : '';
        return [output, `${before}${stack}-${found?.name ?? output}`];
      }),
    ),
  };
}

describe('the values of a stage', () => {
  const values = helmValues(deployed('latido-prod'), { stack: 'latido-prod', identityMode: 'podIdentity' });

  it('name every queue, dead-letter queue, topic, table and role', () => {
    assert.deepEqual(
      Object.keys(values.aws.queues).toSorted(),
      topology.queues.flatMap(({ name }) => [name, `${name}-dlq`]).toSorted(),
    );
    assert.deepEqual(
      Object.keys(values.aws.topics).toSorted(),
      topology.topics.map(({ name }) => name).toSorted(),
    );
    assert.deepEqual(
      Object.keys(values.aws.tables).toSorted(),
      topology.tables.map(({ name }) => name).toSorted(),
    );
    assert.deepEqual(
      Object.keys(values.identity.roleArns).toSorted(),
      topology.services.map(({ name }) => name).toSorted(),
    );
  });

  it('are names that services can read', () => {
    const { queues, topics, tables } = values.aws;
    assert.deepEqual(readGivenNames(JSON.stringify({ queues, topics, tables }), topology), {
      value: { queues, topics, tables },
    });
  });

  it('hold twins too, where the stage has them', () => {
    const dev = helmValues(deployed('latido-dev'), { stack: 'latido-dev', identityMode: 'irsa' });
    assert.ok(dev.aws.queues['service-b-events-dlq.fifo']);
    assert.equal(dev.identity.mode, 'irsa');
  });

  it('take region and account, and with them the registry of the images, from the topics', () => {
    assert.equal(values.global.imageRegistry, '123456789012.dkr.ecr.eu-central-1.amazonaws.com');
    assert.deepEqual([values.aws.region, values.aws.accountId], ['eu-central-1', '123456789012']);
  });

  it('are refused with the command to run when the stage was not deployed', () => {
    assert.throws(
      () => helmValues({ 'latido-dev': {} }, { stack: 'latido-prod', identityMode: 'irsa' }),
      /no outputs of latido-prod \(there are: latido-dev\); run: npm run infra:cdk -- deploy latido-prod/,
    );
  });
});

describe('names of outputs', () => {
  for (const name of ['service-b-events', 'service-b-events-dlq.fifo', 'VersionedState'])
    it(`give ${name} back, and hold letters and digits only`, () => {
      const output = outputName('queues', name);
      assert.match(output, /^[A-Za-z0-9]+$/);
      assert.deepEqual(readOutputName(output), { kind: 'queues', name });
    });

  it('leave other outputs alone', () => {
    assert.equal(readOutputName('ReleaseRoleArn'), undefined);
  });
});

describe('the context', () => {
  it('has a release and a namespace by default', () => {
    assert.deepEqual(
      readContext(() => undefined),
      { namespace: 'latido', release: 'latido' },
    );
  });

  it('refuses every value that cannot be used at once', () => {
    const given: Readonly<Record<string, string>> = {
      alarmEmail: 'nobody',
      oidcIssuer: 'https://oidc',
      release: 'ok',
    };
    assert.throws(
      () => readContext((name) => given[name]),
      /oidcIssuer="https:\/\/oidc"[^]*alarmEmail="nobody"/,
    );
  });
});
