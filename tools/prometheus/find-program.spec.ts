import { dirname } from 'node:path';
import { findProgram, MissingProgramError } from './find-program';

const wanted = { name: 'Node', commands: ['no-such-node', 'node'], install: 'install it' };

describe('findProgram', () => {
  it('takes the first of its names that is there', async () => {
    const directory = dirname(process.execPath);
    expect(await findProgram(wanted, `/no/such/directory:${directory}`)).toBe(`${directory}/node`);
  });

  it('says what to install when none is there', async () => {
    const search = findProgram(wanted, '/no/such/directory');
    await expect(search).rejects.toThrow(MissingProgramError);
    await expect(search).rejects.toThrow('Node is not installed (looked for no-such-node, node): install it');
  });
});
