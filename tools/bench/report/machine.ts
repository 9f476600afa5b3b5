import { cpus, totalmem } from 'node:os';

const GB = 1024 ** 3;

/** The kind of machine, without names: cores, CPU model, memory and Node version. */
export function machineKind(): string {
  const cores = cpus();
  const model = (cores[0]?.model ?? 'unknown CPU').trim();
  return `${cores.length} cores (${model}), ${Math.round(totalmem() / GB)} GB memory, Node ${process.versions.node}`;
}
