import { PagesBeingRead } from './pages-being-read';

/** A reader that takes its time: it has the page until it is let go. */
function slowly() {
  const taken: Buffer[] = [];
  const letGo: (() => void)[] = [];
  const send = async (page: Buffer) => {
    taken.push(page);
    await new Promise<void>((resolve) => letGo.push(resolve));
  };
  return { send, taken, letGo };
}

const settled = async () => new Promise((resolve) => setImmediate(resolve));
const pageOf = (text: string) => ({ bytes: Buffer.from(text), room: Buffer.from(text) });
const numbered = () => {
  let written = 0;
  return new PagesBeingRead(async () => pageOf(`page ${(written += 1)}`));
};

describe('PagesBeingRead', () => {
  it('writes a page for each reader while few are read', async () => {
    const pages = numbered();
    const { send, taken } = slowly();
    for (let i = 0; i < 3; i += 1) {
      void pages.lend(send);
      await settled();
    }
    expect(taken.map(String)).toEqual(['page 1', 'page 2', 'page 3']);
  });

  it('lends the newest once more while three are being read, and writes again when one was sent', async () => {
    const pages = numbered();
    const { send, taken, letGo } = slowly();
    for (let i = 0; i < 5; i += 1) {
      void pages.lend(send);
      await settled();
    }
    expect(taken.map(String).slice(3)).toEqual(['page 3', 'page 3']);
    letGo[0]?.();
    await settled();
    void pages.lend(send);
    await settled();
    expect(String(taken.at(-1))).toBe('page 4');
  });

  it('counts no page whose sending failed', async () => {
    const pages = numbered();
    const failing = async () => Promise.reject(new Error('gone'));
    for (let i = 0; i < 5; i += 1) await expect(pages.lend(failing)).rejects.toThrow('gone');
    const { send, taken } = slowly();
    void pages.lend(send);
    await settled();
    expect(taken.map(String)).toEqual(['page 6']);
  });

  it('uses the memory of a page again when its last reader has it, and not before', async () => {
    const page = pageOf('shared');
    const spares: (Buffer | undefined)[] = [];
    const pages = new PagesBeingRead(async (spare) => {
      spares.push(spare);
      return page;
    });
    const { send, letGo } = slowly();
    for (let i = 0; i < 2; i += 1) {
      void pages.lend(send);
      await settled();
    }
    letGo[0]?.();
    await settled();
    void pages.lend(send);
    await settled();
    for (const letOneGo of letGo) letOneGo();
    await settled();
    void pages.lend(send);
    await settled();
    expect(spares).toEqual([undefined, undefined, undefined, page.room]);
  });
});
