import type { Ablation } from './ablation';
import { DETECTOR_CORE, edit } from './edit-detector';

const spec = (name: string): Ablation['test'] => ({
  project: 'unit',
  path: `${DETECTOR_CORE}/${name}.spec.ts`,
});

/** Rules of the failure detector: which heartbeats count. */
const counting: readonly Ablation[] = [
  {
    name: 'late-heartbeats-do-not-count',
    sentence:
      'Of one incarnation only a higher sequence number counts; a late heartbeat never revives anyone.',
    edits: [
      edit('receive-heartbeat', "if (place === 'new' && instance", "if (place !== 'stale' && instance"),
    ],
    test: spec('receive-heartbeat'),
  },
  {
    name: 'the-dead-need-a-fresh-heartbeat',
    sentence: 'A heartbeat that waited in a queue says that its sender was alive then, and raises no dead.',
    edits: [edit('revive', "verdict === 'up' && !wasSentBefore(instance, nowMs) ? 'up' : state;", "'up';")],
    test: spec('receive-heartbeat'),
  },
  {
    name: 'the-dead-need-a-heartbeat-of-after-the-verdict',
    sentence:
      'A detector that came back dates by its queue: beats in it that are older than a death on record raise no dead.',
    edits: [
      edit(
        'revive',
        'return lastSentMs <= sinceMs && sinceMs <= nowMs;',
        'return lastSentMs < 0 * (sinceMs + nowMs);',
      ),
    ],
    test: spec('save-and-load'),
  },
  {
    name: 'replaced-incarnations-are-refused',
    sentence:
      'The last four incarnations that were replaced are remembered and refused, whatever their clocks say.',
    edits: [edit('may-replace', 'if (instance.replaced.includes(beat.incarnation)) return false;', '')],
    test: spec('receive-heartbeat'),
  },
  {
    name: 'only-a-newer-incarnation-is-adopted',
    sentence:
      'Another incarnation is adopted if it was sent later; else a copy of an old one makes a restart.',
    edits: [edit('may-replace', 'return sentMs > instance.lastSentMs || ', 'return sentMs > 0 || ')],
    test: spec('receive-heartbeat'),
  },
  {
    name: 'a-lower-epoch-does-not-usurp',
    sentence: 'A stolen instance id with a lower epoch does not take the place of one that is heard.',
    edits: [edit('may-replace', 'if (isUsurper(core, instance, beat, sentMs)) return false;', '')],
    test: spec('receive-heartbeat'),
  },
  {
    name: 'a-lower-epoch-hides-no-death',
    sentence:
      'A stolen instance id with a lower epoch does not count until the death of the real one was told.',
    edits: [edit('may-replace', "return state !== 'down' && ", "return state === 'up' && ")],
    test: spec('receive-heartbeat'),
  },
  {
    name: 'who-ran-beside-is-no-restart',
    sentence: 'A lower epoch that started while the known one still sent never takes its place.',
    edits: [
      edit('may-replace', 'if (startedMs < lastSentMs - settings.relearnToleranceMs) return true;', ''),
    ],
    test: spec('receive-heartbeat'),
  },
  {
    name: 'a-wiped-store-of-epochs-silences-nobody',
    sentence:
      'A restart with a lower epoch counts once the death before it was told; else it is never heard.',
    edits: [
      edit('may-replace', "return state !== 'down' && state !== 'mute' && state !== 'left';", 'return true;'),
    ],
    test: spec('receive-heartbeat'),
  },
  {
    name: 'left-is-final',
    sentence: 'Left is final for its incarnation: nothing that it still sends revives it.',
    edits: [edit('receive-heartbeat', " && instance.state !== 'left') {", ') {')],
    test: spec('departures'),
  },
];

