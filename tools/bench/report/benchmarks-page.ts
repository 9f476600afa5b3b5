import type { Measured } from '../scenario';
import { renderMarkdown } from './render';

/** The page docs/reference/benchmarks.md. */
export function benchmarksPage(measured: Measured): string {
  return `# Benchmarks

Written by \`npm run bench -- --write\`; run it to measure your machine.

Measured on ${measured.date}: ${measured.machine}.

**Units, calls and trips** are exact: they do not depend on the machine, and the tests in \`test/cost\` hold them.
**Times** do depend on it, and on what else it does while measuring; other programs ran beside these. Read the
ratios: both sides of a comparison ran in the same process, taking turns, against the same embedded AWS.

${measured.tables.map(renderMarkdown).join('\n')}`;
}
