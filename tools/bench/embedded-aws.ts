import { startLocalAws } from '@latido/testing';

/**
 * Runs a scenario against an embedded AWS of its own: a process beside this one, on free ports, with its data in
 * memory. Clients made in `work` find it through the environment, as they find the real one.
 */
export async function withEmbeddedAws<T>(work: () => Promise<T>): Promise<T> {
  const aws = await startLocalAws();
  Object.assign(process.env, aws.env);
  try {
    return await work();
  } finally {
    await aws.process.kill('SIGTERM');
  }
}
