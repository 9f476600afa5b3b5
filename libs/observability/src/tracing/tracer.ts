/** Under this name our own spans are made. */
export const TRACER = 'latido';
