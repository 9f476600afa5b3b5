import { Reflector } from '@nestjs/core';
import type { Role } from '../core/access';

/**
 * Says which role a route needs, where it is not the usual one: none for reading, `writer` for the rest.
 *
 * @example
 * @Post('rollback') @Roles('operator') @Audited('rollback')
 */
export const Roles = Reflector.createDecorator<Role>();

/** Names an operator's act: each call of the route writes one audit line, allowed, failed or denied. */
export const Audited = Reflector.createDecorator<string>();
