const MAX_SUBJECT_CHARACTERS = 256;

/** The query for current state, or what is wrong with the payload. */
export type CurrentQuery = { readonly subject: string } | { readonly problem: string };

/** Reads the payload of `state.current`: `{ "subject": "cart-7" }`, 1 to 256 characters, nothing else needed. */
export function parseCurrentQuery(payload: unknown): CurrentQuery {
  if (typeof payload !== 'object' || payload === null || !('subject' in payload))
    return { problem: 'the payload must be an object with a subject' };
  const { subject } = payload;
  if (typeof subject !== 'string' || subject.length < 1 || subject.length > MAX_SUBJECT_CHARACTERS)
    return { problem: `subject must be a text of 1 to ${MAX_SUBJECT_CHARACTERS} characters` };
  return { subject };
}