/** When a heartbeat was sent. */
const senderTime: readonly Ablation[] = [
  {
    name: 'the-smaller-transit-is-believed',
    sentence:
      'Of the transits by wall and by monotonic clock the smaller is believed; else a stepped clock is a death.',
    edits: [edit('sender-clock', 'Math.min(wall, monotonic)', 'wall')],
    test: spec('sender-clock'),
  },
  {
    name: 'the-minimum-transit-can-rise',
    sentence: 'The minimum offset covers 5 to 10 minutes; one that never rises makes false deaths for ever.',
    edits: [
      edit('offset-window', 'this.previous = half === this.half + 1 ? this.current : Infinity;', ''),
      edit('offset-window', 'this.current = Infinity;\n    this.half = half;', 'this.half = half;'),
    ],
    test: spec('sender-clock'),
  },
  {
    name: 'two-beats-that-agree-relearn-a-jump',
    sentence:
      'When both clocks jumped, two beats that agree within 1 s on a proven channel are the new truth.',
    edits: [edit('sender-clock', 'if (this.agreesWithLastJump(reading)) {', 'if (false) {')],
    test: spec('sender-clock'),
  },
  {
    name: 'a-jump-is-relearned-on-a-proven-channel-only',
    sentence: 'On a channel that is not proven two slow beats are a slow channel, not a jumped clock.',
    edits: [edit('sender-clock', 'relearnJumpMs && channelIsProven)', 'relearnJumpMs)')],
    test: spec('sender-clock'),
  },
  {
    name: 'a-restart-with-a-stepped-clock-is-adopted',
    sentence: 'A new incarnation whose wall clock was stepped back is adopted when its second beat agrees.',
    edits: [edit('may-replace', ' || agreesWithCandidate(core, instance, beat, reading)', '')],
    test: spec('receive-heartbeat'),
  },
];

/** Whether the channel can be trusted. */
const channel: readonly Ablation[] = [
  {
    name: 'one-sender-does-not-crowd-out-the-others',
    sentence:
      'A sender gives D one sample per half interval; else one with 10,000 beats a second decides it.',
    edits: [edit('accept-heartbeat', '>= instance.intervalMs / 2;', '>= 0;')],
    test: spec('receive-heartbeat'),
  },
  {
    name: 'one-straggler-does-not-slow-a-small-fleet',
    sentence: 'Of 3 to 39 transits the second largest is D.',
    edits: [edit('transit-window', 'return count < 40 ? 2 :', 'return count < 40 ? 1 :')],
    test: spec('transit-window'),
  },
  {
    name: 'the-watermark-never-goes-back',
    sentence: 'The watermark is the maximum of itself, so nobody gets less silent without a heartbeat.',
    edits: [edit('watermark', 'this.value = Math.max(this.value, ', 'this.value = Math.max(0, ')],
    test: spec('watermark'),
  },
  {
    name: 'blind-without-a-canary',
    sentence: 'Without an own canary for 15 s the monitor is blind, though heartbeats may flow.',
    edits: [edit('channel', 'canaryAgeMs > canaryMaxAgeMs || this.ledger', 'this.ledger')],
    test: spec('channel'),
  },
  {
    name: 'blind-by-lag',
    sentence: 'With a watermark more than 15 s behind the monitor is blind.',
    edits: [edit('channel', 'nowMs - this.watermark.valueMs > blindLagMs;', 'false;')],
    test: spec('channel'),
  },
  {
    name: 'settling-ends',
    sentence: 'Nothing holds verdicts for ever: settling ends by itself after 30 T.',
    edits: [edit('settle-rule', 'if (nowMs - curedAtMs > settleAtMostMs) return true;', '')],
    test: spec('settle-rule'),
  },
  {
    name: 'a-shared-queue-is-told',
    sentence: 'Half of the own canaries lost means two readers on one queue: blind, and the reason says so.',
    edits: [edit('canary-ledger', 'return lost >= 0.35', 'return lost > rememberedOutcomes && lost >= 0.35')],
    test: spec('channel'),
  },
  {
    name: 'a-drain-loses-no-canary',
    sentence: 'A canary that others overtook has the time of a drain; else a drained queue looks shared.',
    edits: [edit('canary-ledger', 'const overtakenIntervals = 3;', 'const overtakenIntervals = 0;')],
    test: spec('canary-ledger'),
  },
];

