import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

/** What `npm run test:alerts` was asked for. */
export type Options =
  | {
      readonly kind: 'rig';
      readonly only: readonly string[];
      readonly intervalMs: number;
      /** Lanes side by side. */
      readonly atOnce: number;
      readonly list: boolean;
    }
  | { readonly kind: 'real-time'; readonly kills: number }
  | { readonly kind: 'help' }
  | { readonly kind: 'problem'; readonly text: string };

const DEFAULT_INTERVAL_SECONDS = 3;
const DEFAULT_KILLS = 20;
/** Lanes mostly wait; what a core has to do for more of them delays what they measure. */
const LANES_A_CORE = 6;
const DEFAULT_AT_ONCE = LANES_A_CORE * availableParallelism();

export const HELP = `Causes every fault that an alert is for, on real processes, with a real Prometheus and a real Alertmanager,
and holds that exactly the right alerts arrive, page once at most, and resolve. Needs:

  apt-get install prometheus prometheus-alertmanager

  npm run test:alerts                    every fault, about 7 minutes on two cores
  npm run test:alerts -- --only TEXT     only faults whose name or lane contains TEXT; may be repeated
  npm run test:alerts -- --interval 1.5  heartbeat interval in seconds, 1 to 10; everything else follows (${DEFAULT_INTERVAL_SECONDS})
  npm run test:alerts -- --at-once 2     lanes side by side; fewer take longer and less of the machine (here ${DEFAULT_AT_ONCE})
  npm run test:alerts -- --list          the faults and the alerts that each must bring
  npm run test:alerts -- --real-time     nothing shortened: kills ${DEFAULT_KILLS} services, measures how long the page
                                         takes, and writes docs/reference/alert-latency.md (about 15 minutes)
  npm run test:alerts -- --help          this text
`;

/** Reads the arguments. */
export function parseOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true, default: [] },
        interval: { type: 'string', default: String(DEFAULT_INTERVAL_SECONDS) },
        'at-once': { type: 'string', default: String(DEFAULT_AT_ONCE) },
        list: { type: 'boolean', default: false },
        'real-time': { type: 'boolean', default: false },
        kills: { type: 'string', default: String(DEFAULT_KILLS) },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const [seconds, atOnce, kills] = [values.interval, values['at-once'], values.kills].map(Number) as [
      number,
      number,
      number,
    ];
    if (!(seconds >= 1 && seconds <= 10))
      return { kind: 'problem', text: '--interval must be 1 to 10 seconds' };
    if (!Number.isInteger(atOnce) || atOnce < 1)
      return { kind: 'problem', text: '--at-once must be a whole number' };
    if (!Number.isInteger(kills) || kills < 1)
      return { kind: 'problem', text: '--kills must be a whole number' };
    if (values['real-time']) return { kind: 'real-time', kills };
    return { kind: 'rig', only: values.only, intervalMs: seconds * 1_000, atOnce, list: values.list };
  } catch (error) {
    return { kind: 'problem', text: error instanceof Error ? error.message : String(error) };
  }
}
