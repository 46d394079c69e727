/** A fixed-width field of a clearing file: first byte and width. */
type Field = readonly [offset: number, width: number];

/** Of the 42 fields of a ZM record, those that are read. Sliced as bytes, then decoded as GBK. */
const zm = {
  txnCode: [0, 3],
  txnTime: [35, 10],
  txnAmt: [66, 12],
  queryId: [87, 21],
  orderId: [112, 32],
  merFee: [166, 13],
  settleAmt: [180, 13],
  txnType: [215, 2],
  origQueryId: [271, 21],
  merId: [293, 15],
  origOrderId: [476, 32],
} as const satisfies Record<string, Field>;

/**
 * Of the 22 fields of a ZME record: the head is that of ZM; what lies behind it is only known by
 * its widths, so the second amount with a sign is taken when it looks like one.
 */
const zme = {
  txnCode: [0, 3],
  txnTime: [35, 10],
  txnAmt: [66, 12],
  signedAmt: [140, 13],
} as const satisfies Record<string, Field>;

/** Fields of a record by name. */
export type ZmRecord = Readonly<Record<keyof typeof zm, string>>;
export type ZmeRecord = Readonly<Record<keyof typeof zme, string>>;

/** The lines of a clearing file, without their ends; empty ones are not records. */
export function recordsOf(bytes: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  let start = 0;
  while (start < bytes.length) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed;
    const isCrLf = end > start && bytes[end - 1] === 0x0d;
    const record = bytes.subarray(start, isCrLf ? end - 1 : end);
    if (record.some((byte) => byte !== 0x20)) records.push(record);
    start = end + 1;
  }
  return records;
}

/**
 * Whether the file ends inside a record: without a line end, and shorter than another one. All
 * records of a version are of one length.
 */
export function isCutShort(bytes: Buffer, records: readonly Buffer[]): boolean {
  if (bytes.at(-1) === 0x0a) return false;
  const last = records.at(-1);
  return last !== undefined && records.some((record) => record.length > last.length);
}

/** Older versions end earlier: what is not there is empty. */
export function readZm(record: Buffer): ZmRecord {
  return read(zm, record);
}

export function readZme(record: Buffer): ZmeRecord {
  return read(zme, record);
}

function read<Name extends string>(
  layout: Readonly<Record<Name, Field>>,
  record: Buffer,
): Readonly<Record<Name, string>> {
  const decoder = new TextDecoder('gbk');
  const values = Object.entries<Field>(layout).map(([name, [offset, width]]) => [
    name,
    decoder.decode(record.subarray(offset, offset + width)).trim(),
  ]);
  return Object.fromEntries(values) as Record<Name, string>;
}