/** Verdicts, and what may hold them. */
const verdicts: readonly Ablation[] = [
  {
    name: 'boundaries-are-strict',
    sentence: 'Silence of exactly (k + 0.5) T is not down yet.',
    edits: [edit('judge-silence', 'silenceMs > (missedBeats + 0.5)', 'silenceMs >= (missedBeats + 0.5)')],
    test: spec('judge-silence'),
  },
  {
    name: 'no-verdict-while-blind',
    sentence: 'A verdict of suspect or worse needs a channel that is not blind.',
    edits: [edit('judge-instances', 'const held = core.channel.blind;', 'const held = false;')],
    test: spec('verdicts'),
  },
  {
    name: 'mass-silence-counts-crossings',
    sentence: 'Only those who crossed within T count; as a level the hold never ends.',
    edits: [edit('mass-silence', 'filter(({ atMs }) => atMs >= oldestMs)', 'filter(() => true)')],
    test: spec('mass-silence'),
  },
  {
    name: 'an-unproven-mass-silence-holds-for-a-while',
    sentence: 'On a channel that is not proven mass silence holds the verdicts, for T at most.',
    edits: [edit('judge-instances', '{ nowMs, trusted }) || held;', '{ nowMs, trusted }) && held;')],
    test: spec('verdicts'),
  },
  {
    name: 'mass-silence-needs-three',
    sentence: 'Mass silence needs three at least: two of three are two deaths.',
    edits: [edit('mass-silence', 'silent >= massAtLeast && ', '')],
    test: spec('mass-silence'),
  },
];

/** k from the measured loss. */
const missedBeats: readonly Ablation[] = [
  {
    name: 'k-falls-after-an-hour',
    sentence: 'k is lowered after 1 h only; else it flips between two values at every boundary.',
    edits: [
      edit('missed-beats', 'if (nowMs - this.lowerSinceMs < this.settings.lowerAfterMs) return false;', ''),
    ],
    test: spec('missed-beats'),
  },
  {
    name: 'an-unknown-channel-is-a-good-one',
    sentence: 'Loss is (missing + 0.1) / (seen + 200); a naive ratio calls one lost of ten a loss of 10 %.',
    edits: [edit('loss-meter', '(sum(this.seen) + 200)', 'sum(this.seen)')],
    test: spec('loss-meter'),
  },
  {
    name: 'a-filled-gap-is-no-loss',
    sentence: 'A gap counts only if no late beat filled it.',
    edits: [edit('gap-watch', 'lost += gap.window.missing(gap);', 'lost += gap.count;')],
    test: spec('loss-meter'),
  },
  {
    name: 'a-long-gap-is-an-outage',
    sentence: 'A gap of more than 8 beats is an outage, not loss.',
    edits: [edit('gap-watch', 'if (gap.count > this.settings.gapMaxBeats) return;', '')],
    test: spec('loss-meter'),
  },
  {
    name: 'a-gap-near-blindness-is-no-loss',
    sentence: 'A gap within 60 s of a blind period does not count: a purged queue is not a lossy one.',
    edits: [edit('gap-watch', 'if (lastBlindMs < gap.fromMs - gapClearanceMs) lost', 'lost')],
    test: spec('loss-meter'),
  },
];

const notWhileBlind = 'if (core.channel.blind) return;\n';
const overEndedPods = 'for (const instance of core.endedPods)';
const overUnvouched = 'for (const instance of core.unvouched)';

