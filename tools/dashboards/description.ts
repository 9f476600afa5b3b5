import type { AlertLink } from './alert-link';

/** What a dashboard shows, without how Grafana writes it down. */
export interface DashboardDescription {
  /** Stays for ever: alerts link to it. */
  readonly uid: string;
  readonly title: string;
  /** The question that the dashboard answers, in a sentence. */
  readonly description: string;
  /** Variables beside the data source, namespace and release, which every dashboard has. */
  readonly variables: readonly VariableDescription[];
  readonly rows: readonly RowDescription[];
}

export interface VariableDescription {
  readonly name: string;
  readonly label: string;
  /** The metric and its label whose values the variable offers. */
  readonly metric: string;
  readonly valuesOf: string;
}

interface RowDescription {
  readonly title: string;
  readonly panels: readonly PanelDescription[];
}

export interface PanelDescription {
  readonly kind: 'number' | 'lines' | 'areas' | 'table';
  readonly title: string;
  /** What the figures mean and when they are bad, in plain words. */
  readonly description: string;
  /** A unit of Grafana, such as `s` or `percentunit`. */
  readonly unit: string;
  readonly queries: readonly QueryDescription[];
  /** Of 24 columns. */
  readonly width: number;
  /** From which value on the figure is yellow, and red. */
  readonly bad?: { readonly yellow?: number; readonly red: number };
  /** Words instead of values. */
  readonly words?: Readonly<Record<string, { readonly text: string; readonly color: string }>>;
  /** What a table calls its columns; a label without a name here is hidden. */
  readonly columns?: Readonly<Record<string, string>>;
  /** A column of a table whose cells open something. */
  readonly opens?: AlertLink;
  /** Points of the curve that open a trace. */
  readonly exemplars?: boolean;
}

export interface QueryDescription {
  readonly expr: string;
  /** With labels in double braces; a single curve needs none. */
  readonly legend?: string;
}
