import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import request from 'supertest';
import { startTestHost, type TestHost } from '@latido/service-host/testing';
import { FixtureModule } from '../../tools/fixture-service/fixture.module';
import { fixtureService } from '../../tools/fixture-service/fixture-service';

const ISSUER = 'https://id.example';

describe('access with tokens of an identity provider', () => {
  let provider: Server;
  let host: TestHost;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;

  beforeAll(async () => {
    keys = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256' };
    provider = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    host = await hostWith(`http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`);
  });
  afterAll(async () => {
    await host.close();
    provider.close();
  });

  const hostWith = (jwksUrl: string) =>
    startTestHost(fixtureService, (given) => FixtureModule.with(given), {
      AUTH_ISSUER: ISSUER,
      AUTH_JWKS_URL: jwksUrl,
      AUTH_AUDIENCE: 'latido',
      AUTH_ROLES_CLAIM: 'realm_access.roles',
    });
  const token = (roles: readonly string[], change: (jwt: SignJWT) => SignJWT = (jwt) => jwt) =>
    change(
      new SignJWT({ realm_access: { roles } })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .setIssuer(ISSUER)
        .setAudience('latido')
        .setSubject('ana')
        .setExpirationTime('5m'),
    ).sign(keys.privateKey);
  const rollback = (bearer: string, on = host) =>
    request(on.server).post('/notes/n1/rollback').set('authorization', `Bearer ${bearer}`);

  it('lets an operator act, and the audit names them', async () => {
    await rollback(await token(['operator'])).expect(200);
    expect(host.logs.at(-2)).toMatchObject({ event: 'audit', outcome: 'done', caller: 'ana' });
  });

  it('answers 403 to a writer, says which role is needed, and audits the attempt', async () => {
    const answer = await rollback(await token(['writer'])).expect(403);
    expect(answer.body).toMatchObject({ code: 'forbidden', detail: 'this needs the role operator' });
    expect(host.logs.find(({ outcome }) => outcome === 'denied')).toMatchObject({
      event: 'audit',
      caller: 'ana',
    });
  });

  it('answers 401 to a token that is expired, for another audience, or from another issuer', async () => {
    const wrong = [
      (jwt: SignJWT) => jwt.setExpirationTime(Math.floor(Date.now() / 1_000) - 60),
      (jwt: SignJWT) => jwt.setAudience('other'),
      (jwt: SignJWT) => jwt.setIssuer('https://evil.example'),
    ];
    for (const change of wrong) await rollback(await token(['operator'], change)).expect(401);
  });

  it('answers 401 to a token signed by somebody else, and to no token at all', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await new SignJWT({ realm_access: { roles: ['operator'] } })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(ISSUER)
      .setAudience('latido')
      .setSubject('eve')
      .setExpirationTime('5m')
      .sign(privateKey);
    await rollback(forged).expect(401);
    await rollback('nonsense').expect(401);
  });

  it('answers 503 when the keys cannot be fetched', async () => {
    const cut = await hostWith('http://127.0.0.1:9/keys');
    const answer = await rollback(await token(['operator']), cut).expect(503);
    expect(answer.body).toMatchObject({ code: 'auth_unavailable' });
    await cut.close();
  });
});
