import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alerts } from './rule-catalogue';

const directory = join(__dirname, '../../docs/runbooks');
const names = alerts.map(({ name }) => name);
const PARTS = [
  'What it means',
  'Who is hurt',
  'First three commands',
  'How to confirm',
  'How to mend',
  'False positives',
  'Escalation',
];

const pageOf = (name: string) => readFileSync(join(directory, `${name}.md`), 'utf8');
const commandsOf = (page: string) => /```sh\n([\s\S]*?)```/.exec(page)?.[1]?.trim().split('\n') ?? [];

describe('the runbooks', () => {
  it('are one an alert, and no more', () => {
    const pages = readdirSync(directory).filter((file) => file !== 'README.md');
    expect(pages.toSorted()).toEqual(names.map((name) => `${name}.md`).toSorted());
  });

  it.each(names)('%s has every part, in order, and none is empty', (name) => {
    const page = pageOf(name);
    expect(page.startsWith(`# ${name}\n`)).toBe(true);
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, part]) => part)).toEqual(PARTS);
    expect(page).not.toMatch(/## .+\n\s*(##|$(?![\s\S]))/);
  });

  it.each(names)('%s begins with three commands for a laptop as for a cluster', (name) => {
    const commands = commandsOf(pageOf(name));
    expect(commands).toHaveLength(3);
    for (const command of commands) expect(command).toMatch(/^(curl -[fsSowd]+ |pods$|date )/);
  });

  it.each(names)('%s links only to runbooks that exist', (name) => {
    const links = [...pageOf(name).matchAll(/\]\(([^)]+)\.md\)/g)].map(([, link]) => link);
    for (const link of links) expect(names).toContain(link);
  });
});
