import { DEFAULT_MAX_SERIES, type MetricDefinition } from '../metric-definition';
import { MAX_LABEL_VALUE_LENGTH } from '../series-guard';
import { decimalText } from './decimal-text';
import { escaped, labelText } from './label-text';
import { type Branch, type Leaf, LabelTree } from './label-tree';
import { RowSlab } from './row-slab';

type Labels = Readonly<Record<string, string>>;

/** One series, to be set again and again without looking it up. */
export interface Series {
  /** What it shows now. */
  readonly value: number;
  /** Seconds count to the millisecond, everything else is a whole number. */
  set(value: number): void;
  /** Exposes it no more; setting it has no effect from then on. */
  remove(): void;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const SPACE = 0x20;

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
  private readonly rows: LabelTree<Row>;
  private readonly slabs = new Map<number, RowSlab<Row>>();
  private readonly header: Uint8Array;
  private readonly labelNames: readonly string[];
  /** The same, the one with the most values last. */
  private readonly treeOrder: readonly string[];
  private readonly maxSeries: number;
  private readonly decimals: number;
  private rowBytes = 0;

  constructor(
    private readonly name: string,
    definition: MetricDefinition,
  ) {
    this.header = encoder.encode(headerOf(name, definition));
    this.labelNames = Object.keys(definition.labels);
    this.treeOrder = this.labelNames.toSorted(
      (a, b) => Number(a === 'instance_id') - Number(b === 'instance_id'),
    );
    this.rows = new LabelTree(Math.max(1, this.labelNames.length));
    this.maxSeries = definition.maxSeries ?? DEFAULT_MAX_SERIES;
    this.decimals = definition.unit.endsWith('seconds') ? 3 : 0;
  }

  /** Length of the text, for a page. */
  get byteLength(): number {
    return this.header.length + this.rowBytes;
  }

  /**
   * The series of these labels; a new one starts with `initial`, one that is there keeps its value.
   * @returns undefined for one that has no place: the family is full, or a label value is too long.
   */
  series(labels: Labels, initial = 0): Series | undefined {
    const values = this.valuesOf(labels);
    return this.rows.get(values) ?? this.add(values, labels, initial);
  }

  /** Exposes the series of these labels no more. */
  remove(labels: Labels): void {
    this.rows.get(this.valuesOf(labels))?.remove();
  }

  /** Copies the text and returns the offset behind it. */
  copyTo(target: Uint8Array, offset: number): number {
    target.set(this.header, offset);
    let at = offset + this.header.length;
    for (const slab of this.slabs.values()) at = slab.copyTo(target, at);
    return at;
  }

  /** Changes the digits of a row. */
  write(row: Row, value: number): void {
    const { slab } = row;
    if (slab === undefined) return;
    const digits = decimalText(value, this.decimals);
    const text = slab.textOf(row);
    const start = valueStart(text);
    if (digits.length === text.length - 1 - start) {
      for (let i = 0; i < digits.length; i += 1) text[start + i] = digits.charCodeAt(i);
      return;
    }
    const moved = new Uint8Array(start + digits.length + 1);
    moved.set(text.subarray(0, start));
    moved.set(encoder.encode(`${digits}\n`), start);
    this.displace(row, slab);
    this.place(row, moved);
  }

  /** Takes a row out. */
  discard(row: Row): void {
    if (row.slab === undefined) return;
    this.displace(row, row.slab);
    this.rows.remove(row);
  }

  private add(values: readonly string[], labels: Labels, initial: number): Series | undefined {
    if (this.rows.size >= this.maxSeries || !this.areShort(labels)) return undefined;
    const row = new Row(this);
    this.rows.add(values, row);
    const digits = decimalText(initial, this.decimals);
    this.place(row, encoder.encode(`${this.name}${labelText(this.labelNames, labels)} ${digits}\n`));
    return row;
  }

  /** As they are written: values that look alike on the page are one. */
  private valuesOf(labels: Labels): readonly string[] {
    return this.treeOrder.length === 0 ? [''] : this.treeOrder.map((name) => escaped(labels[name] ?? ''));
  }

  private areShort(labels: Labels): boolean {
    return this.labelNames.every((name) => (labels[name] ?? '').length <= MAX_LABEL_VALUE_LENGTH);
  }

  private place(row: Row, text: Uint8Array): void {
    const slab = this.slabs.get(text.length) ?? new RowSlab<Row>(text.length);
    this.slabs.set(text.length, slab);
    slab.add(row, text);
    row.slab = slab;
    this.rowBytes += text.length;
  }

  private displace(row: Row, slab: RowSlab<Row>): void {
    slab.remove(row);
    row.slab = undefined;
    this.rowBytes -= slab.rowBytes;
    if (slab.size === 0) this.slabs.delete(slab.rowBytes);
  }
}

/** There are hundreds of thousands, so it holds no more than it must: its value stands in its text. */
class Row implements Series, Leaf<Row> {
  index = 0;
  /** Undefined once it was removed. */
  slab: RowSlab<Row> | undefined;
  branch: Branch<Row> | undefined;
  leafValue = '';

  constructor(private readonly family: ArenaFamily) {}

  get value(): number {
    if (this.slab === undefined) return Number.NaN;
    const text = this.slab.textOf(this);
    return Number(decoder.decode(text.subarray(valueStart(text))).replace('Inf', 'Infinity'));
  }

  set(value: number): void {
    this.family.write(this, value);
  }

  remove(): void {
    this.family.discard(this);
  }
}

/** The value begins behind the last space: no value has one. */
function valueStart(row: Uint8Array): number {
  return row.lastIndexOf(SPACE) + 1;
}

/** As prom-client writes it: a counter's family has the name without `_total`. */
function headerOf(name: string, { type, help }: MetricDefinition): string {
  const family = type === 'counter' ? name.replace(/_total$/, '') : name;
  return `# HELP ${family} ${escaped(help)}\n# TYPE ${family} ${type}\n`;
}
