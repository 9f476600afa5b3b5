import { sendDeadLetters } from '../dead-letter/dead-letter-sender';
import type { BatchReport } from './batch-report';
import type { ConsumerOptions } from './consumer-options';
import type { ConsumerPorts } from './consumer-ports';
import { keepHidden, type Extension } from './keep-hidden';
import type { VisibilityChange } from './message-queue';
import type { ReceivedMessage } from './received-message';
import { runHandler, type HandlerOutcome } from './run-handler';
import { delaySeconds, planSettlement } from './settlement-plan';
import { Settler } from './settler';
import { troubleOf } from './trouble';

/** An extension is sent when a third of the time is gone, so two of them in a row may fail. */
const EXTENSIONS_PER_VISIBILITY = 3;

/**
 * Takes one batch from receipt to its end.
 *
 *     received --> handler --> dead letters sent --> hook --> given back / deleted
 *        '------ hidden from others, extended -------'
 */
export class BatchProcessor {
  private readonly settler: Settler;

  constructor(
    private readonly ports: ConsumerPorts,
    private readonly options: ConsumerOptions,
  ) {
    this.settler = new Settler(ports, options);
  }

  /** Never throws: what fails is signalled, and its messages come back. */
  async process(batch: readonly ReceivedMessage[]): Promise<BatchReport> {
    const extension = this.keepHidden(batch);
    const handled = await this.handle(batch);
    const plan = planSettlement(batch, dispositionsOf(handled), this.delay);
    const buried = await sendDeadLetters(plan.deadLetters, this.ports);
    const kept = plan.deadLetters.filter(({ message }) => !buried.includes(message));
    const givenBack = [...plan.givenBack, ...kept.map(({ message }) => this.later(message))];
    // Before anything is given back: an extension that comes late would hide it again.
    await extension.stop();
    await this.settler.giveBack(givenBack);
    await this.settler.delete([...plan.acknowledged, ...buried]);
    return {
      outcome: handled.outcome,
      received: batch.length,
      acknowledged: plan.acknowledged.length,
      givenBack: givenBack.length,
      deadLettered: buried.length,
    };
  }

  /** Gives a whole batch back at once, unhandled: for what arrives while the process is leaving. */
  async refuse(batch: readonly ReceivedMessage[]): Promise<void> {
    await this.settler.giveBack(batch.map(({ receiptHandle }) => ({ receiptHandle, seconds: 0 })));
  }

  private async handle(batch: readonly ReceivedMessage[]): Promise<HandlerOutcome> {
    const startedAtMs = this.ports.now();
    const { handlerTimeoutMs: timeoutMs } = this.options;
    const limit = { timeoutMs, schedule: this.ports.schedule };
    const handled = await runHandler(this.ports.handle, batch, limit);
    const durationMs = this.ports.now() - startedAtMs;
    this.ports.observe?.({ kind: 'handled', messages: batch.length, durationMs });
    if (handled.outcome !== 'handled') {
      const cause = handled.outcome === 'handler_failed' ? handled.error : `no answer in ${timeoutMs} ms`;
      this.ports.observe?.(troubleOf('handle', batch.length, cause, handled.outcome));
    }
    return handled;
  }

  private get delay(): Parameters<typeof delaySeconds>[1] {
    return { backoff: this.options.giveBackBackoff, random: this.ports.random };
  }

  private later(message: ReceivedMessage): VisibilityChange {
    return { receiptHandle: message.receiptHandle, seconds: delaySeconds(message, this.delay) };
  }

  private keepHidden(batch: readonly ReceivedMessage[]): Extension {
    const seconds = this.options.visibilitySeconds;
    const changes = batch.map(({ receiptHandle }) => ({ receiptHandle, seconds }));
    return keepHidden({
      everyMs: (seconds * 1_000) / EXTENSIONS_PER_VISIBILITY,
      schedule: this.ports.schedule,
      extend: async () => this.settler.changeVisibility('extend_visibility', changes),
    });
  }
}

function dispositionsOf(handled: HandlerOutcome): Parameters<typeof planSettlement>[1] {
  return handled.outcome === 'handled' ? handled.dispositions : [];
}
