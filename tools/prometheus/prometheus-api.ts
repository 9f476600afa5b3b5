const ANSWERS_WITHIN_MS = 15_000;

/** One series at one time. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One alert that a rule holds to be pending or firing. */
export interface RuleAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  readonly activeAt: string;
}

type Parameters = Readonly<Record<string, string>>;

/** Asks a Prometheus. */
export class PrometheusApi {
  /** @param url - base address, without a slash at the end. */
  constructor(readonly url: string) {}

  /** The value of an expression now; a scalar is one sample without labels. @throws Error when it does not parse. */
  async query(expression: string): Promise<readonly Sample[]> {
    const { resultType, result } = await this.read<QueryData>('/api/v1/query', { query: expression });
    if (resultType === 'scalar') return [{ labels: {}, value: Number(result[1]) }];
    return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  /** Alerts that are pending or firing. */
  async alerts(): Promise<readonly RuleAlert[]> {
    const { alerts } = await this.read<{ readonly alerts: readonly RuleAlert[] }>('/api/v1/alerts');
    return alerts;
  }

  /** The `data` of an answer of its HTTP API. @throws Error with what it answered when that is no success. */
  async read<T>(path: string, parameters: Parameters = {}): Promise<T> {
    const url = `${this.url}${path}?${new URLSearchParams(parameters).toString()}`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    const body = (await answer.json()) as {
      readonly status: string;
      readonly data: T;
      readonly error?: string;
    };
    if (body.status !== 'success')
      throw new Error(`${path} ${JSON.stringify(parameters)}: ${answer.status} ${body.error}`);
    return body.data;
  }
}

type QueryData =
  | { readonly resultType: 'scalar'; readonly result: readonly [number, string] }
  | {
      readonly resultType: 'vector';
      readonly result: readonly {
        readonly metric: Readonly<Record<string, string>>;
        readonly value: readonly [number, string];
      }[];
    };
