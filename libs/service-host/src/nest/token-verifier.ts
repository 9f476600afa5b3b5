import type { Caller } from '../core/access';

/** Injects the TokenVerifier. */
export const TOKEN_VERIFIER = Symbol('TOKEN_VERIFIER');

/** Tells who a bearer token is from. */
export interface TokenVerifier {
  /**
   * @throws ProblemError `unauthenticated` for a token that is not valid, `auth_unavailable` when that
   *   cannot be found out now.
   */
  verify(token: string): Promise<Caller>;
}
