import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** What we may add above the base image: a fifth of it, so that a rollout pulls in seconds. */
const BUDGET_BYTES = 15 * 1024 * 1024;

/** In the build of an image: `node weigh.js DIRECTORY` fails when the directory, compressed, is above the budget. */
const [, , directory = ''] = process.argv;
if (directory === '') throw new Error('usage: node weigh.js DIRECTORY');
void weigh();

async function weigh(): Promise<void> {
  const bytes = await compressedBytes(directory);
  const text = `${mebibytes(bytes)} MB compressed above the base image, of ${mebibytes(BUDGET_BYTES)} MB allowed\n`;
  process.stdout.write(text);
  if (bytes <= BUDGET_BYTES) return;
  process.stderr.write(
    'Too large: look for what a new dependency brings with it (du -a /app | sort -n | tail)\n',
  );
  process.exitCode = 1;
}

/** As one gzip stream, which is what a registry keeps of a layer, give or take the headers of tar. */
async function compressedBytes(root: string): Promise<number> {
  let bytes = 0;
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  await pipeline(Readable.from(contentsBelow(root)), createGzip(), count);
  return bytes;
}

async function* contentsBelow(root: string): AsyncGenerator<Buffer> {
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) yield* createReadStream(join(entry.parentPath, entry.name)) as AsyncIterable<Buffer>;
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
