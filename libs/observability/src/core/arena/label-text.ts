const NEEDS_ESCAPE = /["\\\n]/;
const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n' };

/**
 * Labels as OpenMetrics writes them.
 *
 * Quote, backslash and line feed are escaped, lone surrogates become U+FFFD, as in the bytes on the wire:
 * no value can end its label, its line, or look like another series.
 *
 * @param names - of the labels, in the order to write; a value that is missing is the empty text.
 * @example
 * labelText(['service'], { service: 'a"b' }); // => '{service="a\\"b"}'
 */
export function labelText(
  names: readonly string[],
  labels: Readonly<Record<string, string | undefined>>,
): string {
  if (names.length === 0) return '';
  const pairs = names.map((name) => `${name}="${escaped(labels[name] ?? '')}"`);
  return `{${pairs.join(',')}}`;
}

/** Text between quotes, or of a HELP line. */
export function escaped(value: string): string {
  const text = value.replace(/\p{Surrogate}/gu, '\ufffd');
  return NEEDS_ESCAPE.test(text) ? text.replace(/["\\\n]/g, (found) => ESCAPES[found] ?? '') : text;
}
