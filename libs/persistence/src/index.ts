export { isPersistenceError, PersistenceError, type PersistenceErrorCode } from './core/errors';
