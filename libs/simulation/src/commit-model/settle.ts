/** Resolves when every promise that could be kept without outside help has been: one turn of the event loop. */
export function settle(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
