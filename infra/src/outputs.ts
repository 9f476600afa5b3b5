/** What a stage tells about itself: queues by URL, topics and roles by ARN, tables by name. */
export type OutputKind = 'queues' | 'topics' | 'tables' | 'roleArns';

/** Names of outputs may hold letters and digits only; `-`, `.` and `_` are told apart by words that no name has. */
const ESCAPES: readonly (readonly [character: string, word: string])[] = [
  ['-', 'DASH'],
  ['.', 'DOT'],
  ['_', 'LINE'],
];

/** Name of an output: `queues` and `service-b-events.fifo` become one word. */
export function outputName(kind: OutputKind, name: string): string {
  return ESCAPES.reduce((text, [character, word]) => text.replaceAll(character, word), `${kind}-${name}`);
}

/** The reverse of {@link outputName}; `undefined` for an output that is something else. */
export function readOutputName(
  output: string,
): { readonly kind: OutputKind; readonly name: string } | undefined {
  const text = ESCAPES.reduce((found, [character, word]) => found.replaceAll(word, character), output);
  const [, kind, name] = /^(queues|topics|tables|roleArns)-(.+)$/.exec(text) ?? [];
  return kind === undefined || name === undefined ? undefined : { kind: kind as OutputKind, name };
}
