import type { ChildProcess } from 'node:child_process';
import type { FromContestant, LoopReport } from './measurements';

/** Asks a process how its event loop was since it was last asked. */
export async function loopReportOf(child: ChildProcess): Promise<LoopReport> {
  const answer = nextMessage(child);
  child.send('loop');
  const message = await answer;
  if (message.kind !== 'loop') throw new Error(`asked for its event loop, it said ${message.kind}`);
  return message.report;
}

/** What a process says next. @throws Error when it ends instead. */
export async function nextMessage(child: ChildProcess): Promise<FromContestant> {
  return new Promise((resolve, reject) => {
    const exited = (code: number | null): void => reject(new Error(`the process ended with ${code}`));
    child.once('exit', exited);
    child.once('message', (message) => {
      child.off('exit', exited);
      resolve(message as FromContestant);
    });
  });
}
