/** One field of a message of Protocol Buffers: a number for varints, bytes for everything else. */
interface Field {
  readonly number: number;
  readonly value: number | Buffer;
}

/**
 * Reads the fields of a message, as they come; enough for OTLP, which has no groups.
 * @throws RangeError when the bytes end within a field.
 */
function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message.readUInt8(at);
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number): Buffer => {
    if (at + length > message.length) throw new RangeError(`${length} bytes are not there at ${at}`);
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === 0) yield { number, value: varint() };
    else if (wireType === 1) yield { number, value: bytes(8) };
    else if (wireType === 2) yield { number, value: bytes(varint()) };
    else yield { number, value: bytes(4) };
  }
}

/** All embedded messages of one number. */
export function messagesAt(message: Buffer, number: number): readonly Buffer[] {
  return [...fieldsOf(message)].flatMap((field) =>
    field.number === number && Buffer.isBuffer(field.value) ? [field.value] : [],
  );
}

/** The text of a field; empty when it is absent, which is the default of the format. */
export function textAt(message: Buffer, number: number): string {
  return messagesAt(message, number)[0]?.toString() ?? '';
}

/** The bytes of a field in hex; empty when it is absent. */
export function hexAt(message: Buffer, number: number): string {
  return messagesAt(message, number)[0]?.toString('hex') ?? '';
}

/** The number of a varint field; 0 when it is absent. */
export function numberAt(message: Buffer, number: number): number {
  const found = [...fieldsOf(message)].find((field) => field.number === number);
  return typeof found?.value === 'number' ? found.value : 0;
}
