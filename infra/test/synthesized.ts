import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { InfraContext } from '../src/context';
import { ImagesStack } from '../src/images-stack';
import { StageStack } from '../src/stage-stack';
import { type StageName, stageNamed } from '../src/stages';

export const CONTEXT: InfraContext = { namespace: 'latido', release: 'latido' };

/** The template of a stage, as it would be deployed. */
export function stageTemplate(name: StageName, context: Partial<InfraContext> = {}): Template {
  const stage = stageNamed(name);
  return Template.fromStack(new StageStack(new App(), `latido-${name}`, stage, { ...CONTEXT, ...context }));
}

/** The template of the images. */
export function imagesTemplate(context: Partial<InfraContext> = {}): Template {
  return Template.fromStack(new ImagesStack(new App(), 'latido-images', { ...CONTEXT, ...context }));
}

/** One resource of a template. */
export interface Made {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletionPolicy: string | undefined;
}

/** All resources of a type. */
export function resources(template: Template, type: string): readonly Made[] {
  const found = template.findResources(type) as Readonly<
    Record<string, { readonly Properties: Made['properties']; readonly DeletionPolicy?: string }>
  >;
  return Object.entries(found).map(([id, { Properties: properties, DeletionPolicy: deletionPolicy }]) => ({
    id,
    properties,
    deletionPolicy,
  }));
}

/** A value with its references spelt out, so that it can be compared: `arn:{AWS::Partition}:sns:...`. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = (value as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] })['Fn::Join'];
  if (join !== undefined) return join[1].map(text).join(join[0]);
  const ref = (value as { readonly Ref?: string }).Ref;
  return ref === undefined ? JSON.stringify(value) : `{${ref}}`;
}
