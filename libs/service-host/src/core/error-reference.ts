import { type ErrorEntry, errorRegistry } from './error-registry';
import { markdownTable } from './markdown-table';

/** The reference page of all error codes, in Markdown, as docs/reference/errors.md holds it. */
export function errorReference(registry: Readonly<Record<string, ErrorEntry>> = errorRegistry): string {
  return [
    '# Errors',
    '',
    'Written from `libs/service-host/src/core/error-registry.ts`; change it there.',
    '',
    'Every error answer is `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail`, `code` and, where',
    'single fields are wrong, `errors[]` with a JSON pointer each. Programs look at `code`. Codes marked "start" make a',
    'service that meets them while it starts exit 78.',
    '',
    ...markdownTable([
      ['code', 'status', 'title', 'what to do'],
      ...Object.entries(registry).map(([code, { status, title, action, refusesStart }]) => [
        `\`${code}\``,
        refusesStart ? `${status}, start` : String(status),
        title,
        action,
      ]),
    ]),
    '',
  ].join('\n');
}
