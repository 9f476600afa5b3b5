// Ends when the embedded AWS has everything the topology names; whoever starts it sets no limit, the pod just waits.
const [url] = process.argv.slice(1);

async function wait() {
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch((error) => error);
    if (answer.status === 200) return;
    console.log(`waiting for ${url}: ${answer.status ?? answer.cause?.code ?? answer.message}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

void wait();
