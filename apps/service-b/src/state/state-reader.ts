import { ProblemError } from '@latido/service-host';
import { InvalidCursorError, type VersionedValue } from '@latido/versioned-value';
import { type VersionView, versionView } from './version-view';

type Reading = Awaited<ReturnType<VersionedValue['version']>>;
type Instant = Parameters<VersionedValue['asOf']>[1];
type PatchSteps = Extract<
  Awaited<ReturnType<VersionedValue['difference']>>,
  { readonly outcome: 'found' }
>['steps'];

/** A page of a list. `cursor` is there when there may be more. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor?: string;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** The JSON Patch (RFC 6902) that turns version `from` of a subject into version `to`. */
export interface DifferenceView {
  readonly subject: string;
  readonly from: number;
  readonly to: number;
  readonly patch: PatchSteps;
}

/** Longest subject an event may have; a longer one names nothing. */
const MAX_SUBJECT_CHARACTERS = 256;

/**
 * Reads states as the API answers them: what is not there is a problem, with 404 for what never was and
 * 410 for what retention has removed.
 */
export class StateReader {
  constructor(private readonly values: VersionedValue) {}

  async subjects(request: PageRequest): Promise<Page<{ readonly subject: string }>> {
    const { subjects, cursor } = await ownCursor(this.values.subjects(request));
    return { items: subjects.map((subject) => ({ subject })), ...(cursor !== undefined && { cursor }) };
  }

  async current(subject: string): Promise<VersionView> {
    const head = isName(subject) ? await this.values.current(subject) : undefined;
    if (!head) throw unknownSubject(subject);
    return versionView(head);
  }

  async version(subject: string, number: number): Promise<VersionView> {
    return this.found(subject, await this.values.version(subject, number), `no version ${number}`);
  }

  async asOf(subject: string, instant: Instant): Promise<VersionView> {
    return this.found(subject, await this.values.asOf(subject, instant), 'no version as old as that');
  }

  /** Newest first. */
  async history(subject: string, request: PageRequest): Promise<Page<VersionView>> {
    const { versions, cursor } = await ownCursor(this.values.history({ subject, ...request }));
    if (versions.length === 0) await this.current(subject);
    return { items: versions.map(versionView), ...(cursor !== undefined && { cursor }) };
  }

  async difference(
    subject: string,
    versions: { readonly from: number; readonly to: number },
  ): Promise<DifferenceView> {
    const difference = await this.values.difference(subject, versions);
    if (difference.outcome === 'found') return { subject, ...versions, patch: difference.steps };
    throw await this.problemOf(
      subject,
      difference,
      `no version ${versions.from} or no version ${versions.to}`,
    );
  }

  private async found(subject: string, reading: Reading, absent: string): Promise<VersionView> {
    if (reading.outcome === 'found') return versionView(reading.version);
    throw await this.problemOf(subject, reading, absent);
  }

  /** What is absent costs a look at the head: an unknown subject is another mistake than an unknown version. */
  private async problemOf(
    subject: string,
    reading: Exclude<Reading, { readonly outcome: 'found' }>,
    absent: string,
  ): Promise<ProblemError> {
    if (reading.outcome === 'pruned') return new ProblemError('version_pruned');
    await this.current(subject);
    return new ProblemError('version_unknown', { detail: `${subject} has ${absent}` });
  }
}

function isName(subject: string): boolean {
  return subject.length <= MAX_SUBJECT_CHARACTERS;
}

function unknownSubject(subject: string): ProblemError {
  const shown = subject.slice(0, MAX_SUBJECT_CHARACTERS);
  return new ProblemError('subject_unknown', { detail: `there is no subject "${shown}"` });
}

/** A cursor that no page gave out is the caller's mistake. */
async function ownCursor<T>(page: Promise<T>): Promise<T> {
  try {
    return await page;
  } catch (error) {
    if (!(error instanceof InvalidCursorError)) throw error;
    const detail = 'was not given out by this list';
    const errors = [{ pointer: '?cursor', detail }];
    throw new ProblemError('invalid_request', { detail: `?cursor ${detail}`, errors }, { cause: error });
  }
}
