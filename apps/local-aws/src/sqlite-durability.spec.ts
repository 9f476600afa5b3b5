import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { withFewerFlushes } from './sqlite-durability';

const NORMAL = 1;
const FULL = 2;

describe('withFewerFlushes', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'latido-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function openWithLog(name: string): DatabaseSync {
    const database = new DatabaseSync(join(directory, name));
    database.exec('PRAGMA journal_mode = WAL');
    return database;
  }

  function flushes(database: DatabaseSync): unknown {
    const setting = database.prepare('PRAGMA synchronous').get()?.['synchronous'];
    database.close();
    return setting;
  }

  test('flushes less often in a database that is opened inside', async () => {
    const database = await withFewerFlushes(() => Promise.resolve(openWithLog('inside')));
    expect(flushes(database)).toBe(NORMAL);
  });

  test('leaves databases alone that are opened afterwards, also after a failure', async () => {
    await expect(withFewerFlushes(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(flushes(openWithLog('outside'))).toBe(FULL);
  });
});
