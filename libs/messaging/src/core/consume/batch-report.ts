/** What became of one batch, in messages. */
export interface BatchReport {
  readonly outcome: 'handled' | 'handler_failed' | 'handler_timeout';
  readonly received: number;
  readonly acknowledged: number;
  readonly givenBack: number;
  readonly deadLettered: number;
}
