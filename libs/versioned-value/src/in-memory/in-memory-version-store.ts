import { decodeSubjectCursor, decodeVersionCursor, encodeCursor } from '../core/cursor';
import type { SubjectPage, Version, VersionPage, VersionStore, VersionWrite } from '../core/version';

interface History {
  readonly versions: Map<number, Version>;
  headNumber: number;
}

/**
 * Versions in maps: the reference of the port, and the test double of everybody who needs one.
 *
 * It forgets nothing by itself; `sweep` takes expired tombstones away when a test wants to.
 */
export class InMemoryVersionStore implements VersionStore {
  private readonly histories = new Map<string, History>();

  async putIfAbsent(version: Version): Promise<VersionWrite> {
    const history = this.historyOf(version.subject);
    const stored = history.versions.get(version.number);
    if (stored) return { outcome: 'refused', stored };
    history.versions.set(version.number, version);
    history.headNumber = Math.max(history.headNumber, version.number);
    return { outcome: 'stored' };
  }

  async read(subject: string, number: number): Promise<Version | undefined> {
    return this.histories.get(subject)?.versions.get(number);
  }

  async readHead(subject: string): Promise<Version | undefined> {
    const history = this.histories.get(subject);
    return history?.versions.get(history.headNumber);
  }

  async list(request: {
    readonly subject: string;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<VersionPage> {
    const below =
      request.cursor === undefined ? Number.POSITIVE_INFINITY : decodeVersionCursor(request.cursor);
    const older = [...(this.histories.get(request.subject)?.versions.values() ?? [])]
      .filter(({ number }) => number < below)
      .sort((a, b) => b.number - a.number);
    const versions = older.slice(0, request.limit);
    const last = versions.at(-1);
    const more = last !== undefined && older.length > versions.length;
    return { versions, ...(more && { cursor: encodeCursor('versions', last.number) }) };
  }

  async listSubjects(request: { readonly limit: number; readonly cursor?: string }): Promise<SubjectPage> {
    const after = request.cursor === undefined ? '' : decodeSubjectCursor(request.cursor);
    const later = [...this.histories]
      .filter(([subject, { versions }]) => subject > after && versions.has(1))
      .map(([subject]) => subject)
      .sort();
    const subjects = later.slice(0, request.limit);
    const last = subjects.at(-1);
    const more = last !== undefined && later.length > subjects.length;
    return { subjects, ...(more && { cursor: encodeCursor('subjects', last) }) };
  }

  async prune(tombstone: Version): Promise<void> {
    const versions = this.histories.get(tombstone.subject)?.versions;
    const stored = versions?.get(tombstone.number);
    if (stored && stored.content.kind !== 'pruned') versions?.set(tombstone.number, tombstone);
  }

  /** Deletes every tombstone that expired at `nowEpochSeconds` or before. @returns how many. */
  sweep(nowEpochSeconds: number): number {
    let swept = 0;
    for (const { versions } of this.histories.values()) {
      for (const { number, expiresAtEpochSeconds = Number.POSITIVE_INFINITY } of versions.values()) {
        if (expiresAtEpochSeconds <= nowEpochSeconds && versions.delete(number)) swept += 1;
      }
    }
    return swept;
  }

  private historyOf(subject: string): History {
    const known = this.histories.get(subject);
    if (known) return known;
    const history: History = { versions: new Map(), headNumber: 0 };
    this.histories.set(subject, history);
    return history;
  }
}
