import type { Ablation } from './ablation';

const CORE = 'libs/edge-accounting/src/core';
const spec = (name: string): Ablation['test'] => ({ project: 'unit', path: `${CORE}/${name}.spec.ts` });
const edit = (name: string, from: string, to: string) => ({ file: `${CORE}/${name}.ts`, from, to });

/** Rules of the edge books: what is missing is lost only if nobody can have received it. */
export const edgeAccountingAblations: readonly Ablation[] = [
  {
    name: 'the-dead-leave-doubt',
    sentence:
      'What a consumer took after its last heartbeat, before it was killed, is unobserved and not lost.',
    edits: [
      edit('stream-book', 'this.consumers.get(reporter.service)?.consumerDied(reporter.instance);', ''),
    ],
    test: spec('edge-book'),
  },
  {
    name: 'doubt-reaches-above-all-that-arrived',
    sentence: 'What the dead held is not lost either when nothing that was sent later ever arrives.',
    edits: [edit('delivery-ledger', '    this.settleDoubtfulTail();\n', '')],
    test: spec('edge-book'),
  },
  {
    name: 'a-restored-book-does-not-know-whom-it-knew',
    sentence:
      'A book that was away lost reports: the dead may have consumed streams that it never saw them on.',
    edits: [
      edit('edge-book', 'for (const book of this.streams.values()) book.bereaved(service);', 'void service;'),
    ],
    test: spec('edge-book-restart'),
  },
  {
    name: 'a-restored-book-lets-the-living-tell-again',
    sentence: 'Nothing is lost before the living had the time to repeat what was lost with the book.',
    edits: [
      edit(
        'overdue-marks',
        'const earliestMs = recoveredAtMs - this.waitMs;',
        'const earliestMs = recoveredAtMs - Infinity;',
      ),
    ],
    test: spec('edge-book-restart'),
  },
  {
    name: 'the-bereaved-are-saved',
    sentence: 'A book that restarts twice remembers who died before it had recovered.',
    edits: [
      edit(
        'edge-book',
        'const bereaved = [...(this.recovery?.bereaved ?? [])];',
        'const bereaved: string[] = [];',
      ),
    ],
    test: spec('edge-book-restart'),
  },
  {
    name: 'the-blind-do-not-wait',
    sentence:
      'While the monitor cannot read its queue nothing is lost: it may have arrived, and been told, meanwhile.',
    edits: [edit('edge-book', 'if (blind) this.unwatchedMs +=', 'if (blind) this.unwatchedMs += 0 *')],
    test: spec('edge-book-restart'),
  },
  {
    name: 'every-idle-stream-has-its-turn',
    sentence:
      'All idle streams are repeated within six heartbeats, or a book that lost reports calls them lost first.',
    edits: [
      edit(
        'report-table',
        'Math.max(refreshed, Math.ceil(idle.length / refreshedWithin))',
        'refreshed + 0 * refreshedWithin',
      ),
    ],
    test: spec('edge-aggregator'),
  },
  {
    name: 'a-goodbye-says-all',
    sentence: 'A goodbye repeats everything, because nobody can ask the one that left.',
    edits: [
      edit(
        'report-table',
        'last ? idle.toReversed() : this.inTurn(idle)',
        'last && false ? [] : this.inTurn(idle)',
      ),
    ],
    test: spec('edge-aggregator'),
  },
];
