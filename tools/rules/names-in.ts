/** Names of metrics and of recorded series in a text of expressions; parts of histograms count as the histogram. */
export function namesIn(text: string): ReadonlySet<string> {
  const names = text.match(/\b(?:\w+:interop_\w+:\w+|(?:interop|http_server)_[a-z_]+)\b/g) ?? [];
  return new Set(
    names.map((name) =>
      name.includes(':') ? name : name.replace(/_seconds_(bucket|count|sum)$/, '_seconds'),
    ),
  );
}
