import { latencyPage } from './latency-page';

describe('latencyPage', () => {
  it('puts the figures beside the budget', () => {
    const latencies = [50_000, 60_000, 70_000].map((pagesMs) => ({ pagesMs, firesMs: pagesMs - 10_000 }));
    const page = latencyPage({ latencies, pages: 3, load: 1 }, { date: '2026-01-01', machine: '2 cores' });
    expect(page).toContain('| p50 | 50.0 s          | 60.0 s              | 60 s   |');
    expect(page).toContain('| p99 | 60.0 s          | 70.0 s              | 75 s   |');
  });
});
