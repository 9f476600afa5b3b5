import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Log } from '@latido/observability';
import { type Caller, ROLES } from '../core/access';
import type { HostSettings } from '../core/host-variables';
import { ProblemError } from '../core/problem';
import { JwtVerifier } from './jwt-verifier';
import type { TokenVerifier } from './token-verifier';

/** The verifier that the settings ask for: an identity provider, or one local token. */
export function chooseVerifier(settings: HostSettings): TokenVerifier {
  const { authIssuer, authJwksUrl, authAudience, authRolesClaim, localApiToken } = settings;
  if (authIssuer !== undefined && authJwksUrl !== undefined && authAudience !== undefined)
    return new JwtVerifier({
      issuer: authIssuer,
      jwksUrl: authJwksUrl,
      audience: authAudience,
      rolesClaim: authRolesClaim,
    });
  return new LocalTokenVerifier(localApiToken ?? randomBytes(24).toString('base64url'));
}

/** Prints a token that was made up at this start: without it nobody could write. One that was given stays unsaid. */
export function announceLocalToken(verifier: TokenVerifier, settings: HostSettings, log: Log): void {
  if (!(verifier instanceof LocalTokenVerifier) || settings.localApiToken !== undefined) return;
  log.info(
    { event: 'local_token' },
    `LOCAL_API_TOKEN is not set; use this one until the next start: ${verifier.token}`,
  );
}

/** One token with every role, for a machine of one's own. */
class LocalTokenVerifier implements TokenVerifier {
  constructor(readonly token: string) {}

  verify(token: string): Promise<Caller> {
    // Digests have one length, which timingSafeEqual needs; comparing texts would tell how much is right.
    if (!timingSafeEqual(digest(token), digest(this.token)))
      return Promise.reject(
        new ProblemError('unauthenticated', { detail: 'the token is not the local token' }),
      );
    return Promise.resolve({ subject: 'local', roles: ROLES });
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