/** Leaves, burials, the second witness, restarts. */
const endings: readonly Ablation[] = [
  {
    name: 'burial-counts-from-the-death',
    sentence: 'A burial waits 5 minutes from the death, also where enough were alive all the time.',
    edits: [edit('keep-house', 'Math.min(endedForMs, fulfilledForMs)', 'fulfilledForMs')],
    test: spec('departures'),
  },
  {
    name: 'a-dead-service-is-not-expected-dead',
    sentence: 'A service whose last instance is down expects one; else its alert resolves by itself.',
    edits: [edit('expected-instances', 'now.alive === 0 && now.down > 0 ? 1 : 0', '0')],
    test: spec('departures'),
  },
  {
    name: 'leavers-are-not-missed',
    sentence: 'Expected is the most seen alive together, minus those that left.',
    edits: [edit('change-state', "if (to === 'left') service.expected.left();", '')],
    test: spec('departures'),
  },
  {
    name: 'a-deleted-pod-may-still-say-goodbye',
    sentence: 'A deleted pod is down after a short grace: its goodbye may still be on its way.',
    edits: [edit('second-witness', '<= core.settings.witnessGraceMs) continue;', '< 0) continue;')],
    test: spec('departures'),
  },
  {
    name: 'no-witness-verdict-while-blind',
    sentence: 'While blind a deleted pod is not down: its goodbye may be stuck in the queue.',
    edits: [edit('second-witness', `${notWhileBlind}  ${overEndedPods}`, overEndedPods)],
    test: spec('departures'),
  },
  {
    name: 'who-is-no-longer-vouched-for-is-not-down-while-blind',
    sentence:
      'While blind a mute instance stays mute, also when its pod is not ready or the witness is lost.',
    edits: [edit('second-witness', `${notWhileBlind}  ${overUnvouched}`, overUnvouched)],
    test: spec('departures'),
  },
  {
    name: 'a-container-exit-is-not-of-the-next-start',
    sentence: 'An exit that is told late is not that of the process that was started in its place.',
    edits: [
      edit(
        'second-witness',
        'return startedAtMs > exitedAtMs;',
        'return startedAtMs > Infinity + exitedAtMs;',
      ),
    ],
    test: spec('departures'),
  },
  {
    name: 'who-was-told-to-end-is-not-mute',
    sentence: 'A pod that was told to end and falls silent has ended: it is down, not mute.',
    edits: [edit('second-witness', "    instance.podPhase = pod === 'leaving' ? pod : undefined;\n", '')],
    test: spec('departures'),
  },
  {
    name: 'a-silent-pod-that-is-ready-is-mute',
    sentence: 'A pod that Kubernetes calls ready and that is silent is mute, not down.',
    edits: [edit('judge-instances', "verdict === 'down' && instance.podPhase === 'ready';", 'false;')],
    test: spec('departures'),
  },
  {
    name: 'a-restarted-detector-keeps-the-states',
    sentence: 'A restart changes no verdict: whoever was down or left still is.',
    edits: [edit('save-and-load', '...blank,\n    ...plain,', "...blank,\n    ...plain,\n    state: 'up',")],
    test: spec('save-and-load'),
  },
  {
    name: 'a-torn-snapshot-is-refused',
    sentence:
      'A snapshot that was not written to its end is not loaded: who is missing in it would be forgotten.',
    edits: [
      edit(
        'snapshot',
        "if (end?.kind !== 'end' || end.pieces !== all.length - 1) throw new",
        'if (all.length < 0) throw new',
      ),
    ],
    test: spec('save-and-load'),
  },
  {
    name: 'a-restarted-detector-warms-up-for-its-own-k',
    sentence: 'The warm-up is k T with the saved k.',
    edits: [
      edit('detector', '...(settings.fixedMissedBeats === undefined ? savedMissedBeats(snapshot) : []),', ''),
    ],
    test: spec('save-and-load'),
  },
];

/** Rules of the failure detector that are held by its specs: the main ones are in detector-quality.ts. */
export const failureDetectorAblations: readonly Ablation[] = [
  ...counting,
  ...senderTime,
  ...channel,
  ...verdicts,
  ...missedBeats,
  ...endings,
];
