/** A link of a table's cell: Grafana puts the cell's own value in place of `${__value.text}`. */
export interface AlertLink {
  readonly column: string;
  readonly title: string;
  readonly url: string;
}

/** Opens the runbook of the alert named by a cell. `$runbooks` is a variable of every dashboard. */
export const runbookOf: AlertLink = {
  column: 'Alert',
  title: 'Runbook of ${__value.text}',
  url: '${runbooks}/${__value.text}.md',
};
