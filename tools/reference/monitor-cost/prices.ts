import type { MonthlyRequests } from './monthly-requests';

/** List prices, in US dollars a million. Look them up again before you rely on them. */
export const PRICES = {
  region: 'us-east-1',
  asOf: '2026-11',
  /** A request to SNS, for each 64 KB it publishes; deliveries to SQS are free. */
  snsRequest: 0.5,
  /** A request to a standard queue, for each 64 KB, of up to ten messages. */
  sqsRequest: 0.4,
  /** DynamoDB on demand. */
  writeUnit: 0.625,
  readUnit: 0.125,
} as const;

/** US dollars a month, without the free tier, storage and data transfer. */
export interface MonthlyCost {
  readonly sns: number;
  readonly sqs: number;
  readonly dynamodb: number;
  readonly total: number;
}

export function monthlyCost(requests: MonthlyRequests, prices: typeof PRICES = PRICES): MonthlyCost {
  const dollars = (count: number, aMillion: number): number => (count * aMillion) / 1_000_000;
  const sns = dollars(requests.snsPublishes + requests.snsOther, prices.snsRequest);
  const sqs = dollars(requests.sqsReceives + requests.sqsDeletes + requests.sqsOther, prices.sqsRequest);
  const dynamodb =
    dollars(requests.writeUnits, prices.writeUnit) + dollars(requests.readUnits, prices.readUnit);
  return { sns, sqs, dynamodb, total: sns + sqs + dynamodb };
}
