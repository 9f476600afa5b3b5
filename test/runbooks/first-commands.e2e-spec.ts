import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptAll, commands } from '../rig/ledger';
import { untilVerdict } from '../rig/liveness';
import { type App, Scene } from '../rig/scene';
import { inShell } from '../rig/shell';

const directory = join(__dirname, '../../docs/runbooks');
const shellIn = (page: string) =>
  /```sh\n([\s\S]*?)```/.exec(readFileSync(join(directory, page), 'utf8'))?.[1]?.trim() ?? '';
const pages = readdirSync(directory).filter((page) => page.startsWith('Interop'));
/** What a laptop's block of the README defines beside addresses. */
const functions = shellIn('README.md')
  .split('\n')
  .filter((line) => line.includes('() {'))
  .join('\n');
const SERVICES = ['service-a', 'service-b', 'heartbeat-monitor'] as const;
/** These need Prometheus or Alertmanager beside the system; the commands before them do not. */
const ELSEWHERE = /\$(PROMETHEUS|ALERTMANAGER)/;

describe('the first commands of every runbook', () => {
  let scene: Scene;
  let environment: string;

  beforeAll(async () => {
    scene = await Scene.open();
    await scene.start(...SERVICES);
    await acceptAll(scene, commands(3, { subjects: 1 }));
    await untilVerdict(scene, 'service-b', 'up');
    environment = environmentOf(scene);
  }, 60_000);

  afterAll(() => scene.close());

  it('see every service in `pods`, as it runs here', async () => {
    const seen = await inShell(`${functions}\npods`);
    for (const { pid, app } of SERVICES.map((name) => scene.processOf(name)))
      expect(seen).toMatch(new RegExp(`^\\s*${pid} .*/${app}/`, 'm'));
  });

  it.each(pages)('%s: the first one answers', async (page) => {
    const [first = 'false'] = shellIn(page).split('\n');
    expect(await inShell(`${environment}\n${functions}\n${first}`)).not.toBe('');
  });

  it.each(pages)('%s: so does the system to the two others', async (page) => {
    const others = shellIn(page)
      .split('\n')
      .slice(1)
      .filter((line) => !ELSEWHERE.test(line));
    // Before the filter: that there is nothing to be found is an answer too.
    for (const other of others)
      expect(await inShell(`${environment}\n${functions}\n${other.split(' | ')[0]}`)).not.toBe('');
  });
});

function environmentOf(scene: Scene): string {
  const at = (app: App, variable: string) => `http://127.0.0.1:${scene.envOf(app)[variable]}`;
  return Object.entries({
    MONITOR: 'heartbeat-monitor',
    SERVICE_A: 'service-a',
    SERVICE_B: 'service-b',
  } as const)
    .flatMap(([name, app]) => [
      `export ${name}=${at(app, 'PORT')}`,
      `export METRICS_${name.replace('SERVICE_', '')}=${at(app, 'METRICS_PORT')}`,
    ])
    .join('\n');
}
