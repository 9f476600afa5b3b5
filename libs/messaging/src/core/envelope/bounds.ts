/** Largest body of a message, in bytes of UTF-8: what SNS takes, attributes included. */
export const MAX_BODY_BYTES = 262_144;

/** Longest id, source, type, subject and causedby: they become table keys and labels. */
export const MAX_NAME_CHARACTERS = 256;

/** Longest `dataschema`. */
export const MAX_SCHEMA_CHARACTERS = 512;

/** Deepest nesting of data: more is an attack on recursive readers, not a document. */
export const MAX_DEPTH = 64;

/** W3C asks to carry at least this much trace state; more is dropped. */
export const MAX_TRACESTATE_CHARACTERS = 512;
