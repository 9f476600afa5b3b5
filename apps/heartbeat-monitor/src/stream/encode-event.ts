import type { StreamEvent } from './event-log';

/** An event as server-sent events are written: JSON has no line breaks, so one data line is enough. */
export function encodeEvent({ id, type, data }: StreamEvent): string {
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A line that keeps the connection open and tells listeners nothing. */
export const KEEP_ALIVE = ': alive\n\n';
