import { join } from 'node:path';
import { type ServerProgram, startServerProgram } from './server-program';

const ALERTMANAGER = {
  name: 'Alertmanager',
  commands: ['prometheus-alertmanager', 'alertmanager'],
  install: 'apt-get install prometheus-alertmanager (or https://prometheus.io/download), 0.25 or newer',
};

/**
 * A real Alertmanager on loopback, alone, with its data in a temporary directory that goes with it.
 *
 * @param options.configuration - its configuration file, as text.
 * @param options.port - by default a free one.
 */
export async function startAlertmanager({
  configuration,
  port = 0,
}: {
  readonly configuration: string;
  readonly port?: number;
}): Promise<ServerProgram> {
  return startServerProgram(ALERTMANAGER, { 'alertmanager.yml': configuration }, (directory) => [
    `--config.file=${join(directory, 'alertmanager.yml')}`,
    `--storage.path=${join(directory, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ]);
}
