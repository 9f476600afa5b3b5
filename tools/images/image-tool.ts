import { spawnSync } from 'node:child_process';

/** How one of the tools that build images is spoken to. */
export interface ImageTool {
  readonly name: 'docker' | 'podman' | 'buildah';
  /** Fails where the tool is installed and cannot work, such as docker without its daemon. */
  readonly check: readonly string[];
  readonly build: readonly string[];
  /** Prints the ids of the layers of an image, one a line, lowest first. */
  readonly layers: (image: string) => readonly string[];
  /** Writes an image to a file, in the format of docker save. */
  readonly save: (image: string, file: string) => readonly string[];
}

const ROOT_LAYERS = '{{range .RootFS.Layers}}{{println .}}{{end}}';

/** Docker and Podman keep what they built by themselves; Buildah does when asked. */
const TOOLS: readonly ImageTool[] = [
  {
    name: 'docker',
    check: ['info'],
    build: ['build'],
    layers: (image) => ['image', 'inspect', '--format', ROOT_LAYERS, image],
    save: (image, file) => ['save', '--output', file, image],
  },
  {
    name: 'podman',
    check: ['info'],
    build: ['build', '--layers'],
    layers: (image) => ['image', 'inspect', '--format', ROOT_LAYERS, image],
    save: (image, file) => ['save', '--format', 'docker-archive', '--output', file, image],
  },
  {
    name: 'buildah',
    check: ['version'],
    build: ['build', '--layers'],
    layers: (image) => [
      'inspect',
      '--type',
      'image',
      '--format',
      '{{range .OCIv1.RootFS.DiffIDs}}{{println .}}{{end}}',
      image,
    ],
    save: (image, file) => ['push', '--quiet', image, `docker-archive:${file}:${image}`],
  },
];

/**
 * The tool that was asked for, or the first that works on this machine.
 * @throws Error that says what to install.
 */
export function findImageTool(asked?: string): ImageTool {
  const candidates = TOOLS.filter(({ name }) => asked === undefined || name === asked);
  const found = candidates.find(
    ({ name, check }) => spawnSync(name, check, { stdio: 'ignore' }).status === 0,
  );
  if (found !== undefined) return found;
  const names = candidates.map(({ name }) => name).join(', ') || `"${asked}" (docker, podman or buildah)`;
  throw new Error(
    `Nothing here builds images: tried ${names}. Install one, and start Docker's daemon where it is Docker`,
  );
}

/** The arguments that build the image of one app. */
export function buildArguments(
  tool: ImageTool,
  request: {
    readonly app: string;
    readonly image: string;
    readonly version: string;
    readonly revision: string;
    readonly base?: string | undefined;
    /** As given in BUILD_FLAGS. */
    readonly flags: string;
  },
): readonly string[] {
  const values = {
    APP: request.app,
    VERSION: request.version,
    REVISION: request.revision,
    ...(request.base !== undefined && { BASE_IMAGE: request.base }),
  };
  return [
    ...tool.build,
    ...request.flags.split(/\s+/).filter((flag) => flag !== ''),
    ...Object.entries(values).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    '--tag',
    request.image,
    '.',
  ];
}
