import type { Measured } from '../scenario';
import { renderMarkdown } from './render';

/** The page docs/reference/start-stop.md. */
export function startStopPage({ date, machine, tables }: Measured): string {
  return `# Start and stop

Written by \`npm run bench -- start --write\`; run it to measure your machine.

Measured on ${date}: ${machine}. The rows took turns. \`npm run bench -- start --check\` fails when a row is not what it should be beside the
others, whatever the machine.

${tables.map(renderMarkdown).join('\n')}
## What makes it so

- A service is one file, made of the compiled ones after the build (ADR 20); what instrumentations patch hands itself over to them.
- V8's space for new objects does not grow before the service is ready.
- Tracing loads the parts of the SDK that traces need, not the package that has them all, and the exporter when the first spans are due.
- Compiled code is kept between starts (\`NODE_COMPILE_CACHE\`, by default beside the build).
- What describes the API for /docs is loaded when somebody asks for it.
- Tables, queues and topics are looked up side by side.
- A stop breaks off polls that wait for a first message, sends the spans of what was finished beside the goodbye, and gives a collector that
  does not answer 750 ms in all.
`;
}
