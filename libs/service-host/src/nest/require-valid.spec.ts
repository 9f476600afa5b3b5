import { problemOfError } from '../core/problem-of-error';
import { requireValid } from './valid-input';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['subject'],
  properties: { subject: { type: 'string', minLength: 1 } },
} as const;

describe('requireValid', () => {
  it('lets a value pass that the schema accepts', () => {
    expect(() => requireValid(schema, { subject: 'cart-7' })).not.toThrow();
  });

  it('refuses another with each wrong field', () => {
    const refusal = (() => {
      try {
        requireValid(schema, { subjekt: 'cart-7' });
      } catch (error) {
        return problemOfError(error);
      }
      return undefined;
    })();
    expect(refusal).toMatchObject({
      status: 422,
      code: 'invalid_request',
      errors: [
        { pointer: '/subject', detail: 'is missing' },
        { pointer: '/subjekt', detail: 'is not a known field' },
      ],
    });
  });
});
