import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPromtools } from './tools';

const somewhere = mkdtempSync(join(tmpdir(), 'latido-promtool-'));
const installed = join(somewhere, 'promtool');
const pathBefore = process.env['PATH'];

describe('the promtools to test with', () => {
  beforeAll(() => {
    writeFileSync(installed, '#!/bin/sh\n', { mode: 0o755 });
    process.env['PATH'] = somewhere;
  });

  afterAll(() => {
    process.env['PATH'] = pathBefore;
  });

  it('are the installed one and the one of Prometheus 3, where both are there', async () => {
    const found = await findPromtools({ named: '', built: installed });
    expect(found.paths).toHaveLength(2);
    expect(found.missing).toBeUndefined();
  });

  it('say what was not tested where the one of Prometheus 3 is not there', async () => {
    const found = await findPromtools({ named: '', built: join(somewhere, 'nothing') });
    expect(found.paths).toEqual([installed]);
    expect(found.missing).toMatch(/^Prometheus 3: there is no .*nothing; name its promtool: PROMTOOL=/);
  });

  it('are those that are named, and no others', async () => {
    expect(await findPromtools({ named: '/a/promtool, /b/promtool', built: installed })).toEqual({
      paths: ['/a/promtool', '/b/promtool'],
    });
  });
});
