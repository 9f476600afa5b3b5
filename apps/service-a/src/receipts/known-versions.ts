/**
 * The newest version of each subject that receipts told this process of: what is left to say while service-b is down.
 *
 * Bounded: the subject heard of longest ago is forgotten first. Other replicas know other subjects.
 */
export class KnownVersions {
  private readonly versions = new Map<string, number>();

  /** @param maxSubjects - about 100 bytes each. */
  constructor(private readonly maxSubjects = 10_000) {}

  /** Receipts come in any order: a lower version changes nothing. */
  note(subject: string, version: number): void {
    const newest = Math.max(version, this.versions.get(subject) ?? 0);
    this.versions.delete(subject);
    this.versions.set(subject, newest);
    const [oldest] = this.versions.keys();
    if (this.versions.size > this.maxSubjects && oldest !== undefined) this.versions.delete(oldest);
  }

  of(subject: string): number | undefined {
    return this.versions.get(subject);
  }
}
