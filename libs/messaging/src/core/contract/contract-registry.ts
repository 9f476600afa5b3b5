import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import type { EventEnvelope } from '../envelope/event-envelope';
import { type Contract, contractNamedBy } from './contract';

/** One field that breaks its contract. */
export interface FieldProblem {
  /** JSON Pointer into `data`; the empty string is `data` itself. */
  readonly field: string;
  readonly problem: string;
}

/** What the contracts say of an event. The three refusals are counted apart: each has another person to call. */
export type ContractCheck =
  | { readonly outcome: 'ok' }
  | { readonly outcome: 'unknown_type'; readonly detail: string }
  | { readonly outcome: 'unknown_version'; readonly detail: string }
  | {
      readonly outcome: 'invalid_data';
      readonly detail: string;
      readonly problems: readonly FieldProblem[];
    };

/**
 * The contracts a service understands, compiled once.
 *
 * @example
 * const registry = new ContractRegistry([STATE_CHANGED_V1, myContract]);
 * registry.check(envelope); // => { outcome: 'ok' }
 */
export class ContractRegistry {
  private readonly validators = new Map<string, Map<string, ValidateFunction>>();

  /** @throws Error when a schema is not valid JSON Schema, a type does not end with its version, or two are the same. */
  constructor(readonly contracts: readonly Contract[]) {
    const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
    for (const { type, version, schema } of contracts) {
      const named = contractNamedBy({ type });
      if (named?.version !== version) throw new Error(`the type ${type} does not end with .v${version}`);
      const versions = this.validators.get(named.name) ?? new Map<string, ValidateFunction>();
      if (versions.has(version)) throw new Error(`there are two contracts for ${type}`);
      this.validators.set(named.name, versions.set(version, ajv.compile(schema)));
    }
  }

  /** Judges the type, then the version, then the data. Pure and synchronous. */
  check(event: Pick<EventEnvelope, 'type' | 'dataschema' | 'data'>): ContractCheck {
    const named = contractNamedBy(event);
    if (named === undefined)
      return refusal('unknown_version', `${event.type} and ${event.dataschema} disagree`);
    const versions = this.validators.get(named.name);
    if (versions === undefined) return refusal('unknown_type', `no contract is named ${named.name}`);
    const validate = versions.get(named.version ?? '');
    if (validate === undefined)
      return refusal('unknown_version', `${named.name} has versions ${[...versions.keys()].join(', ')}`);
    return validate(event.data) ? { outcome: 'ok' } : invalidData(validate.errors ?? []);
  }
}

/** People read the first few; a hostile document may have thousands. */
const MAX_PROBLEMS = 10;

function refusal(outcome: 'unknown_type' | 'unknown_version', detail: string): ContractCheck {
  return { outcome, detail };
}

function invalidData(errors: readonly ErrorObject[]): ContractCheck {
  const problems = errors.slice(0, MAX_PROBLEMS).map(fieldProblem);
  const detail = problems.map(({ field, problem }) => `data${field} ${problem}`).join('; ');
  return { outcome: 'invalid_data', detail, problems };
}

function fieldProblem({ instancePath, keyword, message, params }: ErrorObject): FieldProblem {
  const unwanted: unknown = params['additionalProperty'];
  const allowed: unknown = params['allowedValues'];
  if (keyword === 'additionalProperties' && typeof unwanted === 'string')
    return { field: `${instancePath}/${unwanted.slice(0, 64)}`, problem: 'is not part of the contract' };
  if (Array.isArray(allowed)) return { field: instancePath, problem: `must be one of ${allowed.join(', ')}` };
  return { field: instancePath, problem: message ?? keyword };
}
