/** What `npm start` understands, and how it says so. */
const { parseArgs } = require('node:util');

const HELP = `Runs Latido on this machine: the embedded AWS, service-a, service-b and heartbeat-monitor.

  npm start                       everything in memory
  npm start -- --data DIR         keep all data in DIR
  npm run dev                     the same, and a saved source is compiled and its apps start again
  npm start -- --help             this text

Variables, with their defaults:
  SERVICE_A_PORT 3001              SERVICE_A_METRICS_PORT 9101
  SERVICE_B_PORT 3002              SERVICE_B_METRICS_PORT 9102          SERVICE_B_RPC_PORT 3012
  HEARTBEAT_MONITOR_PORT 3003      HEARTBEAT_MONITOR_METRICS_PORT 9103
  LOCAL_AWS_PORT 4566              LOCAL_AWS_DYNAMODB_PORT 4567
  HOST 127.0.0.1                   DEMO_TRAFFIC_PER_SECOND (none)       NO_COLOR (colours)
Everything else in the environment reaches the services as it is.
`;

/**
 * @param {readonly string[]} args
 * @returns {{ help: true } | { problem: string } | { dataDir?: string, watch?: true }}
 */
function parseOptions(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, watch: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    if (values.help) return { help: true };
    if (values.data === '') return { problem: '--data needs a directory' };
    return {
      ...(values.data !== undefined && { dataDir: values.data }),
      ...(values.watch && { watch: true }),
    };
  } catch (error) {
    return { problem: error.message };
  }
}

module.exports = { HELP, parseOptions };
