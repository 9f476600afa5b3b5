import { digest } from './digest';

const MODULUS = 2 ** 52;

/**
 * What a process has learned, as one number: the answers to each of its calls, in their order.
 *
 * The order *between* different calls is left out on purpose: threads that asked different things are
 * in the same state whoever was answered first. What the order did decide shows in the calls that
 * are pending.
 */
export class ProcessMemory {
  private readonly answers = new Map<string, number>();
  private sum = 0;

  get digest(): number {
    return this.sum;
  }

  note(call: string, answer: string): void {
    const before = this.answers.get(call) ?? 0;
    const after = digest(`${before} ${call} ${answer}`) % MODULUS;
    this.answers.set(call, after);
    this.sum = (((this.sum + after - before) % MODULUS) + MODULUS) % MODULUS;
  }
}
