import type { ResultTable } from '../scenario';

/** A table for a terminal: columns aligned, numbers to the right. */
export function renderText({ title, columns, rows, notes }: ResultTable): string {
  const widths = widthsOf([columns, ...rows]);
  const line = (cells: readonly string[]): string => `  ${padded(cells, widths).join('  ')}`;
  const rule = `  ${widths.map((width) => '-'.repeat(width)).join('  ')}`;
  return [title, line(columns), rule, ...rows.map(line), ...notes.map((note) => `  * ${note}`)].join('\n');
}

/** The same for a page, formatted as the repository's formatter wants it. */
export function renderMarkdown({ title, columns, rows, notes }: ResultTable): string {
  const widths = widthsOf([columns, ...rows]).map((width) => Math.max(width, '---'.length));
  const line = (cells: readonly string[]): string => `| ${padded(cells, widths).join(' | ')} |`;
  const rules = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const list = notes.map((note) => `- ${note}`).join('\n');
  return [`## ${title}`, '', line(columns), line(rules), ...rows.map(line), '', list, ''].join('\n');
}

function widthsOf(lines: readonly (readonly string[])[]): readonly number[] {
  return (lines[0] ?? []).map((_, i) => Math.max(...lines.map((cells) => cells[i]?.length ?? 0)));
}

/** Words to the left, numbers to the right. */
function padded(cells: readonly string[], widths: readonly number[]): readonly string[] {
  return cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)));
}
