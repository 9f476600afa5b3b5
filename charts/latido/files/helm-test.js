// helm test: one line a check, exit 1 when one of them fails. What it makes it takes away again.
const { env } = process;
const DEADLINE_MS = 60_000;
/** One for ever, so that tests leave one subject without a value behind, however often they run. */
const subject = 'helm-test';
const fingerprint = `helm-test-${Date.now()}`;
let eventId;
const alert = {
  status: 'firing',
  labels: { alertname: 'HelmTest', severity: 'none', subject },
  annotations: { summary: 'helm test asks whether notifications arrive' },
  startsAt: new Date().toISOString(),
  endsAt: '0001-01-01T00:00:00Z',
  fingerprint,
};

async function ask(url, { method = 'GET', body, ifMissing } = {}) {
  const answer = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(method !== 'GET' && { authorization: `Bearer ${env.TOKEN}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5_000),
  });
  const text = await answer.text();
  if (answer.status === 404 && ifMissing !== undefined) return ifMissing;
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text.slice(0, 300)}`);
  return text.startsWith('{') ? JSON.parse(text) : text;
}

/** Asks again until it is so: rules of a fresh Service or NetworkPolicy may lag behind its pods. */
async function until(what, isSo) {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const last = await Promise.resolve()
      .then(isSo)
      .catch((error) => error);
    if (last === true) return;
    if (Date.now() > deadline)
      throw new Error(
        `${what}: not within ${DEADLINE_MS / 1000} s${last instanceof Error ? `; ${last.cause?.code ?? ''} ${last.message}` : ''}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function send(operation, data) {
  let accepted;
  await until('service-a accepts an event', async () => {
    accepted ??= await ask(`${env.SERVICE_A_URL}/events`, {
      method: 'POST',
      body: { subject, operation, data },
    });
    return true;
  });
  await until(
    `event ${accepted.id} is complete`,
    async () => (await ask(`${env.SERVICE_A_URL}/events/${accepted.id}`)).status === 'complete',
  );
  return accepted.id;
}

const notify = (status) =>
  ask(`${env.HEARTBEAT_MONITOR_URL}/alertmanager`, {
    method: 'POST',
    body: {
      version: '4',
      groupKey: fingerprint,
      status,
      receiver: 'console',
      externalURL: 'http://helm-test',
      groupLabels: {},
      commonLabels: alert.labels,
      commonAnnotations: {},
      alerts: [{ ...alert, status, ...(status === 'resolved' && { endsAt: new Date().toISOString() }) }],
    },
  });

const isShown = async () =>
  JSON.stringify(await ask(`${env.HEARTBEAT_MONITOR_URL}/api/status`)).includes(fingerprint);

const checks = {
  event: async () => {
    eventId = await send('put', { from: 'helm test', fingerprint });
    return `${eventId} was accepted and settled`;
  },
  history: async () => {
    const url = `${env.SERVICE_B_URL}/services/${subject}/versions?limit=20`;
    await until(`service-b has exactly one version of event ${eventId}`, async () => {
      const { items } = await ask(url, { ifMissing: { items: [] } });
      return items.filter(({ requestId }) => requestId === `event#${eventId}`).length === 1;
    });
    return 'service-b has exactly one version of it';
  },
  metrics: async () => {
    const counts = [];
    for (const service of ['SERVICE_A', 'SERVICE_B', 'HEARTBEAT_MONITOR']) {
      const page = await ask(env[`${service}_METRICS_URL`]);
      if (!page.includes('interop_build_info'))
        throw new Error(`${env[`${service}_METRICS_URL`]} has no interop_build_info`);
      counts.push(page.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length);
    }
    return `${counts.join(', ')} samples`;
  },
  'alert route': async () => {
    await until('the monitor shows a notification', async () => (await notify('firing'), isShown()));
    await until(
      'the monitor forgets it when it is resolved',
      async () => (await notify('resolved'), !(await isShown())),
    );
    return 'the monitor shows what Alertmanager says, and forgets what is resolved';
  },
};

const needToken = new Set(['event', 'history', 'alert route']);

async function main() {
  for (const [name, check] of Object.entries(checks)) {
    if (!env.TOKEN && needToken.has(name)) {
      console.log(
        `not run  ${name}: set auth.writer.existingSecret to a Secret with a token of the role writer`,
      );
      continue;
    }
    try {
      console.log(`ok       ${name}: ${await check()}`);
    } catch (error) {
      console.log(`FAILED   ${name}: ${error.message}`);
      process.exitCode = 1;
    }
  }
  // The subject ends as it began: without a value.
  if (env.TOKEN) await send('delete').catch((error) => console.log(`left     ${subject}: ${error.message}`));
}

void main();
