import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** A program that does not come with npm. */
export interface WantedProgram {
  readonly name: string;
  /** What it may be called: Debian and upstream differ. The first that is found is taken. */
  readonly commands: readonly string[];
  /** How a person gets it. */
  readonly install: string;
}

/** A program that is needed is not installed. */
export class MissingProgramError extends Error {
  readonly code = 'program_missing';

  constructor(readonly wanted: WantedProgram) {
    super(`${wanted.name} is not installed (looked for ${wanted.commands.join(', ')}): ${wanted.install}`);
  }
}

/**
 * Where a program is.
 * @param path - directories to look in, as in the variable PATH.
 * @throws {@link MissingProgramError}
 */
export async function findProgram(wanted: WantedProgram, path = process.env['PATH'] ?? ''): Promise<string> {
  for (const command of wanted.commands)
    for (const directory of path.split(delimiter)) {
      const candidate = join(directory, command);
      if (await isExecutable(candidate)) return candidate;
    }
  throw new MissingProgramError(wanted);
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
