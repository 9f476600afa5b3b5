/** What a consumer says of one event. `complete` always means applied, at `version`. */
export type Receipt = {
  readonly id: string;
  /** Fingerprint of the event the consumer has seen: an impostor under the same id has another one. */
  readonly fingerprint: string;
} & ReceiptResult;

export type ReceiptResult =
  | { readonly result: 'complete'; readonly version: number }
  | {
      readonly result: 'failed';
      /** True only for a rejection the consumer stored, which every later copy meets too. */
      readonly certain: boolean;
      /** A stable code. */
      readonly reason: string;
    };
