import type { Request } from 'express';
import type { Caller } from '../core/access';

/** A request whose token was checked: `caller` is set on every route that needs a role. */
export type AuthenticatedRequest = Request & { caller?: Caller };
