import { decodeNumbers, encodeNumbers } from './number-set-codec';
import { type Fate, FATES, MAX_WINDOW, SequenceWindow } from './sequence-window';

/** A window as it travels: plain JSON, its sets as text; empty sets are left out. */
export interface WireWindow {
  readonly highest: number;
  readonly size: number;
  readonly forgottenUpTo?: number;
  readonly sets: Readonly<Partial<Record<Fate, string>>>;
}

/** Writes a window as JSON. A full window of a single consumer takes about 60 characters, the worst one of 8,192 numbers 1,400 a set. */
export function encodeWindow(window: SequenceWindow): WireWindow {
  const { highest, floor, size, forgottenUpTo } = window;
  const sets: Partial<Record<Fate, string>> = {};
  for (const fate of FATES) {
    const text = encodeNumbers({ after: floor, upTo: highest }, window.rangesOf(fate));
    if (text !== '') sets[fate] = text;
  }
  return { highest, size, ...(forgottenUpTo > 0 && { forgottenUpTo }), sets };
}

/**
 * Reads a window from JSON that came from outside; `undefined` for anything that {@link encodeWindow} would not write of
 * the window of one process. One that was joined from several may have forgotten more than its size says: `joined`.
 */
export function decodeWindow(
  value: unknown,
  { joined = false }: { readonly joined?: boolean } = {},
): SequenceWindow | undefined {
  if (!isWireWindow(value)) return undefined;
  const window = new SequenceWindow(value.size);
  if (value.highest > 0) window.announce(value.highest);
  if (value.forgottenUpTo !== undefined) {
    const highest = joined ? window.highest : window.floor;
    if (!isWhole(value.forgottenUpTo) || value.forgottenUpTo < 1 || value.forgottenUpTo > highest)
      return undefined;
    window.forget(value.forgottenUpTo);
  }
  for (const fate of FATES) {
    const ranges = decodeNumbers({ after: window.floor, upTo: window.highest }, value.sets[fate] ?? '');
    if (!ranges) return undefined;
    for (const { after, upTo } of ranges) window.markRange(after, upTo, fate);
  }
  return window;
}

function isWireWindow(value: unknown): value is WireWindow {
  if (!isRecord(value) || !isRecord(value['sets'])) return false;
  const { highest, size, sets } = value;
  const known: readonly string[] = FATES;
  return (
    isWhole(highest) &&
    isWhole(size) &&
    size >= 32 &&
    size <= MAX_WINDOW &&
    size % 32 === 0 &&
    Object.entries(sets as object).every(([fate, text]) => known.includes(fate) && typeof text === 'string')
  );
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
