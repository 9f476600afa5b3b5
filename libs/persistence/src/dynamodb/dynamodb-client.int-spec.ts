import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from './dynamodb-client';

describe('createDynamoDbClient', () => {
  test('gives up on a host that accepts and never answers, after as many tries as were allowed', async () => {
    let connections = 0;
    const silent = createServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const client = createDynamoDbClient(
      { requestTimeoutMs: 50, maxAttempts: 2 },
      {
        endpoint: `http://127.0.0.1:${port}`,
        region: 'us-east-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      },
    );
    const call = client.send(new GetItemCommand({ TableName: 'T', Key: { id: { S: 'x' } } }));
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(connections).toBe(2);
    client.destroy();
    silent.close();
  });
});
