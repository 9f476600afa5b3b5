import type { Fact, InstanceState, WrittenState } from '@latido/failure-detector';
import type { JsonValue, Version } from '@latido/versioned-value';

/** States that are put on record. Late and suspect are not: they come and go with every lost beat. */
export type RecordedState = 'up' | 'down' | 'left' | 'mute' | 'buried';

/** One instance entered a state that is put on record. */
export interface StateChange {
  readonly instanceId: string;
  readonly incarnation: string;
  readonly to: RecordedState;
  /** `heartbeat`, `silence`, `goodbye`, `restart` and so on, as the detector says it. */
  readonly reason: string;
  /** When it was found out, milliseconds since 1970. */
  readonly atMs: number;
  /** How long ago it had sent its last heartbeat; absent for burials and restarts. */
  readonly silentMs?: number;
}

/** A change with the service it belongs to. */
export interface ServiceChange {
  readonly service: string;
  readonly change: StateChange;
}

const RECORDED: ReadonlySet<string> = new Set<RecordedState>(['up', 'down', 'left', 'mute', 'buried']);

/** Alive and trusted: to become `up` from here is no news. */
const NEVER_ENDED: ReadonlySet<InstanceState> = new Set<InstanceState>(['late', 'suspect']);

/** The change that a fact means for the record; `undefined` for facts that change no state there. */
export function changeOf(fact: Fact): ServiceChange | undefined {
  switch (fact.kind) {
    case 'transition': {
      const { service, from, to, silentMs } = fact;
      if (!isRecorded(to) || (to === 'up' && NEVER_ENDED.has(from))) return undefined;
      return { service, change: { ...about(fact), to, reason: fact.reason, silentMs: Math.round(silentMs) } };
    }
    case 'restart':
      return { service: fact.service, change: { ...about(fact), to: 'up', reason: 'restart' } };
    case 'burial':
      return { service: fact.service, change: { ...about(fact), to: 'buried', reason: fact.reason } };
    case 'blind':
    case 'mass_silence':
    case 'threshold':
    default:
      return undefined;
  }
}

/** The changes in a version of a service's history; none in what is not one. */
export function changesIn({ content }: Pick<Version, 'content'>): readonly StateChange[] {
  if (content.kind !== 'value' || !isRecord(content.value)) return [];
  const { changes } = content.value;
  return Array.isArray(changes) ? (changes as readonly unknown[]).filter(isStateChange) : [];
}

/** A change on record, in the words of the detector. */
export function writtenState(service: string, change: StateChange): WrittenState {
  const { instanceId, incarnation, to: state, atMs } = change;
  return { service, instanceId, incarnation, state, atMs };
}

/** A change as plain JSON. */
export function changeAsJson(change: StateChange): JsonValue {
  return { ...change };
}

function about(fact: { readonly instanceId: string; readonly incarnation: string; readonly atMs: number }) {
  const { instanceId, incarnation, atMs } = fact;
  return { instanceId, incarnation, atMs: Math.round(atMs) };
}

function isRecorded(state: string): state is RecordedState {
  return RECORDED.has(state);
}

function isStateChange(value: unknown): value is StateChange {
  if (!isRecord(value)) return false;
  const { instanceId, incarnation, to, reason, atMs } = value;
  return (
    [instanceId, incarnation, to, reason].every((text) => typeof text === 'string') &&
    isRecorded(String(to)) &&
    Number.isFinite(atMs)
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
