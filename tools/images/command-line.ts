import { parseArgs } from 'node:util';
import type { CommandLine } from '../command/run-command';

/** The images there are, each of one app. */
export const APPS = ['service-a', 'service-b', 'heartbeat-monitor', 'local-aws'] as const;
type AppName = (typeof APPS)[number];

/** What `npm run images` was asked for. */
export interface ImagesOptions {
  readonly apps: readonly AppName[];
  readonly tag: string;
  /** Registry and namespace before the name of the app. */
  readonly repository: string;
  /** Absent: the one of the Dockerfile. */
  readonly base?: string;
  readonly tool?: string;
  /** What the apps say they are; absent: the version of package.json. */
  readonly version?: string;
  /** Whether what was built is weighed as a registry would keep it; the build fails by itself when an app is too large. */
  readonly weigh: boolean;
}

export const HELP = `npm run images -- [options]: builds the images of all apps and weighs them.

  --app NAME          only this one, may be repeated: ${APPS.join(', ')}
  --tag TAG           default: dev
  --repository NAME   default: docker.io/latido, which makes docker.io/latido/service-a:dev
  --base IMAGE        Node 24 for the final image; default: node:24-bookworm-slim
  --tool NAME         docker, podman or buildah; default: the first that works
  --version TEXT      what the apps say they are; default: the version of package.json
  --no-weigh          build only
  --help              this text

Needs one of the three tools, the base image, and the npm registry; 2 to 5 minutes the first time.
BUILD_FLAGS in the environment is handed to the tool's build command as it is, for example
BUILD_FLAGS='--isolation chroot' for buildah inside a container.
Fails when what we add above the base is more than 15 MB compressed.
`;

/** Reads the flags; an unknown one is an outcome, not an exception. */
export function parseImagesCommand(args: readonly string[]): CommandLine<ImagesOptions> {
  const flags = parse(args);
  if ('problem' in flags) return { outcome: 'invalid', problem: flags.problem };
  if (flags.help === true) return { outcome: 'help' };
  const asked = flags.app ?? APPS;
  const unknown = asked.filter((name) => !isApp(name));
  if (unknown.length > 0)
    return { outcome: 'invalid', problem: `${unknown.join(', ')}: choose from ${APPS.join(', ')}` };
  return {
    outcome: 'run',
    options: {
      apps: asked.filter(isApp),
      tag: flags.tag ?? 'dev',
      repository: flags.repository ?? 'docker.io/latido',
      weigh: flags['no-weigh'] !== true,
      ...(flags.base !== undefined && { base: flags.base }),
      ...(flags.tool !== undefined && { tool: flags.tool }),
      ...(flags.version !== undefined && { version: flags.version }),
    },
  };
}

function isApp(name: string): name is AppName {
  return (APPS as readonly string[]).includes(name);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        app: { type: 'string', multiple: true },
        tag: { type: 'string' },
        repository: { type: 'string' },
        base: { type: 'string' },
        tool: { type: 'string' },
        version: { type: 'string' },
        'no-weigh': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
