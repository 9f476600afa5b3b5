/**
 * A Markdown table with aligned columns, so that it reads well as text too.
 *
 * @param rows - the header first; every row has as many cells as the header.
 */
export function markdownTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], fill = ' ') =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, fill)).join(' | ')} |`;
  const [header = [], ...body] = rows;
  return [line(header), line([], '-'), ...body.map((row) => line(row))];
}
