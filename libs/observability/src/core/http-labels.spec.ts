import * as fc from 'fast-check';
import { httpLabels } from './http-labels';

describe('httpLabels', () => {
  it('uses the pattern of the route', () => {
    expect(
      httpLabels({ method: 'GET', routePattern: '/events/:id', statusCode: 200, aborted: false }),
    ).toEqual({
      http_request_method: 'GET',
      http_route: '/events/:id',
      http_response_status_code: '200',
    });
  });

  it('says _unmatched where no route answered', () => {
    expect(httpLabels({ method: 'GET', statusCode: 404, aborted: false }).http_route).toBe('_unmatched');
  });

  it('says _unmatched where only middleware was met, which is mounted on a catch-all pattern', () => {
    const labels = httpLabels({ method: 'GET', routePattern: '{/*splat}', statusCode: 404, aborted: false });
    expect(labels.http_route).toBe('_unmatched');
  });

  it('says 499 when the client did not wait', () => {
    const labels = httpLabels({ method: 'GET', routePattern: '/', statusCode: 200, aborted: true });
    expect(labels.http_response_status_code).toBe('499');
  });

  it('has ten methods at most, whatever a client sends', () => {
    const methods = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('GET', 'POST', 'get')), (method) => {
        methods.add(httpLabels({ method, statusCode: 200, aborted: false }).http_request_method);
      }),
    );
    expect([...methods].every((method) => method === '_OTHER' || /^[A-Z]+$/.test(method))).toBe(true);
    expect(methods.size).toBeLessThanOrEqual(10);
  });
});
