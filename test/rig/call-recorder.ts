import { type AwsCall, readAwsCall } from './aws-call';
import { HttpProxy } from './http-proxy';

/** Passes calls to the embedded AWS on and remembers who made which. */
export class CallRecorder {
  private readonly seen = new Map<string, AwsCall>();
  private readonly proxies: HttpProxy[] = [];

  /** Records what goes to an endpoint from now on. @returns the address to use in its place. */
  async record(endpoint: string): Promise<string> {
    const proxy = await HttpProxy.start(endpoint, async ({ incoming, body, pass }) => {
      const sent = await body();
      const call = readAwsCall(incoming.headers, sent.toString());
      this.seen.set(JSON.stringify(call), call);
      pass(sent);
    });
    this.proxies.push(proxy);
    return proxy.url;
  }

  /** Every different call so far. */
  get calls(): readonly AwsCall[] {
    return [...this.seen.values()];
  }

  async close(): Promise<void> {
    await Promise.all(this.proxies.map(async (proxy) => proxy.close()));
  }
}
