export {
  ApiBearerAuth,
  ApiExcludeController,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from './api-description';
export type { Caller, Role } from '../core/access';
export type { AuthenticatedRequest } from './authenticated-request';
export type { JsonSchema } from './json-schema';
export { type Dependency, DependencyWatches } from './dependency-watches';
export { Repeating } from './repeating';
export { Audited, Roles } from './route-marks';
export { LOG, SETTINGS } from './tokens';
export { requireValid, ValidBody, ValidQuery } from './valid-input';
