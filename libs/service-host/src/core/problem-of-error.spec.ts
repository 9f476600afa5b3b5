import * as fc from 'fast-check';
import { type ErrorEntry, errorRegistry } from './error-registry';
import { ProblemError } from './problem';
import { problemOfError } from './problem-of-error';

const withFields = (message: string, fields: object) => Object.assign(new Error(message), fields);

describe('problemOfError', () => {
  it('answers with what a ProblemError says', () => {
    const errors = [{ pointer: '/a', detail: 'is missing' }];
    expect(problemOfError(new ProblemError('invalid_request', { detail: 'd', errors }))).toEqual({
      type: 'urn:latido:problem:invalid_request',
      title: 'Some fields are not valid',
      status: 422,
      detail: 'd',
      code: 'invalid_request',
      errors,
    });
  });

  it('recognises an error of a library by its code, and says what to do instead of its message', () => {
    const problem = problemOfError(withFields('table Secret at 10.0.0.1', { code: 'throttled' }));
    expect(problem).toMatchObject({ status: 503, code: 'throttled', detail: errorRegistry.throttled.action });
  });

  it('gives a framework its status and its message', () => {
    expect(problemOfError(withFields('Cannot GET /x', { status: 404 }))).toMatchObject({
      code: 'route_unknown',
      detail: 'Cannot GET /x',
    });
    expect(problemOfError(withFields('no', { status: 405 }))).toMatchObject({
      status: 405,
      code: 'request_refused',
    });
  });

  it('says nothing of an error it does not know', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(problemOfError(thrown)).toMatchObject({ status: 500, code: 'internal_error' });
      }),
    );
    expect(JSON.stringify(problemOfError(new Error('hunter2')))).not.toContain('hunter2');
    expect(JSON.stringify(problemOfError(withFields('hunter2', { status: 500 })))).not.toContain('hunter2');
  });
});

describe('the error registry', () => {
  const all: readonly (readonly [string, ErrorEntry])[] = Object.entries(errorRegistry);
  test.each(all)('%s has a status that says error, and an action', (_code, { status, title, action }) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect([title.length > 0, action.length > 0]).toEqual([true, true]);
  });
});
