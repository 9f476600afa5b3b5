/** Starts one embedded AWS for all integration tests, on free ports, and hands its addresses to the workers. */
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

const program = join(__dirname, '../../dist/apps/local-aws/src/main.js');

module.exports = async function startEmbeddedAws() {
  if (!existsSync(program)) throw new Error('the embedded AWS is not built: run `npm run build` first');
  const child = spawn(process.execPath, [program, '--port', '0', '--dynamodb-port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  globalThis.embeddedAws = child;
  const ready = await new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      reject(new Error(`the embedded AWS ended with ${code} before it was ready`)),
    );
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const entry = JSON.parse(line);
      if (entry.event === 'local_aws_ready') resolve(entry);
    });
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SNS: ready.snsUrl,
    AWS_ENDPOINT_URL_SQS: ready.sqsUrl,
    AWS_ENDPOINT_URL_DYNAMODB: ready.dynamodbUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
};
