import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a test says of a pod. */
export interface FakePod {
  readonly uid: string;
  readonly service: string;
  readonly ready?: boolean;
  /** Its container has ended, and is not started again. */
  readonly exited?: boolean;
}

interface Change {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: object;
}

const SERVICE_LABEL = 'app.kubernetes.io/component';

/** As much of an API server as a watch of pods sees: lists, watches from a version, and the loss of old versions. */
export class FakeKubernetes {
  /** What it was asked, as `GET /path`. */
  readonly asked = new Set<string>();
  readonly selectors = new Set<string | null>();
  private readonly pods = new Map<string, FakePod>();
  private readonly watchers = new Set<ServerResponse>();
  private changes: Change[] = [];
  private version = 1;
  private server: Server | undefined;

  private constructor(
    private readonly folder: string,
    private port: number,
  ) {}

  static async start(): Promise<FakeKubernetes> {
    const fake = new FakeKubernetes(await mkdtemp(join(tmpdir(), 'latido-kubernetes-')), 0);
    await fake.listen();
    await writeFile(fake.kubeconfig, fake.configuration());
    return fake;
  }

  /** For KUBECONFIG. */
  get kubeconfig(): string {
    return join(this.folder, 'config');
  }

  put(...pods: readonly FakePod[]): void {
    for (const pod of pods) {
      const type = this.pods.has(pod.uid) ? 'MODIFIED' : 'ADDED';
      this.pods.set(pod.uid, pod);
      this.changed(type, pod);
    }
  }

  delete(uid: string): void {
    const pod = this.pods.get(uid);
    if (pod === undefined) throw new Error(`no pod ${uid}`);
    this.pods.delete(uid);
    this.changed('DELETED', pod);
  }

  /** Ends every connection; what `meanwhile` changes, nobody who asks for what came since will hear. */
  forgetWhatHappens(meanwhile: () => void): void {
    const open = [...this.watchers];
    this.watchers.clear();
    meanwhile();
    this.changes = [];
    for (const watcher of open) watcher.end();
  }

  /** Goes away with all connections; {@link listen} brings it back in the same place. */
  async leave(): Promise<void> {
    const { server } = this;
    this.watchers.clear();
    await new Promise((resolve) => {
      server?.close(resolve);
      server?.closeAllConnections();
    });
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async close(): Promise<void> {
    await this.leave();
    await rm(this.folder, { recursive: true });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    this.asked.add(`${request.method} ${pathname}`);
    this.selectors.add(searchParams.get('labelSelector'));
    response.setHeader('Content-Type', 'application/json');
    if (searchParams.get('watch') === 'true')
      this.follow(Number(searchParams.get('resourceVersion')), response);
    else response.end(JSON.stringify(this.list()));
  }

  private list(): object {
    const items = [...this.pods.values()].map((pod) => podObject(pod, this.version));
    return { apiVersion: 'v1', kind: 'PodList', metadata: { resourceVersion: String(this.version) }, items };
  }

  private follow(version: number, response: ServerResponse): void {
    const oldest = this.changes[0]?.version ?? this.version + 1;
    if (version + 1 < oldest) {
      response.end(`${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410 } })}\n`);
      return;
    }
    response.flushHeaders();
    for (const change of this.changes) if (change.version > version) response.write(lineOf(change));
    this.watchers.add(response);
  }

  private changed(type: Change['type'], pod: FakePod): void {
    this.version += 1;
    const change = { version: this.version, type, object: podObject(pod, this.version) };
    this.changes.push(change);
    for (const watcher of this.watchers) watcher.write(lineOf(change));
  }

  private configuration(): string {
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      // Without a certificate to verify, the client would refuse to talk to it.
      clusters: [
        {
          name: 'fake',
          cluster: { server: `http://127.0.0.1:${this.port}`, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name: 'monitor', user: { token: 'of-the-service-account' } }],
      contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'monitor', namespace: 'shop' } }],
      'current-context': 'fake',
    });
  }
}

const lineOf = ({ type, object }: Change) => `${JSON.stringify({ type, object })}\n`;

function podObject({ uid, service, ready = true, exited = false }: FakePod, version: number): object {
  const finishedAt = new Date().toISOString();
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `pod-${uid}`,
      namespace: 'shop',
      uid,
      resourceVersion: String(version),
      labels: { [SERVICE_LABEL]: service },
    },
    spec: { containers: [{ name: 'main', image: 'fake' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready && !exited ? 'True' : 'False' }],
      containerStatuses: [
        {
          name: 'main',
          image: 'fake',
          imageID: 'fake',
          ready: ready && !exited,
          restartCount: 0,
          state: exited ? { terminated: { exitCode: 137, finishedAt } } : { running: {} },
        },
      ],
    },
  };
}
