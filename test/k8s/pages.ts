import { AlertWatch } from './alert-watch';
import { runStartedAtMs } from './cluster';
import { NAMESPACE } from './release';
import { whereThereIs } from './where-there-is';

/**
 * Checks, where there is a Prometheus, that nobody was paged for what is not true since the run began. It looks that far back
 * because a loss is told minutes after it happened: a part hears of it what the parts before it did.
 *
 * @param truth - what was true, as the end of the title; its alerts may have paged.
 */
export function checkPages(truth?: { readonly title: string; readonly alerts: readonly string[] }): void {
  const { title, alerts } = truth ?? { title: 'nobody through all of this', alerts: [] };
  whereThereIs('monitoring').describe('pages', () => {
    it(`has paged ${title}`, async () => {
      const paged = await AlertWatch.pagedSince(NAMESPACE, runStartedAtMs());
      expect(paged.filter((name) => !alerts.includes(name))).toEqual([]);
    });
  });
}
