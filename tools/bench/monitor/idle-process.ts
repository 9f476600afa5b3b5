import { LoopWatch } from './loop-watch';
import type { FromContestant } from './measurements';

/** Does nothing but watch its own event loop: what it sees by the clock is the machine, and who else uses it. */
const watch = new LoopWatch();
watch.start();
process.on('message', () => {
  process.send?.({ kind: 'loop', report: watch.report() } satisfies FromContestant);
});
