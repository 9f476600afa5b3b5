import type { Ablation } from './ablation';
import { edit } from './edit-detector';

/** Rows of the short form of `npm run simulate -- detector` whose title contains this. */
const row = (only: string): Ablation['test'] => ({
  project: 'unit',
  path: 'libs/simulation/src/detector/detector-quality.spec.ts',
  only,
});

/** The main rules of the detector: without each, a whole row of the quality table is not held. */
export const detectorQualityAblations: readonly Ablation[] = [
  {
    name: 'row-corrected-time',
    sentence:
      'Send times are corrected by both clocks of a sender; by the wall clock alone, a step of it is a death.',
    edits: [
      edit('sender-clock', 'Math.min(wall, monotonic)', 'wall'),
      edit('sender-clock', 'if (this.agreesWithLastJump(reading)) {', 'if (false) {'),
    ],
    test: row('clocks stepped by up to 5 minutes every hour, 20'),
  },
  {
    name: 'row-proof-of-the-channel',
    sentence:
      'A channel is proven by quick deliveries; one that is believed at once declares dead who waits in a queue.',
    edits: [edit('channel', 'this.isProven = !lagging && !canaryMissing && ', 'this.isProven = true || ')],
    test: row('a queue that stalls for 60 to 180 s every hour'),
  },
  {
    name: 'row-canaries-move-the-watermark',
    sentence:
      'Own canaries count as deliveries; else a fleet of one that dies looks like a stalled queue for ever.',
    edits: [edit('channel', 'this.watermark.observe({ sentMs, transitMs, atMs });', '')],
    test: row('a single instance with a clean channel'),
  },
  {
    name: 'row-settle-after-blindness',
    sentence:
      'Verdicts are held until the channel was proven for 1.5 T; draining a stalled queue makes false deaths.',
    edits: [edit('channel', "if (settling) reasons.push('settling');", '')],
    test: row('a queue that stalls for 60 to 180 s every hour'),
  },
  {
    name: 'row-k-follows-the-loss',
    sentence:
      'k rises with the measured loss; fixed at 3, 5 % loss makes one false death per instance and day.',
    edits: [edit('missed-beats', 'if (loss <= 0.002) return 3;', 'if (loss <= 1) return 3;')],
    test: row('5 % loss, 20'),
  },
  {
    name: 'row-mass-silence-on-a-proven-channel-is-real',
    sentence: 'Mass silence on a proven channel is raised at once and holds nothing.',
    edits: [edit('mass-silence', 'const hold = many && !proven &&', 'const hold = many &&')],
    test: row('a quarter of the fleet dying at once'),
  },
  {
    name: 'row-duplicates-stay-out-of-the-watermark',
    sentence: 'Copies never enter D; with redelivered ones in it the monitor is blind.',
    edits: [
      edit(
        'receive-heartbeat',
        "if (place !== 'late') return",
        "if (place === 'new' || place === 'stale') return",
      ),
    ],
    test: row('holds with every message delivered five times'),
  },
  {
    name: 'row-late-never-revives',
    sentence:
      'A copy that comes late raises no dead; else each copy makes its death a wrong verdict again, and later.',
    edits: [
      edit('receive-heartbeat', "if (place === 'new' && instance", "if (place !== 'stale' && instance"),
      edit(
        'revive',
        "return verdict === 'up' && !wasSentBefore(instance, nowMs) ? 'up' : state;",
        "return 'up';",
      ),
    ],
    test: row('holds with every message delivered five times'),
  },
  {
    name: 'row-only-a-newer-incarnation-is-adopted',
    sentence:
      'An incarnation that was replaced is refused; else a late copy of the old one makes the new one stale.',
    edits: [
      edit('may-replace', 'if (instance.replaced.includes(beat.incarnation)) return false;', ''),
      edit('may-replace', 'return sentMs > instance.lastSentMs || ', 'return sentMs > 0 || '),
    ],
    test: row('start again in place every half hour'),
  },
  {
    name: 'row-three-goodbyes',
    sentence:
      'A goodbye is sent three times; sent once, it is lost as often as any message, and the leave is a death.',
    edits: [
      {
        file: 'libs/simulation/src/detector/fleet-simulation.ts',
        from: '    member.leftMs = this.nowMs;\n    const goodbye = this.beatOf(member, true);\n    for (const afterMs of [0, 250, 500]) this.after(afterMs, () => this.send(goodbye));\n    this.after(replacedAfterMs',
        to: '    member.leftMs = this.nowMs;\n    this.send(this.beatOf(member, true));\n    this.after(replacedAfterMs',
      },
    ],
    test: row('announced leaves, 5 % loss'),
  },
  {
    name: 'row-blind-by-lag-or-canary',
    sentence:
      'A channel that lags or whose canaries are missing is blind; else a stall declares its dead before it ends.',
    edits: [
      edit('channel', 'nowMs - this.watermark.valueMs > blindLagMs;', 'false;'),
      edit('channel', 'canaryAgeMs > canaryMaxAgeMs || this.ledger', 'this.ledger'),
    ],
    test: row('a queue that stalls for 60 to 180 s every hour'),
  },
  {
    name: 'row-the-watermark-waits-for-the-newest-send',
    sentence:
      'The watermark is never beyond the newest send time; else a stall is silence until it is noticed, which kills who stood still before.',
    edits: [edit('watermark', 'Math.min(nowMs - this.delay, this.newestSent)', 'nowMs - this.delay')],
    test: row('a queue that stalls every ten minutes'),
  },
  {
    name: 'row-the-watermark-stays-the-delay-behind',
    sentence:
      'The watermark is D behind our clock: what was sent since may still be on its way, and is no silence.',
    edits: [edit('watermark', 'Math.min(nowMs - this.delay, this.newestSent)', 'this.newestSent')],
    test: row('deliveries that take up to 9 s'),
  },
  {
    name: 'row-blind-after-a-stall-of-our-own',
    sentence:
      'After a stall of our own event loop of more than a second the monitor is blind for T; lag shows only a longer one.',
    edits: [edit('channel', "if (nowMs <= this.stalledUntilMs) reasons.push('loop_stall');", '')],
    test: row('a monitor that stands still'),
  },
  {
    name: 'row-blind-while-warming-up',
    sentence:
      'For k T after a start verdicts are held: who was not heard since the snapshot may just not have had the time.',
    edits: [edit('channel', "if (nowMs < this.start.warmUntilMs) reasons.push('warming');", '')],
    test: row('a monitor that is killed every 20 minutes'),
  },
  {
    name: 'row-k-outlives-a-restart',
    sentence: 'k and the counts of loss are persisted; learned anew, each restart has minutes of k = 3.',
    edits: [edit('save-and-load', '(saved.service, core.settings, saved)', '(saved.service, core.settings)')],
    test: row('6 % loss, a monitor that is killed'),
  },
];
