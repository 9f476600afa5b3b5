/** Says in words why the embedded AWS could not start, and what to do: one line a problem. */
export function describeStartProblem(error: unknown): readonly string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(describeStartProblem);
  const code = codeOf(error);
  const port = error instanceof Error && 'port' in error ? String(error.port) : '';
  if (code === 'EADDRINUSE')
    return [
      `port ${port} is taken: find who holds it with "ss -ltnp sport = :${port}" (macOS: "lsof -i :${port}"), ` +
        'or set LOCAL_AWS_PORT or LOCAL_AWS_DYNAMODB_PORT to a free one',
    ];
  if (code === 'EADDRNOTAVAIL') return ['HOST is not an address of this machine: set it to 127.0.0.1'];
  if (code === 'data_directory_in_use' && error instanceof Error) return [error.message];
  return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
