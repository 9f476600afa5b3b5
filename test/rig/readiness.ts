import { eventually } from '@latido/testing';
import type { App, Scene } from './scene';

interface NotReady {
  readonly code: string;
  readonly errors: readonly { readonly name: string; readonly detail: string }[];
}

/** A dead host is asked every 2 s, and given up after the three tries of 3 s of a client. */
const NOTICES_WITHIN_MS = 20_000;
const RECOVERS_WITHIN_MS = 30_000;

/** Waits until a service is not ready and names exactly these dependencies, each with a reason. */
export async function untilAway(scene: Scene, app: App, dependencies: readonly string[]): Promise<void> {
  await eventually(
    async () => {
      const { status, body } = await scene.clientOf(app).get('/health/ready');
      expect([status, body]).toEqual([503, expect.objectContaining({ code: 'not_ready' })]);
      const { errors } = body as NotReady;
      expect(errors.map(({ name }) => name).toSorted()).toEqual(dependencies);
      for (const { detail } of errors) expect(detail).toMatch(/\w/);
    },
    { withinMs: NOTICES_WITHIN_MS },
  );
}

/** Waits until a service says that it is ready, by itself. */
export async function untilReady(scene: Scene, app: App): Promise<void> {
  await eventually(
    async () => expect(await scene.clientOf(app).get('/health/ready')).toMatchObject({ status: 200 }),
    { withinMs: RECOVERS_WITHIN_MS },
  );
}
