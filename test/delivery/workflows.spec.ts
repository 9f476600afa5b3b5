import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@latido/testing';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const DIRECTORY = join(repositoryRoot(), '.github/workflows');
const texts = readdirSync(DIRECTORY).map(
  (file) => [file, readFileSync(join(DIRECTORY, file), 'utf8')] as const,
);
const workflows = texts.map(([file, text]) => [file, parse(text) as Workflow] as const);
const jobs = workflows.flatMap(([file, { jobs: all }]) =>
  Object.entries(all).map(([name, job]) => [`${file}: ${name}`, job] as const),
);
const stepsOf = (job: Job): readonly Step[] => job.steps ?? [];
const { scripts } = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

describe('workflows', () => {
  it.each(workflows)(
    '%s may read the source and nothing else, but for what a job asks for',
    (_file, workflow) => {
      expect(workflow.permissions).toEqual({ contents: 'read' });
    },
  );

  it.each(jobs)('%s asks for a token of GitHub exactly where it logs in to AWS by it', (_name, job) => {
    const logsIn = stepsOf(job).some(({ uses }) =>
      uses?.startsWith('aws-actions/configure-aws-credentials@'),
    );
    const { 'id-token': token, contents, ...others } = job.permissions ?? {};
    expect(token).toBe(logsIn ? 'write' : undefined);
    expect([undefined, 'read']).toContain(contents);
    expect(others).toEqual({});
  });

  it.each(jobs)('%s is given up some day', (_name, job) => {
    if (job.uses === undefined) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it.each(jobs)('%s waits only for jobs that exist', (name, job) => {
    const [file = ''] = name.split(':');
    const known = Object.keys(workflows.find(([one]) => one === file)?.[1].jobs ?? {});
    expect(known).toEqual(expect.arrayContaining([job.needs ?? []].flat()));
  });

  it.each(jobs)('%s uses actions at a version, and files that exist', (_name, job) => {
    for (const uses of [job.uses, ...stepsOf(job).map((step) => step.uses)].filter(
      (one) => one !== undefined,
    ))
      if (uses.startsWith('./')) expect(existsSync(join(repositoryRoot(), uses))).toBe(true);
      else expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@v\d+(\.\d+)*$/);
  });

  it.each(texts)('%s says that pinning by commit needs a look-up', (_file, text) => {
    expect(text).toContain('pinning by commit needs a look-up');
  });

  it.each(jobs)('%s runs npm scripts that exist', (_name, job) => {
    const called = stepsOf(job).flatMap(({ run = '' }) =>
      [...run.matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(test)\b)/g)].map(
        ([, script, test]) => script ?? test,
      ),
    );
    for (const script of called) expect(Object.keys(scripts)).toContain(script);
  });

  it.each(jobs)('%s reads what people type by variables, not as a part of a command', (_name, job) => {
    for (const { run = '' } of stepsOf(job)) expect(run).not.toContain('${{');
  });

  it.each(jobs)('%s leaves no credentials of git behind', (_name, job) => {
    for (const step of stepsOf(job).filter(({ uses }) => uses?.startsWith('actions/checkout@')))
      expect(step.with).toMatchObject({ 'persist-credentials': false });
  });
});

describe('deploying', () => {
  const deploy = workflows.find(([file]) => file === 'deploy.yml')?.[1].jobs['deploy'];
  const steps = stepsOf(deploy ?? {});
  const indexOf = (text: string): number => steps.findIndex(({ run }) => run?.includes(text));

  it('asks whoever must approve at the stage', () => {
    expect(deploy?.environment).toBe('${{ inputs.stage }}');
  });

  it('verifies signatures before anything is changed, and checks the API after it', () => {
    expect(indexOf('cosign verify')).toBeGreaterThan(0);
    expect(indexOf('cosign verify')).toBeLessThan(indexOf('infra:cdk'));
    expect(indexOf('helm upgrade')).toBeGreaterThan(indexOf('infra:values'));
    expect(indexOf('helm test')).toBeGreaterThan(indexOf('helm upgrade'));
  });

  it('goes back when the upgrade or the check fails', () => {
    const back = steps.find(({ run }) => run?.includes('helm rollback'));
    expect(back?.if).toContain('failure()');
    expect(steps.at(-1)).toBe(back);
  });

  it('has a values file for each stage', () => {
    for (const stage of ['dev', 'staging', 'prod'])
      expect(existsSync(join(repositoryRoot(), `charts/latido/values-${stage}.yaml`))).toBe(true);
  });
});

describe('releasing', () => {
  const release = workflows.find(([file]) => file === 'release.yml')?.[1];

  it('publishes nothing before the checks and the gate of N-1 -> N -> N-1 have passed', () => {
    expect(release?.jobs['images']?.needs).toEqual(['ci', 'gate']);
    expect(release?.jobs['chart']?.needs).toBe('images');
    const gate = stepsOf(release?.jobs['gate'] ?? {}).map(({ run }) => run);
    expect(gate.join('\n')).toMatch(/test:k8s .*--only releases/);
  });

  it('tells images every argument that the Dockerfile labels them with', () => {
    const dockerfile = readFileSync(join(repositoryRoot(), 'Dockerfile'), 'utf8');
    const labelled = [...dockerfile.matchAll(/="(?:latido\/)?\$\{(\w+)\}"/g)].map(([, name = '']) => name);
    const steps = stepsOf(release?.jobs['images'] ?? {});
    const given = steps.find(({ uses }) => uses?.startsWith('docker/build-push-action'))?.with;
    expect(labelled.toSorted()).toEqual(['APP', 'REVISION', 'SOURCE', 'VERSION']);
    for (const name of labelled) expect(given?.['build-args']).toMatch(new RegExp(`^${name}=`, 'm'));
  });

  it('builds for both architectures, with provenance and a bill of materials, and signs what it pushed', () => {
    const steps = stepsOf(release?.jobs['images'] ?? {});
    expect(steps.find(({ uses }) => uses?.startsWith('docker/build-push-action'))?.with).toMatchObject({
      platforms: 'linux/amd64,linux/arm64',
      provenance: 'mode=max',
      sbom: true,
    });
    expect(steps.at(-1)?.run).toContain('cosign sign --yes');
  });
});
