import { createHash, randomBytes } from 'node:crypto';

/** A UUIDv7: 48 bits of milliseconds, then random bits, so ids sort by time of creation. */
export function newId(at: Date): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at.getTime(), 0, 6);
  return asUuid(bytes, 7);
}

/** An id that is the same for the same key, in UUIDv8 form: the row is found without a look-up. */
export function derivedId(...key: readonly string[]): string {
  const bytes = createHash('sha256').update(key.join('\u0000')).digest().subarray(0, 16);
  return asUuid(bytes, 8);
}

/** The order number of an attempt: company short code, then the attempt's id in base 36. */
export function orderNoOf(shortCode: string, id: string): string {
  const digits = BigInt(`0x${id.replaceAll('-', '')}`)
    .toString(36)
    .padStart(25, '0');
  return shortCode + digits;
}

/** @returns the short code an order number begins with, or undefined if it is not one of ours */
export function shortCodeOf(orderNo: string): string | undefined {
  return /^([a-z][a-z0-9]{1,6})[0-9a-z]{25}$/.exec(orderNo)?.[1];
}

function asUuid(bytes: Buffer, version: 7 | 8): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
