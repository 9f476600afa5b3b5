/** What a caller may do; each role includes those before it. */
export const ROLES = ['reader', 'writer', 'operator'] as const;

export type Role = (typeof ROLES)[number];

/** Who calls, as the token says. */
export interface Caller {
  /** `sub` of the token, or `local`. */
  readonly subject: string;
  readonly roles: readonly Role[];
}

/** Methods that change nothing; they are open unless a route asks for a role. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The role a request needs: what its route asks for; otherwise `writer` for every method that may
 * change something, and none for the others.
 */
export function requiredRole(request: { readonly method: string; readonly asked?: Role }): Role | undefined {
  return request.asked ?? (SAFE_METHODS.has(request.method) ? undefined : 'writer');
}

/** True when one of the caller's roles is the one needed or includes it. */
export function hasRole(caller: Caller, needed: Role): boolean {
  return caller.roles.some((role) => ROLES.indexOf(role) >= ROLES.indexOf(needed));
}

/** The roles among the values of a claim; what is not a role is left out. */
export function rolesOf(claim: unknown): readonly Role[] {
  const values = typeof claim === 'string' ? claim.split(/[\s,]+/) : claim;
  return Array.isArray(values) ? ROLES.filter((role) => values.includes(role)) : [];
}
