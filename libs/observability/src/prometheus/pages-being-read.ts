import type { Page } from './page';

/** Two Prometheus replicas and a person; a page of 100,000 instances is 40 MB. */
const MAX_PAGES = 3;

/**
 * Bounds the pages in memory: while as many as may be are being read, by slow readers, whoever comes
 * gets the newest of them once more. The memory of a page that was read is used for the next one.
 */
export class PagesBeingRead {
  private readonly pages: Page[] = [];
  private spare: Buffer | undefined;

  /** @param write - writes a page, into the spare memory if it fits. */
  constructor(private readonly write: (spare: Buffer | undefined) => Promise<Page>) {}

  /** Lets `send` have a page, which counts until it is sent. */
  async lend(send: (bytes: Buffer) => Promise<void>): Promise<void> {
    const page = await this.next();
    this.pages.push(page);
    try {
      await send(page.bytes);
    } finally {
      this.pages.splice(this.pages.indexOf(page), 1);
      if (!this.pages.includes(page)) this.spare = page.room;
    }
  }

  private async next(): Promise<Page> {
    const newest = this.pages.at(-1);
    if (newest !== undefined && new Set(this.pages).size >= MAX_PAGES) return newest;
    const { spare } = this;
    this.spare = undefined;
    return this.write(spare);
  }
}
