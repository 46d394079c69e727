import type { Answer } from '../api/index.ts';
import { type Read, useRead } from '../data/index.ts';

/**
 * What is open of one's homes, kept for bad networks; with a code that was scanned or tapped, of
 * its home as well. That may be somebody else's, so it is not kept.
 */
export function useOpenBills(code: string | undefined): Read<Answer<'GET /api/resident/bills'>> {
  const isOwn = code === undefined;
  return useRead('GET /api/resident/bills', isOwn ? {} : { query: { code } }, { keeps: isOwn });
}
