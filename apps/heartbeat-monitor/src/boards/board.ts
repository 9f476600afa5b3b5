import type { JsonValue, Version, VersionStore } from '@latido/versioned-value';
import type { VersionWriter } from '../versions/version-writer';

/** What a board holds, and how it is read from JSON that an older build may have written. */
export interface BoardForm<T> {
  readonly subject: string;
  readonly empty: T;
  readonly parse: (value: JsonValue) => T;
  readonly toJson: (content: T) => JsonValue;
}

/**
 * Something small that all replicas share and of which only the whole, as it is now, matters: alerts,
 * maintenance. Its newest version is the board; its history says how it came to be.
 */
export class Board<T> {
  private known: T;

  constructor(
    private readonly ports: {
      readonly store: Pick<VersionStore, 'readHead'>;
      readonly writer: Pick<VersionWriter, 'write'>;
    },
    private readonly form: BoardForm<T>,
  ) {
    this.known = form.empty;
  }

  /** As it was last read or written; other replicas' changes come with the next {@link Board.refresh}. */
  get current(): T {
    return this.known;
  }

  /** Reads what other replicas have written. @returns whether it changed. */
  async refresh(): Promise<boolean> {
    return this.adopt(this.contentOf(await this.ports.store.readHead(this.form.subject)));
  }

  /**
   * Changes the board on top of whatever is on it at that moment.
   *
   * @param change - computes the next content; the same content writes nothing. May be called again.
   * @param requestId - names the request, in the version.
   */
  async change(change: (current: T) => T, requestId: string): Promise<T> {
    let after = this.known;
    await this.ports.writer.write(this.form.subject, (head) => {
      const before = this.contentOf(head);
      after = change(before);
      const value = this.form.toJson(after);
      return isSame(value, this.form.toJson(before)) ? undefined : { value, requestId };
    });
    this.known = after;
    return after;
  }

  private contentOf(head: Version | undefined): T {
    return head?.content.kind === 'value' ? this.form.parse(head.content.value) : this.form.empty;
  }

  private adopt(content: T): boolean {
    const changed = !isSame(this.form.toJson(content), this.form.toJson(this.known));
    this.known = content;
    return changed;
  }
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
