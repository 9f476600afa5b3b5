import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { heartbeatIntervalMs, readRunFile, removeRunFile, writeRunFile } from './run-file';

const run = { pid: process.pid, token: 'secret', heartbeatIntervalMs: 10_000, services: [] };

describe('the file that a running npm start leaves for other commands', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'latido-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  it('can be read by nobody else', () => {
    writeRunFile(root, run);
    expect(readRunFile(root)).toEqual(run);
    expect(statSync(join(root, '.cache/npm-start.json')).mode & 0o077).toBe(0);
  });

  it('is not believed when the process that wrote it has gone', () => {
    writeRunFile(root, { ...run, pid: 2 ** 30 });
    expect(readRunFile(root)).toBeUndefined();
  });

  it('goes with the process that wrote it, and not with another', () => {
    writeRunFile(root, run);
    removeRunFile(root, run.pid + 1);
    expect(readRunFile(root)).toEqual(run);
    removeRunFile(root, run.pid);
    expect(readRunFile(root)).toBeUndefined();
  });

  it('tells the interval that the services were told', () => {
    expect(heartbeatIntervalMs({ HEARTBEAT_INTERVAL_MS: '2000' })).toBe(2_000);
    expect(heartbeatIntervalMs({})).toBe(10_000);
  });
});
