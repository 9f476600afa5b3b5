import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WantedProgram } from './find-program';
import { RunningProgram } from './running-program';

/** How both Prometheus and Alertmanager, of every version, say where they listen. */
const LISTENING = /msg="Listening on".* address=(\S+)/;
const LISTENS_WITHIN_MS = 30_000;

/** A program that serves HTTP on loopback. */
export interface ServerProgram {
  /** Base address, without a slash at the end. */
  readonly url: string;
  /** Resolves, never rejects, when it has ended, however that came, with what it said last. */
  readonly ended: Promise<string>;
  /** Where its files are. */
  readonly directory: string;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a program in a temporary directory that goes with it, and waits until it listens.
 *
 * @param files - text by file name, written before.
 * @param argumentsIn - its command line, for this directory.
 * @throws MissingProgramError when it is not installed; Error with what it said when it does not start.
 */
export async function startServerProgram(
  wanted: WantedProgram,
  files: Readonly<Record<string, string>>,
  argumentsIn: (directory: string) => readonly string[],
): Promise<ServerProgram> {
  const directory = await mkdtemp(join(tmpdir(), 'latido-'));
  let program: RunningProgram | undefined;
  const stop = async (): Promise<void> => {
    await program?.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
    program = await RunningProgram.start(wanted, argumentsIn(directory));
    const address = await program.says(LISTENING, { withinMs: LISTENS_WITHIN_MS });
    return { url: `http://${address}`, ended: program.ended, directory, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
