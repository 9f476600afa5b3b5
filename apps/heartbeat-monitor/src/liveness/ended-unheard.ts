import type { Fact, WrittenState } from '@latido/failure-detector';

/** One start of one instance, as the edge books name it. */
export interface Incarnate {
  readonly service: string;
  readonly instance: string;
}

/**
 * Who ended without a goodbye: declared dead, or replaced by a new start of the same instance.
 *
 * A goodbye carries the last reports; of these the last ones never came, so the books cannot say what became of
 * the messages that they held.
 */
export function endedUnheard(facts: readonly Fact[]): readonly Incarnate[] {
  return facts.flatMap((fact) => {
    if (fact.kind === 'transition' && fact.to === 'down') return [incarnate(fact)];
    if (fact.kind !== 'restart' || hadLeft(fact, facts)) return [];
    return [incarnate({ ...fact, incarnation: fact.replacedIncarnation })];
  });
}

/**
 * The same, read off the record: what another replica, or this one before it ended, has put there. Whoever left is named
 * too where this one had not heard it: the goodbye with the last reports may have expired meanwhile. Should it come after
 * all, it settles what was in doubt.
 *
 * @param before - what was known of the instance until then.
 */
export function endedOnRecord(
  before: { readonly incarnation: string; readonly state: string } | undefined,
  written: WrittenState,
): Incarnate | undefined {
  const isSame = before?.incarnation === written.incarnation;
  if (written.state === 'down') return incarnate(written);
  if (written.state === 'left') return isSame && before?.state === 'left' ? undefined : incarnate(written);
  const isReplaced = written.state === 'up' && before?.state !== 'left' && !isSame;
  return before && isReplaced ? incarnate({ ...written, incarnation: before.incarnation }) : undefined;
}

/** Who has no live start any more: declared dead, or gone with a goodbye. */
export function gone(facts: readonly Fact[]) {
  return facts.filter(
    (fact) => fact.kind === 'transition' && (fact.to === 'down' || fact.to === 'left'),
  ) as readonly Extract<Fact, { readonly kind: 'transition' }>[];
}

/** Names an incarnation for the edge books. */
export function incarnate(of: {
  readonly service: string;
  readonly instanceId: string;
  readonly incarnation: string;
}): Incarnate {
  return { service: of.service, instance: `${of.instanceId}/${of.incarnation}` };
}

/** The instance said goodbye before it started again: it comes from `left`. */
function hadLeft(restart: { readonly service: string; readonly instanceId: string }, facts: readonly Fact[]) {
  return facts.some(
    (fact) =>
      fact.kind === 'transition' &&
      fact.from === 'left' &&
      fact.service === restart.service &&
      fact.instanceId === restart.instanceId,
  );
}
