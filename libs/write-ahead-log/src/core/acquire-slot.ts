import { SlotUnavailableError } from './errors';
import { HeldSlot, type WriterPorts } from './held-slot';
import type { Writer } from './writer';

/** Slots a service may have. Each is one strong read a minute and process: 256 leave room for a large fleet. */
export const MAX_SLOTS = 256;

/** Races lost before giving up. Each loss means that another writer got a slot. */
const MAX_ROUNDS = MAX_SLOTS;

/**
 * Takes the first slot that was released, or else the first that never was: slots stay dense from 0.
 *
 * @throws {@link SlotUnavailableError} when all {@link MAX_SLOTS} are held, or as many races were lost.
 */
export async function acquireSlot(service: string, ports: WriterPorts): Promise<HeldSlot> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const writers = await ports.retry(() => ports.writers.readAll(service));
    const released = writers.find((writer) => writer.state === 'released');
    if (!released && writers.length >= MAX_SLOTS)
      throw new SlotUnavailableError(service, `all ${MAX_SLOTS} are held`);
    const held = released ? await takeOver(released, ports) : await addSlot(service, writers.length, ports);
    if (held) return held;
  }
  throw new SlotUnavailableError(service, `${MAX_ROUNDS} races lost in a row`);
}

/**
 * Makes this process the owner of a slot by raising the epoch in the item that holds the mark: from here on, no
 * earlier owner can move the mark, and what it says is where the walk starts.
 *
 * @returns nothing when the writer was not as seen any more: it lives, or somebody else was faster.
 */
export async function takeOver(seen: Writer, ports: WriterPorts): Promise<HeldSlot | undefined> {
  const to: Writer = { ...seen, epoch: seen.epoch + 1, token: ports.newToken(), state: 'held' };
  const write = await ports.retry(() => ports.writers.replace({ from: seen, to }));
  return isMine(write, to) ? new HeldSlot(to, ports) : undefined;
}

async function addSlot(service: string, slot: number, ports: WriterPorts): Promise<HeldSlot | undefined> {
  const writer: Writer = { service, slot, epoch: 1, lowWater: 1, token: ports.newToken(), state: 'held' };
  const write = await ports.retry(() => ports.writers.putIfAbsent(writer));
  return isMine(write, writer) ? new HeldSlot(writer, ports) : undefined;
}

/** A refusal by the own token is a success whose reply was lost. */
function isMine(
  write: { readonly outcome: 'stored' | 'refused'; readonly stored?: Writer },
  to: Writer,
): boolean {
  return write.outcome === 'stored' || write.stored?.token === to.token;
}
