import { PAYLOAD_MARKER, requireDiscretion } from './discretion';

const TOKEN = 'a-token-of-this-run';
const said = (line: string, entry: object = {}) => ({ text: [line], logs: [{ ...entry }] });

describe('requireDiscretion', () => {
  it('is content with a process that says neither token nor content', () => {
    expect(() => requireDiscretion('service-a', said('ready', { event: 'ready' }), TOKEN)).not.toThrow();
  });

  it.each([
    ['the token in a plain line', said(`Bearer ${TOKEN}`)],
    ['the token inside a log entry', said('', { headers: { authorization: `Bearer ${TOKEN}` } })],
    ['content of an event', said('', { err: { message: `cannot apply {"f":"${PAYLOAD_MARKER} 7"}` } })],
  ])('names a process that says %s', (_what, process) => {
    expect(() => requireDiscretion('service-a', process, TOKEN)).toThrow(/^service-a wrote .* into its log/);
  });
});
