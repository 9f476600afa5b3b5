/** Two Prometheus replicas and a person; a page of 100,000 instances is 40 MB. */
const MAX_PAGES = 3;

/**
 * Bounds the pages in memory: while as many as may be are being read, by slow readers, whoever comes
 * gets the newest of them once more.
 */
export class PagesBeingRead {
  private readonly pages: Buffer[] = [];

  constructor(private readonly write: () => Promise<Buffer>) {}

  /** Lets `send` have a page, which counts until it is sent. */
  async lend(send: (page: Buffer) => Promise<void>): Promise<void> {
    const newest = this.pages.at(-1);
    const isFull = new Set(this.pages).size >= MAX_PAGES;
    const page = isFull && newest !== undefined ? newest : await this.write();
    this.pages.push(page);
    try {
      await send(page);
    } finally {
      this.pages.splice(this.pages.indexOf(page), 1);
    }
  }
}
