import type { RunningProcess } from '@latido/testing';

/** In the payload of every event that tests send; no log may ever contain it. */
export const PAYLOAD_MARKER = 'm4rk3d-c0nt3nt';

/**
 * Holds that a process told its log neither the token nor what events contain.
 * @throws Error with the line.
 */
export function requireDiscretion(
  name: string,
  process: Pick<RunningProcess, 'logs' | 'text'>,
  token: string,
): void {
  const lines = [...process.text, ...process.logs.map((entry) => JSON.stringify(entry))];
  for (const [what, secret] of Object.entries({
    'content of an event': PAYLOAD_MARKER,
    'the token': token,
  })) {
    const line = lines.find((text) => text.includes(secret));
    if (line !== undefined) throw new Error(`${name} wrote ${what} into its log: ${line.slice(0, 2_000)}`);
  }
}
