import { createHash, randomBytes, randomInt } from 'node:crypto';

let lastMillis = -1;
let lastTail = 0n;
/** 74 random bits follow the time; the highest is left free, so that counting on never overflows. */
const tailBytes = 9;
const maxStep = 2 ** 32;

/**
 * A UUIDv7: 48 bits of milliseconds, then random bits, so ids sort by time of creation. Ids of one
 * process and millisecond count on by a random step (RFC 9562, 6.2), so they sort as well.
 */
export function newId(at: Date): string {
  const millis = at.getTime();
  lastTail =
    millis === lastMillis
      ? lastTail + BigInt(1 + randomInt(maxStep))
      : BigInt(`0x${randomBytes(tailBytes).toString('hex')}`);
  lastMillis = millis;
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(millis, 0, 6);
  bytes.writeUInt16BE(Number((lastTail >> 62n) & 0xfffn), 6);
  bytes.writeBigUInt64BE(lastTail & 0x3fff_ffff_ffff_ffffn, 8);
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
