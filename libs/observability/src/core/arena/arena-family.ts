import { DEFAULT_MAX_SERIES, type MetricDefinition } from '../metric-definition';
import { MAX_LABEL_VALUE_LENGTH } from '../series-guard';
import { decimalText } from './decimal-text';
import { escaped, labelText } from './label-text';
import { RowSlab } from './row-slab';

type Labels = Readonly<Record<string, string>>;

/** One series, to be set again and again without looking it up. */
export interface Series {
  /** A timestamp counts to the millisecond, everything else is a whole number. */
  set(value: number): void;
  readonly value: number;
  /** Exposes it no more. */
  remove(): void;
}

const encoder = new TextEncoder();

/**
 * One metric, kept as the text it is exposed as.
 *
 *     # HELP ...
 *     interop_instance_info{service="a",instance_id="1",version="1",zone="z"} 1
 *     interop_heartbeat_last_sent_timestamp_seconds{service="a",instance_id="1"} 1763791143.123
 *                                                                                ^^^^^^^^^^^^^^ patched in place
 *
 * Rows stand in slabs by their length; a value that needs more or fewer digits moves its row to
 * another slab. Nothing is formatted when a page is written: it is a copy of memory.
 *
 * Bounded by the metric's `maxSeries` and by the length of label values: what does not fit is refused.
 */
export class ArenaFamily {
  private readonly rows = new Map<string, Row>();
  private readonly slabs = new Map<number, RowSlab<Row>>();
  private readonly header: Uint8Array;
  private readonly labelNames: readonly string[];
  private readonly maxSeries: number;
  private readonly decimals: number;
  private rowBytes = 0;
  private readonly changes: RowChanges = {
    write: (row, value) => this.write(row, value),
    remove: (row) => {
      this.displace(row);
      this.rows.delete(row.key);
    },
  };

  constructor(
    private readonly name: string,
    definition: MetricDefinition,
  ) {
    this.header = encoder.encode(headerOf(name, definition));
    this.labelNames = Object.keys(definition.labels);
    this.maxSeries = definition.maxSeries ?? DEFAULT_MAX_SERIES;
    this.decimals = definition.unit === 'epoch seconds' ? 3 : 0;
  }

  /** Length of the text, for a page. */
  get byteLength(): number {
    return this.header.length + this.rowBytes;
  }

  get size(): number {
    return this.rows.size;
  }

  /**
   * The series of these labels; a new one starts with `initial`, one that is there keeps its value.
   * @returns undefined for one that has no place: the family is full, or a label value is too long.
   */
  series(labels: Labels, initial = 0): Series | undefined {
    const key = labelText(this.labelNames, labels);
    return this.rows.get(key) ?? this.add(key, labels, initial);
  }

  /** Exposes the series of these labels no more. */
  remove(labels: Labels): void {
    this.rows.get(labelText(this.labelNames, labels))?.remove();
  }

  /** Copies the text and returns the offset behind it. */
  copyTo(target: Uint8Array, offset: number): number {
    target.set(this.header, offset);
    let at = offset + this.header.length;
    for (const slab of this.slabs.values()) at = slab.copyTo(target, at);
    return at;
  }

  private add(key: string, labels: Labels, initial: number): Series | undefined {
    if (this.rows.size >= this.maxSeries || !this.areShort(labels)) return undefined;
    const row = new Row(this.changes, key, initial);
    this.rows.set(key, row);
    this.place(row, decimalText(initial, this.decimals));
    return row;
  }

  private areShort(labels: Labels): boolean {
    return this.labelNames.every((name) => (labels[name] ?? '').length <= MAX_LABEL_VALUE_LENGTH);
  }

  private write(row: Row, value: number): void {
    const digits = decimalText(value, this.decimals);
    if (row.slab && digits.length === row.digits) patch(row.slab.textOf(row), digits);
    else {
      this.displace(row);
      this.place(row, digits);
    }
  }

  private place(row: Row, digits: string): void {
    const text = encoder.encode(`${this.name}${row.key} ${digits}\n`);
    const slab = this.slabs.get(text.length) ?? new RowSlab<Row>(text.length);
    this.slabs.set(text.length, slab);
    slab.add(row, text);
    row.slab = slab;
    row.digits = digits.length;
    this.rowBytes += text.length;
  }

  private displace(row: Row): void {
    const { slab } = row;
    if (slab === undefined) return;
    slab.remove(row);
    row.slab = undefined;
    this.rowBytes -= slab.rowBytes;
    if (slab.size === 0) this.slabs.delete(slab.rowBytes);
  }
}

/** What a row asks of its family. */
interface RowChanges {
  write(row: Row, value: number): void;
  remove(row: Row): void;
}

class Row implements Series {
  index = 0;
  /** Undefined once it was removed. */
  slab: RowSlab<Row> | undefined;
  /** How many characters the value has; they stand before the line feed. */
  digits = 0;

  constructor(
    private readonly changes: RowChanges,
    readonly key: string,
    public value: number,
  ) {}

  set(value: number): void {
    if (value === this.value || this.slab === undefined) return;
    this.value = value;
    this.changes.write(this, value);
  }

  remove(): void {
    if (this.slab !== undefined) this.changes.remove(this);
  }
}

function patch(row: Uint8Array, digits: string): void {
  const start = row.length - 1 - digits.length;
  for (let i = 0; i < digits.length; i += 1) row[start + i] = digits.charCodeAt(i);
}

/** As prom-client writes it: a counter's family has the name without `_total`. */
function headerOf(name: string, { type, help }: MetricDefinition): string {
  const family = type === 'counter' ? name.replace(/_total$/, '') : name;
  return `# HELP ${family} ${escaped(help)}\n# TYPE ${family} ${type}\n`;
}
