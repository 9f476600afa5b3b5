import type { Template } from 'aws-cdk-lib/assertions';
import { resources, text } from './synthesized';

/** One statement of a policy of a role. */
export interface Statement {
  readonly role: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

interface RawStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** What roles are allowed, policy by policy. Everything an Allow could hide in is looked at. */
export function allowed(template: Template): readonly Statement[] {
  return resources(template, 'AWS::IAM::Policy').flatMap(({ properties }) => {
    const { Statement } = properties['PolicyDocument'] as { readonly Statement: readonly RawStatement[] };
    const [role] = properties['Roles'] as readonly unknown[];
    return Statement.filter(({ Effect }) => Effect === 'Allow').map(({ Action, Resource }) => ({
      role: text(role),
      actions: typeof Action === 'string' ? [Action] : Action,
      resources: (Array.isArray(Resource) ? (Resource as readonly unknown[]) : [Resource]).map(text),
    }));
  });
}
