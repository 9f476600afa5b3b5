import { readFileSync } from 'node:fs';

/** Where the deflated bytes of a file lie in its archive; both ends are included. */
export interface ZipEntry {
  readonly start: number;
  readonly end: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DEFLATED = 8;

/**
 * Finds a deflated file in a zip archive of less than 4 GB.
 * @throws Error when it is not there or stored in another way.
 */
export function zipEntry(archive: string, name: string): ZipEntry {
  const bytes = readFileSync(archive);
  let at = bytes.readUInt32LE(endOfDirectory(bytes) + 16);
  for (let left = bytes.readUInt16LE(endOfDirectory(bytes) + 10); left > 0; left -= 1) {
    const header = directoryHeader(bytes, at);
    if (header.name === name && header.method === DEFLATED) return placeOf(bytes, header);
    at = header.next;
  }
  throw new Error(`${archive} holds no deflated ${name}: the package has changed`);
}

/** The record stands at the very end, unless the archive has a comment. */
function endOfDirectory(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= 0; at -= 1)
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw new Error('this is no zip archive: run "npm ci" again');
}

function directoryHeader(bytes: Buffer, at: number) {
  const nameLength = bytes.readUInt16LE(at + 28);
  return {
    method: bytes.readUInt16LE(at + 10),
    size: bytes.readUInt32LE(at + 20),
    localHeader: bytes.readUInt32LE(at + 42),
    name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
    next: at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32),
  };
}

function placeOf(
  bytes: Buffer,
  { localHeader, size }: { readonly localHeader: number; readonly size: number },
): ZipEntry {
  const start =
    localHeader + 30 + bytes.readUInt16LE(localHeader + 26) + bytes.readUInt16LE(localHeader + 28);
  return { start, end: start + size - 1 };
}
