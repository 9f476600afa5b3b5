/**
 * Loaded into every process the launcher starts: when the launcher is gone without a word (kill -9,
 * a closed laptop lid, an editor that ends its terminal), the process ends as if it were asked to.
 */
if (process.channel) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // The channel alone must not keep a process alive that has finished its work.
  process.channel.unref();
}
