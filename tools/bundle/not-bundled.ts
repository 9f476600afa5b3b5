/**
 * What stays a package of its own: swagger-ui-dist is files to be served, and the Kubernetes client is large, an ES module, and
 * loaded by monitors with a witness only.
 */
export const NOT_BUNDLED = ['swagger-ui-dist', '@kubernetes/client-node'] as const;
