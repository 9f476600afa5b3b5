import { readFileSync } from 'node:fs';
import { APPS, parseImagesCommand } from './command-line';
import { buildArguments, findImageTool, type ImageTool } from './image-tool';
import { judgeWeight, sharedLayers } from './weight';

const MEBIBYTE = 1024 * 1024;

describe('parseImagesCommand', () => {
  test('builds everything as dev when nothing is said', () => {
    expect(parseImagesCommand([])).toEqual({
      outcome: 'run',
      options: { apps: APPS, tag: 'dev', repository: 'docker.io/latido', weigh: true },
    });
  });

  test('names the apps there are when one is unknown', () => {
    expect(parseImagesCommand(['--app', 'service-c'])).toMatchObject({
      outcome: 'invalid',
      problem: expect.stringContaining('service-b'),
    });
  });

  test('refuses a flag it does not know', () => {
    expect(parseImagesCommand(['--quick'])).toMatchObject({ outcome: 'invalid' });
  });
});

describe('buildArguments', () => {
  const tool = { build: ['build', '--layers'] } as unknown as ImageTool;

  test('hands BUILD_FLAGS over word by word, and the app as a build argument', () => {
    const args = buildArguments(tool, {
      app: 'service-a',
      image: 'x/service-a:dev',
      version: '1.2.3',
      revision: 'abc',
      flags: ' --isolation  chroot ',
    });
    expect(args.join(' ')).toBe(
      'build --layers --isolation chroot --build-arg APP=service-a --build-arg VERSION=1.2.3 ' +
        '--build-arg REVISION=abc --tag x/service-a:dev .',
    );
  });
});

describe('findImageTool', () => {
  test('says what to install when the tool that was asked for is none of the three', () => {
    expect(() => findImageTool('kaniko')).toThrow(/"kaniko" \(docker, podman or buildah\)/);
  });
});

describe('judgeWeight', () => {
  const layers = [50 * MEBIBYTE, 14 * MEBIBYTE];

  test('counts only what lies above the base', () => {
    expect(judgeWeight({ layers, baseLayers: 1 }, 'node:24-slim')).toMatchObject({ within: true });
    expect(judgeWeight({ layers, baseLayers: 0 }, 'node:24-slim')).toMatchObject({ within: false });
  });

  test('holds the whole image to its limit where the base is the smallest there is', () => {
    const distroless = 'gcr.io/distroless/nodejs24-debian12';
    expect(judgeWeight({ layers, baseLayers: 1 }, distroless)).toMatchObject({ within: true });
    const heavy = { layers: [52 * MEBIBYTE, 14 * MEBIBYTE], baseLayers: 1 };
    expect(judgeWeight(heavy, distroless)).toMatchObject({ within: false });
    expect(judgeWeight(heavy, 'node:24-slim')).toMatchObject({ within: true });
  });
});

describe('sharedLayers', () => {
  test('counts equal layers from the lowest up', () => {
    expect(sharedLayers(['a', 'b'], ['a', 'b', 'c'])).toBe(2);
    expect(sharedLayers(['a', 'x'], ['a', 'b', 'c'])).toBe(1);
  });
});

describe('the Dockerfile', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  const from = dockerfile.indexOf('AS runtime');
  const last = dockerfile.slice(from, dockerfile.indexOf('\nFROM ', from));

  test('ends with what runs, so that a plain build makes it', () => {
    expect(dockerfile.trimEnd()).toMatch(/\nFROM runtime$/);
  });

  test('ends with a user of at least 10000, and starts Node without a shell', () => {
    expect(Number(/^USER (\d+):\d+$/m.exec(last)?.[1])).toBeGreaterThanOrEqual(10_000);
    expect(last).toMatch(/^ENTRYPOINT \["node", "\."\]$/m);
    expect(last).not.toMatch(/^RUN /m);
  });

  test('labels the image as the OCI says', () => {
    for (const label of ['title', 'description', 'licenses', 'version', 'revision', 'source'])
      expect(last).toContain(`org.opencontainers.image.${label}=`);
  });
});
