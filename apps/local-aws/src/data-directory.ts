import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A data directory another process uses; two of them would write over each other. */
export class DataDirectoryInUseError extends Error {
  override readonly name = 'DataDirectoryInUseError';
  readonly code = 'data_directory_in_use';

  constructor(directory: string, options: ErrorOptions) {
    super(
      `another process uses the data directory ${directory}: stop it, or pass another --data DIR`,
      options,
    );
  }
}

/**
 * Takes a data directory for this process alone, making it if it is not there.
 *
 * The lock is one of the operating system on an empty SQLite file, so it ends with the process,
 * also by kill -9; a file with a process id would not.
 *
 * @returns a function that gives the directory back.
 * @throws {@link DataDirectoryInUseError} when another process has it.
 */
export function lockDataDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const lock = new DatabaseSync(join(directory, 'lock'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new DataDirectoryInUseError(directory, { cause: error });
  }
  return () => lock.close();
}
