/** How loud an alert is; the values are those of kube-prometheus. */
type Severity = 'critical' | 'warning' | 'info' | 'none';

/** A duration of Prometheus. */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`;

/** The dashboard on which the trouble of an alert is seen best. */
type Dashboard =
  'latido-fleet' | 'latido-edges' | 'latido-service' | 'latido-events' | 'latido-monitor' | 'latido-slo';

/**
 * One alert. Its expression says with {@link AlertDefinition.parameters} what can be set at installation, as
 * `@<name>.<parameter>@`, and has the label `service` unless {@link AlertDefinition.service} says whose it is.
 */
export interface AlertDefinition {
  readonly name: `Interop${string}`;
  readonly severity: Severity;
  /** How long the expression must hold. */
  readonly for: Duration;
  /** How long it keeps firing after its expression ended, where it would flap. */
  readonly keepFiringFor?: Duration;
  /** Numbers that an installation may set, with what they mean. */
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly expression: string;
  /** The service it is about, where the expression does not say so by its label `service`. */
  readonly service?: string;
  /**
   * `own`: it is a death that others suffer from. `upstream`: it can be the effect of a death upstream, and is muted by it.
   * Without it nothing upstream explains it, so that nothing but a blind monitor mutes it.
   */
  readonly cause?: 'own' | 'upstream';
  /**
   * Whether it can be one death of many at once. Then its label `fell_together` says `yes` or `no`, and
   * InteropMassSilence mutes the former.
   */
  readonly canFallTogether?: true;
  readonly summary: string;
  readonly description: string;
  readonly dashboard: Dashboard;
}

interface Parameter {
  readonly value: number;
  readonly meaning: string;
}

/** A series that is computed once for several readers; its name is `level:metric:operation`. */
export interface Recording {
  readonly record: string;
  readonly expression: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Recordings and the alerts that read them, evaluated in order, one after the other. */
export interface RuleGroup {
  readonly name: string;
  readonly interval: Duration;
  readonly recordings: readonly Recording[];
  readonly alerts: readonly AlertDefinition[];
}
