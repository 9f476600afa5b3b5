/** Which ports everything listens on, and whether they are free: before anything is built or started. */
const { createServer } = require('node:net');

/** Defaults of the topology (a test holds them equal): this file runs before TypeScript is compiled. */
const DEFAULT_PORTS = {
  SERVICE_A_PORT: 3001,
  SERVICE_A_METRICS_PORT: 9101,
  SERVICE_B_PORT: 3002,
  SERVICE_B_METRICS_PORT: 9102,
  SERVICE_B_RPC_PORT: 3012,
  HEARTBEAT_MONITOR_PORT: 3003,
  HEARTBEAT_MONITOR_METRICS_PORT: 9103,
  LOCAL_AWS_PORT: 4566,
  LOCAL_AWS_DYNAMODB_PORT: 4567,
};

/**
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {{ ports: Record<string, number>, problems: string[] }} a port by variable, and what is wrong with them
 */
function planPorts(env) {
  const ports = Object.fromEntries(
    Object.entries(DEFAULT_PORTS).map(([variable, port]) => [variable, Number(env[variable] ?? port)]),
  );
  const variables = Object.keys(ports);
  const problems = variables.flatMap((variable, index) => {
    const port = ports[variable];
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      return [`${variable} must be a port from 1 to 65535, not "${env[variable]}"`];
    const first = variables.find((other) => ports[other] === port);
    return first === variables[index]
      ? []
      : [`${variable} and ${first} are both ${port}: give one of them another port`];
  });
  return { ports, problems };
}

/**
 * Tries all ports at the same time.
 * @returns {Promise<string[]>} a sentence with the fix for each that is taken
 */
async function findTakenPorts(ports, host) {
  const problems = await Promise.all(
    Object.entries(ports).map(async ([variable, port]) =>
      describeProblem(variable, port, await tryPort(port, host)),
    ),
  );
  return problems.filter((problem) => problem !== undefined);
}

function describeProblem(variable, port, code) {
  if (code === undefined) return undefined;
  if (code !== 'EADDRINUSE') return `port ${port} (${variable}) cannot be used: ${code}`;
  return (
    `port ${port} is taken: see who holds it with "ss -ltnp 'sport = :${port}'" (macOS: "lsof -i :${port}"), ` +
    `or choose another, for example ${variable}=${port + 10_000} npm start`
  );
}

/** The error code of listening there for a moment; undefined when it works. */
function tryPort(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

module.exports = { findTakenPorts, planPorts };
