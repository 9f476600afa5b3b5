/** Something that must hold did not, after these actions. The same build and actions lead there again. */
export class ViolationError extends Error {
  override readonly name = 'ViolationError';
  readonly code = 'violation';

  constructor(
    readonly trace: readonly string[],
    options: { readonly cause: unknown },
  ) {
    const what = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super(`${what}\nafter\n${trace.map((action, i) => `  ${i + 1}. ${action}`).join('\n')}`, options);
  }
}
