import type { Measured } from '../scenario';
import { renderMarkdown } from './render';

/** The page docs/reference/start-stop.md. */
export function startStopPage({ date, machine, tables }: Measured): string {
  return `# Start and stop

Written by \`npm run bench -- start --write\`; run it to measure your machine.

Measured on ${date}: ${machine}. Other programs ran beside it: compare the rows, which took turns, rather than with the
expectation. CPU time depends less on the others than the clock does, and is the most that a start can take on one core.

${tables.map(renderMarkdown).join('\n')}
## What makes it so

- Tracing loads the parts of the SDK that traces need, not the package that has them all, and the exporter when the first spans are due.
- Compiled code is kept between starts (\`NODE_COMPILE_CACHE\`, by default beside the build).
- What describes the API for /docs is loaded when somebody asks for it.
- Tables, queues and topics are looked up side by side.
- A stop breaks off polls that wait for a first message, sends the spans of what was finished beside the goodbye, and gives a collector that
  does not answer 750 ms in all.
`;
}
