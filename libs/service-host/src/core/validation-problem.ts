import type { ProblemItem } from './problem';

/** One finding of a JSON Schema validator, in the shape of ajv. */
export interface SchemaFinding {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** More would be no help, and the answer is bounded. */
const MAX_ITEMS = 20;

/**
 * What a person can correct, one item a field, from what a validator found: a field that is missing
 * or unknown is named itself, not the object it stands in.
 */
export function validationItems(findings: readonly SchemaFinding[]): readonly ProblemItem[] {
  return findings.filter(isAboutAField).slice(0, MAX_ITEMS).map(itemOf);
}

/** Which branch of an `if` was not met says nothing: what is wrong in that branch is a finding of its own. */
function isAboutAField({ keyword }: SchemaFinding): boolean {
  return keyword !== 'if';
}

function itemOf({ instancePath, keyword, message, params }: SchemaFinding): ProblemItem {
  switch (keyword) {
    case 'required':
      return { pointer: below(instancePath, params['missingProperty']), detail: 'is missing' };
    case 'additionalProperties':
      return { pointer: below(instancePath, params['additionalProperty']), detail: 'is not a known field' };
    case 'false schema':
      return { pointer: instancePath, detail: 'is not allowed here' };
    case 'enum':
      return { pointer: instancePath, detail: `must be one of ${JSON.stringify(params['allowedValues'])}` };
    case 'const':
      return { pointer: instancePath, detail: `must be ${JSON.stringify(params['allowedValue'])}` };
    default:
      return { pointer: instancePath, detail: message ?? `breaks the rule "${keyword}"` };
  }
}

function below(pointer: string, name: unknown): string {
  const escaped = String(name).slice(0, 256).replaceAll('~', '~0').replaceAll('/', '~1');
  return `${pointer}/${escaped}`;
}
