/** Longer than any request of a healthy service takes; a frozen one is given up. */
const REQUEST_TIMEOUT_MS = 15_000;

/** One answer. `body` is parsed where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly etag: string | null;
  readonly body: unknown;
}

/** Talks to the HTTP API of one service, as a client with a token. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly token: string,
  ) {}

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  /** The body of a 2xx answer to a GET. @throws Error with the whole answer when it is another. */
  async read<T>(path: string): Promise<T> {
    const answer = await this.get(path);
    if (answer.status >= 300) throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  /** All items of a list that is read page by page. */
  async readAll<T>(path: string): Promise<readonly T[]> {
    const items: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.read<{ readonly items: readonly T[]; readonly cursor?: string }>(
        withQuery(path, { limit: '100', cursor }),
      );
      items.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return items;
  }

  private async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    return {
      status: response.status,
      contentType,
      etag: response.headers.get('etag'),
      body: contentType.includes('json') ? (JSON.parse(text) as unknown) : text,
    };
  }
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(given).toString()}`;
}
