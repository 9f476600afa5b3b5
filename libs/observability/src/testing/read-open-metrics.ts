/** One sample of a page. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
}

/** What a page says, and in which order. */
export interface ReadPage {
  /** Family name and type, as the TYPE lines say. */
  readonly families: readonly (readonly [name: string, type: string])[];
  readonly samples: readonly ReadSample[];
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const NUMBER = /nan|[+-]?inf|-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?/iy;
const UNESCAPED: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', n: '\n' };

/**
 * Reads a page character by character by the grammar of OpenMetrics 1.0 (samples without exemplars) and
 * throws at the first thing that does not belong: a written page is checked by somebody else's reading.
 *
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/#abnf
 */
export function readOpenMetrics(page: string): ReadPage {
  const end = '# EOF\n';
  if (!page.endsWith(end)) throw new Error('the page does not end with # EOF');
  const families: (readonly [string, string])[] = [];
  const samples: ReadSample[] = [];
  for (const line of page.slice(0, -end.length).split('\n').slice(0, -1)) {
    const [hash, keyword, family = '', type = ''] = line.split(' ');
    if (hash !== '#') samples.push(sampleOf(line));
    else if (keyword === 'TYPE') families.push([family, type]);
    else if (keyword !== 'HELP') throw new Error(`neither HELP nor TYPE: ${line}`);
  }
  return { families, samples };
}

function sampleOf(line: string): ReadSample {
  const reader = new LineReader(line);
  const name = reader.match(NAME);
  const labels: Record<string, string> = {};
  if (reader.skip('{')) {
    do {
      const label = reader.match(LABEL);
      if (label in labels) throw new Error(`label ${label} twice: ${line}`);
      labels[label] = reader.quoted();
    } while (reader.skip(','));
    reader.expect('}');
  }
  reader.expect(' ');
  const value = reader.match(NUMBER);
  reader.expectEnd();
  return { name, labels, value };
}

class LineReader {
  private at = 0;

  constructor(private readonly line: string) {}

  match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.line)?.[0];
    if (found === undefined) throw this.problem(String(pattern));
    this.at += found.length;
    return found;
  }

  skip(character: string): boolean {
    if (this.line[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  expect(character: string): void {
    if (!this.skip(character)) throw this.problem(character);
  }

  expectEnd(): void {
    if (this.at !== this.line.length) throw this.problem('the end');
  }

  quoted(): string {
    this.expect('=');
    this.expect('"');
    let text = '';
    while (!this.skip('"')) text += this.character();
    return text;
  }

  private character(): string {
    const character = this.line[this.at++];
    if (character === undefined) throw this.problem('a closing quote');
    if (character !== '\\') return character;
    const unescaped = UNESCAPED[this.line[this.at++] ?? ''];
    if (unescaped === undefined) throw this.problem('an escape');
    return unescaped;
  }

  private problem(expected: string): Error {
    return new Error(`expected ${expected} at ${this.at}: ${this.line}`);
  }
}
