import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@latido/testing';

const AGAIN_AFTER_MS = 300;

/**
 * A port of this machine that leads to a Service, for as long as it is open: `kubectl port-forward` picks one pod and ends
 * with it, so it is started again, on the same port, for the next one.
 */
export class PortForward {
  private child: ChildProcess | undefined;
  private closed = false;

  private constructor(
    private readonly target: { readonly namespace: string; readonly name: string; readonly port: string },
    private readonly localPort: number,
  ) {
    void this.keepOpen();
  }

  /** @param target.name - with its kind, e.g. `service/latido-service-a`; `port` is a name or a number. */
  static async to(target: {
    readonly namespace: string;
    readonly name: string;
    readonly port: string;
  }): Promise<PortForward> {
    return new PortForward(target, await freePort());
  }

  get url(): string {
    return `http://127.0.0.1:${this.localPort}`;
  }

  close(): void {
    this.closed = true;
    this.child?.kill();
  }

  private async keepOpen(): Promise<void> {
    while (!this.closed) {
      await this.once();
      await delay(AGAIN_AFTER_MS);
    }
  }

  private once(): Promise<void> {
    const { namespace, name, port } = this.target;
    const args = ['--context', process.env['K8S_CONTEXT'] ?? '', 'port-forward', '-n', namespace, name];
    return new Promise((resolve) => {
      const child = spawn(process.env['KUBECTL'] ?? 'kubectl', [...args, `${this.localPort}:${port}`], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      this.child = child;
      // A pod that has gone leaves kubectl running: it says so, and fails every connection.
      child.stderr.on(
        'data',
        (text: Buffer) => /lost connection|error/i.test(text.toString()) && child.kill(),
      );
      child.once('error', () => resolve());
      child.once('close', () => resolve());
    });
  }
}
