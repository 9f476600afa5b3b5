import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allCases } from './cases/all';
import { installedRules, promtoolFiles, rulesToTest } from './promtool-files';
import { runTool } from './run-tool';

/** One line that says what was seen, or what promtool did not like. */
export interface Finding {
  readonly ok: boolean;
  readonly text: string;
}

/** Lets one promtool check every rule file, and play every case. */
export async function checkRules(promtool: string): Promise<readonly Finding[]> {
  const directory = await mkdtemp(join(tmpdir(), 'latido-rules-'));
  try {
    const version = /version (\S+)/.exec((await runTool(promtool, ['--version'], directory)).text)?.[1];
    const name = `promtool ${version ?? promtool}`;
    await writeAll(directory, installedRules);
    const checked = await runTool(promtool, ['check', 'rules', ...Object.keys(installedRules)], directory);
    await writeAll(directory, rulesToTest());
    return [found(`${name}: check rules, ${Object.keys(installedRules).length} files`, checked)].concat(
      await playCases(promtool, name, directory),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function playCases(promtool: string, name: string, directory: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [group, cases] of Object.entries(allCases)) {
    const files = promtoolFiles(group, cases);
    await writeAll(directory, files);
    const answer = await runTool(promtool, ['test', 'rules', ...Object.keys(files)], directory);
    findings.push(found(`${name}: test rules, ${group}, ${cases.cases.length} cases`, answer));
  }
  return findings;
}

async function writeAll(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
}

function found(what: string, { ok, text }: { readonly ok: boolean; readonly text: string }): Finding {
  return { ok, text: ok ? what : `${what}\n${text}` };
}
