import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { type Caller, rolesOf } from '../core/access';
import { ProblemError } from '../core/problem';
import type { TokenVerifier } from './token-verifier';

/** Signatures by key pairs only: with a shared secret, whoever can check a token can make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Two machines' clocks may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 5;
const JWKS_TIMEOUT_MS = 3_000;

export interface JwtOptions {
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly audience: string;
  /** Name of the claim with the roles; a dot goes one level down, e.g. `realm_access.roles`. */
  readonly rolesClaim: string;
}

/** Accepts tokens that an OpenID Connect issuer signed for our audience. Keys are fetched when first needed. */
export class JwtVerifier implements TokenVerifier {
  private keys: JWTVerifyGetKey | undefined;

  constructor(private readonly options: JwtOptions) {}

  async verify(token: string): Promise<Caller> {
    // Loaded when the first token comes: a start need not wait for it.
    const jose = await import('jose');
    this.keys ??= jose.createRemoteJWKSet(new URL(this.options.jwksUrl), {
      timeoutDuration: JWKS_TIMEOUT_MS,
    });
    const { issuer, audience, rolesClaim } = this.options;
    try {
      const { payload } = await jose.jwtVerify(token, this.keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'sub'],
      });
      return { subject: payload.sub ?? '', roles: rolesOf(claimOf(payload, rolesClaim)) };
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

function claimOf(payload: JWTPayload, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, name) =>
        typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : undefined,
      payload,
    );
}

/** What is wrong with the token is told; that keys cannot be fetched is not the caller's fault. */
function refusalOf(error: unknown): ProblemError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const aboutToken = /^ERR_(JWT|JWS|JOSE_ALG|JOSE_NOT_SUPPORTED|JWKS_NO_MATCHING|JWKS_MULTIPLE)/.test(code);
  if (!aboutToken) return new ProblemError('auth_unavailable', {}, { cause: error });
  const detail = error instanceof Error ? error.message : 'the token is not valid';
  return new ProblemError('unauthenticated', { detail }, { cause: error });
}
