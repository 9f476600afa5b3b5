/** Sockets and processes take their time on a machine that has other work: a test that hangs is told from a slow one after a minute. */
jest.setTimeout(60_000);
