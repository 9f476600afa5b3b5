module.exports = async function stopEmbeddedAws() {
  const child = globalThis.embeddedAws;
  if (!child || child.exitCode !== null) return;
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
};
