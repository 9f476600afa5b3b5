import { byFate, type PortCall } from '@latido/simulation';
import { aBatchWorld } from '../testing/batch-world';
import { anEnvelope, anEventBody, putOf } from '../testing/an-event-message';
import { serializeEnvelope } from '@latido/messaging';

const kinds = (
  processed: readonly { readonly disposition: { readonly kind: string } }[],
): readonly string[] => processed.map(({ disposition }) => disposition.kind);

describe('processBatch', () => {
  it('makes a version of an event, tells its producer, and acknowledges', async () => {
    const world = await aBatchWorld();
    const { run } = await world.start();
    const [processed] = await run(anEventBody('e1'));
    expect(processed).toMatchObject({
      disposition: { kind: 'acknowledge' },
      outcome: { kind: 'applied', version: 1 },
    });
    expect(await world.history()).toEqual(['event#e1']);
    expect(await world.told()).toMatchObject([{ requestId: 'e1', outcome: 'applied', version: 1 }]);
  });

  it('gives a message back whose receipt was not taken, although its event is applied', async () => {
    const world = await aBatchWorld();
    const { run } = await world.start(byFate(({ name }) => (name === 'receipts.publish' ? 'failed' : 'ok')));
    expect(kinds(await run(anEventBody('e1')))).toEqual(['giveBack']);
    expect(await world.history()).toEqual(['event#e1']);
  });

  it('has sent the receipts when it says what may be acknowledged', async () => {
    const world = await aBatchWorld();
    const calls: string[] = [];
    const { run } = await world.start(async ({ name, perform }) => {
      const answer = await perform();
      calls.push(name);
      return answer;
    });
    const processed = await run(anEventBody('e1')).finally(() => calls.push('answered'));
    expect(kinds(processed)).toEqual(['acknowledge']);
    expect(calls.slice(-2)).toEqual(['receipts.publish', 'answered']);
  });

  it('tells a producer again when its event comes again', async () => {
    const world = await aBatchWorld();
    const { run } = await world.start();
    await run(anEventBody('e1'));
    const [again] = await run(anEventBody('e1'));
    expect(again?.outcome).toEqual({ kind: 'duplicate', version: 1 });
    expect(await world.told()).toMatchObject([{ version: 1 }, { version: 1 }]);
  });

  it('lets copies in one batch share a receipt, and counts the second as a duplicate', async () => {
    const world = await aBatchWorld();
    const { run } = await world.start();
    const body = anEventBody('e1');
    const processed = await run(body, body);
    expect(kinds(processed)).toEqual(['acknowledge', 'acknowledge']);
    expect(processed.map(({ outcome }) => outcome?.kind)).toEqual(['applied', 'duplicate']);
    expect(await world.told()).toHaveLength(1);
  });

  it('buries poison with its reason and handles its neighbours as if it were not there', async () => {
    const world = await aBatchWorld();
    const { run } = await world.start();
    const processed = await run(
      anEventBody('e1'),
      'no json',
      anEventBody('e2', { type: 'foreign.type.v1', dataschema: 'urn:foreign' }),
      anEventBody('e3', {
        dataschema: 'urn:latido:contract:latido.state.changed:9',
        type: 'latido.state.changed.v9',
      }),
      anEventBody('e4', { data: { operation: 'explode' } }),
      anEventBody('e5'),
    );
    expect(
      processed.map(({ disposition }) => ('reason' in disposition ? disposition.reason : disposition.kind)),
    ).toEqual(['acknowledge', 'not_json', 'unknown_type', 'unknown_version', 'invalid_data', 'acknowledge']);
    expect(await world.history()).toEqual(['event#e1', 'event#e5']);
  });

  it('keeps the receipts of dead letters for after they have arrived: certain for invalid data alone', async () => {
    const world = await aBatchWorld();
    const { run } = await world.start();
    const processed = await run(
      'no json',
      anEventBody('e2', { type: 'foreign.type.v1', dataschema: 'urn:foreign' }),
      anEventBody('e4', { data: { operation: 'explode' } }),
    );
    expect(processed.map(({ receiptAfterBurial }) => receiptAfterBurial?.data.certain)).toEqual([
      undefined,
      false,
      true,
    ]);
    expect(await world.told()).toEqual([]);
  });

  it('buries an event for a subject of the platform, certain for its producer, and leaves the history alone', async () => {
    const world = await aBatchWorld();
    const [processed] = await (await world.start()).run(anEventBody('e1', { subject: 'service#cart' }));
    expect(processed).toMatchObject({
      disposition: { kind: 'deadLetter', reason: 'reserved_subject' },
      receiptAfterBurial: { data: { outcome: 'failed', certain: true } },
    });
    expect(await world.tables.claims.read('event#e1')).toMatchObject({
      decision: { rejected: 'reserved_subject' },
    });
    expect(await world.history('service#cart')).toEqual([]);
  });

  it('stores the rejection of invalid data, so that every copy is answered the same', async () => {
    const world = await aBatchWorld();
    await (await world.start()).run(anEventBody('e4', { data: { operation: 'explode' } }));
    expect(await world.tables.claims.read('event#e4')).toMatchObject({
      decision: { rejected: 'invalid_data' },
    });
    const [again] = await (await world.start()).run(anEventBody('e4', { data: { operation: 'explode' } }));
    expect(again).toMatchObject({
      outcome: { kind: 'rejected' },
      receiptAfterBurial: { data: { certain: true } },
    });
  });

  it('buries an impostor and answers it under its own fingerprint, uncertain', async () => {
    const world = await aBatchWorld();
    const { run } = await world.start();
    const [, impostor] = await run(anEventBody('e1'), anEventBody('e1', { data: putOf('other') }));
    expect(impostor).toMatchObject({
      disposition: { kind: 'deadLetter', reason: 'fingerprint_conflict', requestId: 'e1' },
    });
    const [original] = await world.told();
    expect(impostor?.receiptAfterBurial?.data).toMatchObject({ outcome: 'failed', certain: false });
    expect(impostor?.receiptAfterBurial?.data.fingerprint).not.toBe(original?.fingerprint);
  });

  it('buries an event that is older than its claims could be', async () => {
    const world = await aBatchWorld();
    const { run } = await world.start();
    const [old] = await run(anEventBody('e1', { time: '2020-01-01T00:00:00Z' }));
    expect(old?.disposition).toMatchObject({ kind: 'deadLetter', reason: 'beyond_horizon' });
  });

  it('acknowledges a value that grew too large, and tells that it is certain', async () => {
    const world = await aBatchWorld({ options: { maxValueBytes: 20 } });
    const { run } = await world.start();
    expect(kinds(await run(anEventBody('e1', { data: putOf('x'.repeat(30)) })))).toEqual(['acknowledge']);
    expect(await world.told()).toMatchObject([
      { outcome: 'failed', certain: true, reason: 'value_too_large' },
    ]);
  });

  it('stamps a receipt above the event it answers', async () => {
    const world = await aBatchWorld();
    const { run } = await world.start();
    await run(anEventBody('e1', { lamport: 700 }));
    expect((await world.told())[0]?.lamport).toBeGreaterThan(700);
  });

  it('clamps an absurd clock: the version keeps what was sent, its clock follows what is believed', async () => {
    const world = await aBatchWorld();
    await world.start();
    const { run, clock } = await world.start();
    const lamport = Number.MAX_SAFE_INTEGER - 1;
    await run(serializeEnvelope(anEnvelope('e1', { lamport })));
    const version = await world.tables.versions.readHead('cart-1');
    expect(version).toMatchObject({ lamport, cause: { flagged: true } });
    expect(version?.clock).toBeLessThan(200_000_000);
    expect(clock.clampedTotal).toBe(1);
  });

  describe('when any one call of a port fails or loses its reply', () => {
    const bodies = [anEventBody('e1'), anEventBody('e2', { subject: 'cart-2' }), anEventBody('e3')];

    const countCalls = async (): Promise<readonly string[]> => {
      const names: string[] = [];
      const world = await aBatchWorld();
      const { run } = await world.start(({ name, perform }: PortCall) => {
        names.push(name);
        return perform();
      });
      await run(...bodies);
      return names;
    };

    it.each(['failed', 'lost_reply'] as const)(
      'acknowledges nothing that is not applied and told: %s',
      async (fate) => {
        const calls = await countCalls();
        for (const broken of calls.keys()) {
          const world = await aBatchWorld();
          const { run } = await world.start(byFate((_call, index) => (index === broken ? fate : 'ok')));
          const processed = await run(...bodies).catch(() => []);
          const told = new Set((await world.told()).map(({ requestId }) => requestId));
          const applied = new Set([...(await world.history()), ...(await world.history('cart-2'))]);
          for (const { disposition, understood } of processed) {
            if (disposition.kind !== 'acknowledge' || understood.kind === 'unreadable') continue;
            expect([...applied]).toContain(`event#${understood.envelope.id}`);
            expect([...told]).toContain(understood.envelope.id);
          }
        }
        expect(calls.length).toBeGreaterThan(8);
      },
    );

    it.each(['failed', 'lost_reply'] as const)(
      'gives each event exactly one version and a receipt when another process gets the messages: %s',
      async (fate) => {
        for (const broken of (await countCalls()).keys()) {
          const world = await aBatchWorld();
          const first = await world.start(byFate((_call, index) => (index === broken ? fate : 'ok')));
          await first.run(...bodies).catch(() => []);
          const second = await world.start();
          expect(kinds(await second.run(...bodies))).toEqual(['acknowledge', 'acknowledge', 'acknowledge']);
          expect([...(await world.history())].toSorted()).toEqual(['event#e1', 'event#e3']);
          expect(await world.history('cart-2')).toEqual(['event#e2']);
          const told = new Set((await world.told()).map(({ requestId }) => requestId));
          expect([...told].toSorted()).toEqual(['e1', 'e2', 'e3']);
        }
      },
    );
  });
});
