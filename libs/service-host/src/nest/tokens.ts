/** Injects the settings of the service, as its declaration types them. */
export const SETTINGS = Symbol('SETTINGS');

/** Injects the Log of the process. */
export const LOG = Symbol('LOG');
