import type { Fact } from '@latido/failure-detector';
import type { Log } from '@latido/observability';
import type { MonitorListener } from '../liveness/monitor';

/** Writes what an operator would look for in the log: one line a fact, deaths and blindness as warnings. */
export class LogFacts implements MonitorListener {
  constructor(private readonly log: Log) {}

  found(facts: readonly Fact[]): void {
    for (const fact of facts) this.tell(fact);
  }

  private tell(fact: Fact): void {
    switch (fact.kind) {
      case 'transition':
        return this.tellTransition(fact);
      case 'blind':
        return this.tellBlindness(fact);
      case 'mass_silence':
        if (fact.raised)
          this.log.warn(
            { event: 'mass_silence', silent: fact.silent },
            `${fact.silent} fell silent together`,
          );
        return;
      case 'threshold':
        return this.log.info(
          {
            event: 'threshold_changed',
            service: fact.service,
            missed_beats: fact.missedBeats,
            loss: fact.loss,
          },
          `${fact.service}: down after ${fact.missedBeats} missed beats`,
        );
      case 'restart':
      case 'burial':
      default:
        return this.log.info(
          { event: `instance_${fact.kind}`, ...about(fact) },
          `${fact.service} ${fact.instanceId}: ${fact.kind}`,
        );
    }
  }

  private tellTransition(fact: Extract<Fact, { kind: 'transition' }>): void {
    const { from, to, reason, silentMs } = fact;
    const fields = { event: `instance_${to}`, ...about(fact), from, reason, silent_ms: Math.round(silentMs) };
    const message = `${fact.service} ${fact.instanceId}: ${from} -> ${to} (${reason})`;
    if (to === 'down' || to === 'mute') this.log.warn(fields, message);
    else if (to === 'late' || to === 'suspect' || from === 'late') this.log.debug(fields, message);
    else this.log.info(fields, message);
  }

  private tellBlindness({ blind, reasons, queueIsShared }: Extract<Fact, { kind: 'blind' }>): void {
    const fields = {
      event: blind ? 'monitor_blind' : 'monitor_sees',
      reasons,
      queue_is_shared: queueIsShared,
    };
    const expected = !blind || reasons.every((reason) => reason === 'warming' || reason === 'settling');
    if (expected)
      this.log.info(fields, blind ? `blind: ${reasons.join(', ')}` : 'sees again: verdicts count');
    else this.log.warn(fields, `blind: ${reasons.join(', ')}; verdicts are held`);
  }
}

function about(fact: {
  readonly service: string;
  readonly instanceId: string;
  readonly incarnation: string;
}) {
  return { about_service: fact.service, about_instance: fact.instanceId, incarnation: fact.incarnation };
}
