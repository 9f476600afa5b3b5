import type { ResultTable } from '../scenario';

/** A table for a terminal: columns aligned, numbers to the right. */
export function renderText({ title, columns, rows, notes }: ResultTable): string {
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ')}`;
  const rule = `  ${widths.map((width) => '-'.repeat(width)).join('  ')}`;
  return [title, line(columns), rule, ...rows.map(line), ...notes.map((note) => `  * ${note}`)].join('\n');
}

/** The same for a page. */
export function renderMarkdown({ title, columns, rows, notes }: ResultTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = line(columns.map((_, i) => (i === 0 ? '---' : '---:')));
  const list = notes.map((note) => `- ${note}`).join('\n');
  return [`## ${title}`, '', line(columns), rule, ...rows.map(line), '', list, ''].join('\n');
}
