/**
 * Writes the characters beyond U+FFFF (emoji and others) of a JSON body as JSON escapes; the value stays the same.
 *
 * SQS takes them since it takes all of XML's characters, but emulators are known to refuse them. A body that is not
 * JSON is left as it is, for escapes would change it.
 */
export function portableBody(body: string): string {
  if (!BEYOND_FFFF.test(body) || !isJson(body)) return body;
  return body.replace(/[\ud800-\udfff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const BEYOND_FFFF = /[\u{10000}-\u{10ffff}]/u;
