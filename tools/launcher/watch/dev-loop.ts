import { join } from 'node:path';
import { traceSources } from '../../images/in-build/trace-sources';
import { checkTypes } from './check-types';
import { compileOne } from './compile-one';
import { watchSources } from './watch-sources';

/** What the loop needs of whoever runs the services. */
export interface DevLoopHost {
  readonly root: string;
  readonly services: readonly string[];
  /** Stops a service and starts it again; resolves when it serves, with `false` when it does not. */
  readonly restart: (service: string) => Promise<boolean>;
  readonly say: (text: string) => void;
}

/**
 * The inner loop: a saved source is compiled, and the services that reach it start again.
 *
 *     save -> compile that file -> restart who requires it -> "serving 640 ms after the save"
 *
 * Types are checked beside and behind: a wrong type does not stop the loop, and is said as soon as it is found.
 */
export class DevLoop {
  private last = Promise.resolve();

  constructor(private readonly host: DevLoopHost) {}

  /** @returns how to end it. */
  start(): () => void {
    const watchers = watchSources(this.host.root, (files) => this.enqueue(files));
    const types = checkTypes(this.host.root, (line) => this.host.say(line));
    return () => {
      for (const watcher of watchers) watcher.close();
      types.kill();
    };
  }

  /** One save after the other: a service that is just starting is not stopped half-way. */
  private enqueue(files: readonly string[]): void {
    const savedAtMs = performance.now();
    this.last = this.last
      .then(() => this.reload(files, savedAtMs))
      .catch((error: unknown) => this.fail(error));
  }

  private async reload(files: readonly string[], savedAtMs: number): Promise<void> {
    const compiled = await Promise.all(files.map((file) => compileOne(this.host.root, file)));
    const compiledMs = performance.now() - savedAtMs;
    const touched = this.host.services.filter((service) => this.reaches(service, compiled));
    await Promise.all(touched.map((service) => this.restart(service, { savedAtMs, compiledMs })));
    if (touched.length === 0) this.host.say(`${files.join(', ')} compiled; no running service loads it`);
  }

  private async restart(
    service: string,
    { savedAtMs, compiledMs }: { readonly savedAtMs: number; readonly compiledMs: number },
  ): Promise<void> {
    const serves = await this.host.restart(service);
    const tookMs = performance.now() - savedAtMs;
    this.host.say(
      serves
        ? `${service} serves ${tookMs.toFixed(0)} ms after the save (compiled after ${compiledMs.toFixed(0)} ms)`
        : `${service} does not start any more: see above, mend it, and save again`,
    );
  }

  private reaches(service: string, compiled: readonly string[]): boolean {
    const { files } = traceSources(join(this.host.root, 'dist/apps', service, 'src/main.js'));
    return compiled.some((file) => files.has(file));
  }

  private fail(error: unknown): void {
    this.host.say(`not compiled: ${error instanceof Error ? error.message : String(error)}`);
  }
}
