import { join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { repositoryRoot } from './repository-root';
import { type ExitStatus, RunningProcess } from './running-process';

/** A service of this repository as a real process on free ports. */
export class ServiceProcess extends RunningProcess {
  /** Base address of its HTTP API, without a slash at the end. */
  readonly url: string;
  /** Where it shows its metrics. */
  readonly metricsUrl: string;

  constructor(
    readonly app: string,
    env: Readonly<Record<string, string | undefined>> & {
      readonly PORT: string;
      readonly METRICS_PORT: string;
    },
    script: string = `dist/bundles/${app}/main.js`,
  ) {
    super({ script: join(repositoryRoot(), script), env });
    this.url = `http://127.0.0.1:${env.PORT}`;
    this.metricsUrl = `http://127.0.0.1:${env.METRICS_PORT}/metrics`;
  }

  /** Resolves when it says that it is ready; fails at once when it ends instead. */
  async waitForReady({ withinMs }: { readonly withinMs: number } = { withinMs: 20_000 }): Promise<void> {
    let end: ExitStatus | undefined;
    const ended = this.exited.then((status) => (end = status));
    const ready = eventually(() => (end ? undefined : this.checkReady()), { withinMs });
    await Promise.race([ready, ended]);
    if (end === undefined) return;
    const { code, signal } = end;
    throw new Error(
      `${this.app} ended before it was ready (code ${code}, signal ${signal}):\n${this.tail()}`,
    );
  }

  private async checkReady(): Promise<void> {
    const { status } = await fetch(`${this.url}/health/ready`);
    if (status !== 200)
      throw new Error(`${this.app} answers ${status} on /health/ready; it said:\n${this.tail()}`);
  }
}

/**
 * Starts dist/bundles/<app>, which is what is shipped; it may not be ready yet, see {@link ServiceProcess.waitForReady}.
 *
 * @param request.env - over the environment of this process. `PORT` and `METRICS_PORT` are free ones unless given.
 * @param request.script - what to run in its place, from the root of the repository.
 * @example
 * const aws = await startLocalAws();
 * const service = await spawnService({ app: 'service-b', env: aws.env });
 * await service.waitForReady();
 * await service.kill('SIGKILL');
 */
export async function spawnService({
  app,
  env,
  script,
}: {
  readonly app: string;
  readonly script?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<ServiceProcess> {
  const [port, metricsPort] = await Promise.all([freePort(), freePort()]);
  return new ServiceProcess(
    app,
    {
      ...env,
      PORT: env['PORT'] ?? String(port),
      METRICS_PORT: env['METRICS_PORT'] ?? String(metricsPort),
    },
    script,
  );
}
