import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Bytes handed to the socket at a time: the kernel copies them in well under a millisecond. */
const CHUNK_BYTES = 262_144;
/** Prometheus gives up after its scrape timeout, 10 s by default. */
const SENT_WITHIN_MS = 15_000;

/**
 * Sends a page in chunks, each when the reader has taken the one before, so that a page of tens of
 * megabytes neither holds the event loop nor is buffered a second time.
 *
 * A reader that goes away, or takes longer than 15 s, ends it; that is no error.
 */
export async function sendPage(response: ServerResponse, page: Buffer): Promise<void> {
  response.setHeader('content-length', page.length);
  const signal = AbortSignal.timeout(SENT_WITHIN_MS);
  await pipeline(chunksOf(page), response, { signal }).catch(() => response.destroy());
}

/** Lets others have their turn between chunks: a quick reader takes them all within one. */
async function* chunksOf(page: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < page.length; at += CHUNK_BYTES) {
    yield page.subarray(at, at + CHUNK_BYTES);
    await nextTurn();
  }
}
