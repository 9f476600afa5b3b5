import { createHash } from 'node:crypto';
import { type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type ClientProxy, ClientProxyFactory, type MicroserviceOptions } from '@nestjs/microservices';
import { freePort } from '@latido/testing';
import { VersionedValue } from '@latido/versioned-value';
import { InMemoryVersionStore } from '@latido/versioned-value/in-memory';
import { VERSIONED_VALUE } from '@latido/versioned-value/nest';
import { firstValueFrom } from 'rxjs';
import type { ServiceBSettings } from '../configuration';
import { rpcTransport } from './rpc-transport';
import { StateRpcController } from './state-rpc.controller';

const values = new VersionedValue({
  store: new InMemoryVersionStore(),
  now: () => 0,
  newToken: () => crypto.randomUUID(),
  sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
});

@Module({
  controllers: [StateRpcController],
  providers: [{ provide: VERSIONED_VALUE, useValue: values }],
})
class RpcModule {}

describe('the query for current state over TCP', () => {
  let service: INestMicroservice;
  let client: ClientProxy;

  beforeAll(async () => {
    const transport = rpcTransport({ rpcHost: '127.0.0.1', rpcPort: await freePort() } as ServiceBSettings);
    service = await NestFactory.createMicroservice<MicroserviceOptions>(RpcModule, {
      ...transport,
      logger: false,
    });
    await service.listen();
    client = ClientProxyFactory.create(transport as Parameters<typeof ClientProxyFactory.create>[0]);
  });
  afterAll(async () => {
    await client.close();
    await service.close();
  });

  const ask = (payload: unknown): Promise<unknown> =>
    firstValueFrom(client.send({ cmd: 'state.current' }, payload as object));
  const append = (requestId: string, operation: Parameters<VersionedValue['append']>[0]['operation']) =>
    values.append({
      subject: 'cart-1',
      operation,
      requestId,
      lamport: 7,
      cause: { kind: 'event', source: '/service-a', epoch: 1 },
    });

  it('answers the value of a subject with its version and times', async () => {
    await append('event#1', { kind: 'put', value: { n: 1 } });
    expect(await ask({ subject: 'cart-1' })).toEqual({
      found: true,
      subject: 'cart-1',
      version: 1,
      value: { n: 1 },
      lamport: 7,
      clock: 8,
      writtenAt: '1970-01-01T00:00:00.000Z',
    });
  });

  it('says that a subject was deleted', async () => {
    await append('event#2', { kind: 'delete' });
    const state = await ask({ subject: 'cart-1' });
    expect(state).toMatchObject({ found: true, deleted: true });
    expect(state).not.toHaveProperty('value');
  });

  it('says that there is no such subject', async () => {
    expect(await ask({ subject: 'nobody' })).toEqual({ found: false });
  });

  it('answers a bad payload with what is wrong', async () => {
    await expect(ask({ subject: 7 })).rejects.toEqual({
      code: 'invalid_request',
      message: 'subject must be a text of 1 to 256 characters',
    });
  });
});
