import { parse } from 'yaml';
import { Pace } from './pace';
import { shortenExpression, shortenRoutes, shortenRules } from './shorten';

const pace = new Pace(1_000);

describe('shortenRules', () => {
  it('shortens intervals, for, keep_firing_for and the ranges of expressions, and leaves texts alone', () => {
    const text = `groups:
  - name: g
    interval: 15s
    rules:
      - alert: A
        expr: increase(x[3m]) > 4
        for: 4m
        keep_firing_for: 2m
        annotations: { summary: "lost in [3m], for 4m" }
`;
    expect(parse(shortenRules(text, pace))).toEqual({
      groups: [
        {
          name: 'g',
          interval: '1500ms',
          rules: [
            {
              alert: 'A',
              expr: 'increase(x[18000ms]) > 4',
              for: '24000ms',
              keep_firing_for: '12000ms',
              annotations: { summary: 'lost in [3m], for 4m' },
            },
          ],
        },
      ],
    });
  });
});

describe('shortenExpression', () => {
  it.each([
    ['rate(x[1m30s])', 'rate(x[9000ms])'],
    ['max_over_time(rate(x[1m])[3m:20s])', 'max_over_time(rate(x[6000ms])[18000ms:2000ms])'],
    ['max_over_time(x[3m:])', 'max_over_time(x[18000ms:])'],
    ['x offset 2m > 0', 'x offset 12000ms > 0'],
    ['(x offset 2m)', '(x offset 12000ms)'],
    ['level:metric:rate5m{a="5m"} > 10', 'level:metric:rate5m{a="5m"} > 10'],
  ])('makes of %s %s', (before, after) => {
    expect(shortenExpression(before, pace)).toBe(after);
  });
});

describe('shortenRoutes', () => {
  it('shortens the waits of nested routes', () => {
    const routes = { route: { group_wait: '10s', routes: [{ group_interval: '1m', receiver: '10s' }] } };
    expect(shortenRoutes(routes, pace)).toEqual({
      route: { group_wait: '1000ms', routes: [{ group_interval: '6000ms', receiver: '10s' }] },
    });
  });
});
