// Ends the process of a container as a crash does: at once, without a goodbye. Deleting its pod would not, not even by force.
//   kubectl -n latido exec -i POD -c service-a -- node - < k8s/crash.js
//
// Nothing inside a container may kill its first process. So that process is asked to, through the inspector that Node opens on loopback
// when it gets SIGUSR1.
const PID = Number(process.env.CRASH_PID ?? 1);
const PORT = Number(process.env.CRASH_INSPECTOR_PORT ?? 9229);
const TRIES = 50;

process.kill(PID, 'SIGUSR1');
void crash(TRIES);

async function crash(triesLeft) {
  try {
    const [{ webSocketDebuggerUrl }] = await (await fetch(`http://127.0.0.1:${PORT}/json`)).json();
    const socket = new WebSocket(webSocketDebuggerUrl);
    const params = { expression: 'process.abort()' };
    socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
    socket.onclose = () => process.exit();
  } catch (error) {
    if (triesLeft === 0) throw error;
    setTimeout(() => void crash(triesLeft - 1), 100);
  }
}
