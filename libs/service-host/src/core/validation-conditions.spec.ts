import { validationItems } from './validation-problem';

describe('findings of a conditional schema', () => {
  it('names the field that is missing in a branch, and not the branch', () => {
    const findings = [
      { instancePath: '', keyword: 'required', params: { missingProperty: 'data' } },
      { instancePath: '', keyword: 'if', message: 'must match "else" schema', params: {} },
    ];
    expect(validationItems(findings)).toEqual([{ pointer: '/data', detail: 'is missing' }]);
  });

  it('says of a field that a branch excludes that it is not allowed there', () => {
    const findings = [{ instancePath: '/data', keyword: 'false schema', params: {} }];
    expect(validationItems(findings)).toEqual([{ pointer: '/data', detail: 'is not allowed here' }]);
  });
});
