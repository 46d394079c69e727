const megabyte = 1024 * 1024;

/** What one uploaded table may cost us. A list of 50,000 homes packs to about 4 MB. */
export const fileLimits = {
  packedBytes: 20 * megabyte,
  unpackedBytes: 200 * megabyte,
  zipEntries: 1000,
  sheets: 50,
  /** Rows with content, over all sheets. */
  rows: 100_000,
  columns: 256,
  /** Longer texts are cut and marked. */
  cellLength: 2000,
  /** Texts that cells share; about 80 MB in memory. */
  sharedCharacters: 40_000_000,
  /** Characters of XML without a tag: the parser would hold them all. */
  charactersWithoutTag: megabyte,
  mergesPerSheet: 2000,
  /** Heap of the thread that reads. */
  threadHeapMb: 160,
  readMs: 120_000,
} as const;

/** For messages. */
export const megabytes = (bytes: number): number => Math.floor(bytes / megabyte);
