import { PageWriter, textPart } from './page-writer';

const MEGABYTE = 1_000_000;

/** A part that grows as if series came while others have their turn. */
function growing(byteLength: number): { byteLength: number; copyTo(target: Buffer, offset: number): number } {
  return {
    byteLength,
    copyTo(target, offset) {
      target.fill('g', offset, offset + this.byteLength);
      return offset + this.byteLength;
    },
  };
}

describe('PageWriter', () => {
  it('writes parts one behind the other', async () => {
    const writer = await PageWriter.begin(10, undefined);
    for (const text of ['# HELP ä\n', '', '# EOF\n']) await writer.add(textPart(text));
    expect(writer.page().bytes.toString()).toBe('# HELP ä\n# EOF\n');
  });

  it('writes into spare memory that fits', async () => {
    const spare = Buffer.alloc(20);
    const writer = await PageWriter.begin(6, spare);
    await writer.add(textPart('# EOF\n'));
    expect(writer.page().room).toBe(spare);
  });

  it('finds room for what has grown since it began', async () => {
    const first = growing(10 * MEGABYTE);
    const second = growing(MEGABYTE);
    const writer = await PageWriter.begin(first.byteLength + second.byteLength, undefined);
    await writer.add(first);
    second.byteLength = 5 * MEGABYTE;
    await writer.add(second);
    await writer.add(textPart('# EOF\n'));
    const { bytes } = writer.page();
    expect(bytes).toHaveLength(15 * MEGABYTE + 6);
    expect(bytes.subarray(0, 15 * MEGABYTE).every((byte) => byte === 0x67)).toBe(true);
    expect(bytes.subarray(-6).toString()).toBe('# EOF\n');
  });

  it('lets others have their turn after each 8 MB, and not after small parts', async () => {
    const writer = await PageWriter.begin(10 * MEGABYTE, Buffer.alloc(20 * MEGABYTE));
    let turns = 0;
    const count = (): NodeJS.Immediate => setImmediate(() => (turns += 1));
    count();
    for (let i = 0; i < 8; i += 1) await writer.add(growing(MEGABYTE));
    expect(turns).toBe(0);
    await writer.add(growing(MEGABYTE));
    expect(turns).toBe(1);
  });
});
