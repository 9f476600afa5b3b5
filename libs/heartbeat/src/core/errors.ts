/** The sender was given something that no monitor would accept: a mistake in code or configuration. */
export class HeartbeatOptionsError extends Error {
  override readonly name = 'HeartbeatOptionsError';
  readonly code = 'heartbeat_options_invalid';

  constructor(
    /** JSON Pointer of the field in the heartbeat that would be refused. */
    readonly field: string,
  ) {
    super(
      `a heartbeat with this ${field} would be refused by every monitor; see its bounds in HeartbeatIdentity`,
    );
  }
}
