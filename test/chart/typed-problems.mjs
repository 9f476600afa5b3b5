// Reads a JSON list of objects, writes for each the list of what is wrong with it. A process of its own, because the
// packages with the types are ES modules only and large.
import { text } from 'node:stream/consumers';
import * as client from '@kubernetes/client-node';

const types = new Map(Object.entries(client));

const MODELS = {
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api/gateway.networking.k8s.io',
  'keda.sh': '@kubernetes-models/keda/keda.sh',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator/monitoring.coreos.com',
};

/** Its type by the published schemas; Argo Rollouts publishes none. */
async function modelOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  if (group === 'argoproj.io') return undefined;
  const place = MODELS[group]
    ? `${MODELS[group]}/${version}`
    : ['kubernetes-models', group, version].filter(Boolean).join('/');
  const model = (await import(place))[kind];
  if (!model) throw new Error(`${place} has no ${kind}`);
  return model;
}

async function wrongTypes(object) {
  const Model = await modelOf(object);
  if (!Model) return [];
  try {
    new Model(object).validate();
    return [];
  } catch (error) {
    return [error.message];
  }
}

/** Fields that the client's attribute map does not know, which the schemas above let pass. */
function unknownFields(value, type, path) {
  if (Array.isArray(value)) {
    const inner = /^Array<(.+)>$/.exec(type)?.[1];
    return inner ? value.flatMap((item, index) => unknownFields(item, inner, `${path}[${index}]`)) : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const inMap = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (inMap)
    return Object.entries(value).flatMap(([key, item]) => unknownFields(item, inMap, `${path}.${key}`));
  const attributes = types.get(type)?.getAttributeTypeMap?.();
  if (!attributes) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const attribute = attributes.find(({ baseName }) => baseName === key);
    return attribute
      ? unknownFields(item, attribute.type, `${path}.${key}`)
      : [`${path}.${key} is no field of ${type}`];
  });
}

function typeName({ apiVersion, kind }) {
  const version = apiVersion.split('/').pop();
  return `${version[0].toUpperCase()}${version.slice(1)}${kind}`;
}

const objects = JSON.parse(await text(process.stdin));
const problems = [];
for (const object of objects)
  problems.push([...(await wrongTypes(object)), ...unknownFields(object, typeName(object), object.kind)]);
process.stdout.write(JSON.stringify(problems));
