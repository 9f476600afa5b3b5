/** Shown once by other means, or of no use to somebody who watches a terminal. */
const HIDDEN: ReadonlySet<string> = new Set([
  'level',
  'time',
  'msg',
  'event',
  'pid',
  'hostname',
  'service',
  'instance_id',
  'context',
  'trace_id',
  'span_id',
  'trace_flags',
]);
const LONGEST_VALUE = 120;
const COLOUR_CODES = [36, 32, 35, 34] as const;

type Entry = Readonly<Record<string, unknown>>;

/** Where a line comes from, and whether it may be coloured. */
export interface LineSource {
  readonly name: string;
  /** Width of the longest name, so that lines align. */
  readonly width: number;
  /** Place among all processes: decides the colour; absent: no colour. */
  readonly colour?: number;
}

/**
 * Makes one compact line for a person of one line of a process: JSON logs become time, level, message
 * and `key=value`; everything else stays as it is, behind the name of its process.
 */
export function formatLine(line: string, source: LineSource): string {
  const entry = parse(line);
  const text = entry === undefined ? line : formatEntry(entry);
  return `${paint(source.name.padEnd(source.width), source.colour)} | ${text}`;
}

function formatEntry(entry: Entry): string {
  const rest = Object.entries(entry)
    .filter(([key, value]) => !HIDDEN.has(key) && value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${short(value)}`);
  const said = textOf(entry['msg']) || textOf(entry['event']);
  return [clockOf(entry['time']), levelOf(entry['level']), said, ...rest]
    .filter((part) => part !== '')
    .join(' ');
}

function clockOf(time: unknown): string {
  if (typeof time !== 'number' && typeof time !== 'string') return '';
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(11, 19);
}

/** Pino numbers its levels in tens; only what is out of the ordinary is said. */
function levelOf(level: unknown): string {
  const number = typeof level === 'number' ? level : { warn: 40, error: 50, fatal: 60 }[textOf(level)];
  if (number === undefined || number < 40) return '';
  if (number < 50) return 'WARN';
  return number < 60 ? 'ERROR' : 'FATAL';
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 3)}...`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function paint(text: string, colour: number | undefined): string {
  return colour === undefined
    ? text
    : `\u001B[${COLOUR_CODES[colour % COLOUR_CODES.length]}m${text}\u001B[0m`;
}

function parse(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}
