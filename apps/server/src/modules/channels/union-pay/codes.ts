/**
 * What a respCode says: `ok`; `failed`: a clear no, no money moved; `unclear`: ask again, or money
 * moved that only a person can follow (42 on newer gateways: debited too late; 74, 75: 缴费).
 * Codes that the tables do not name are unclear. Source: the tables of gateway 5.1.0.
 */
export type CodeClass = 'ok' | 'failed' | 'unclear';

/** The original does not exist; as the answer to a query: it was never created. */
export const noSuchTransaction = '34';
/** The same order number and time were sent before. */
export const duplicate = '12';
/** Taken on, the result comes later. */
export const accepted = '05';
/** The file is not there yet. */
export const noSuchFile = '98';

const ok = new Set(['00', 'A6']);
const failed = new Set(
  (
    '01 02 10 11 13 14 30 31 32 33 34 35 36 38 39 40 41 43 44 45 46 60 61 62 63 64 65 66 67 68 ' +
    '69 71 72 73 76 77 78 79 80 81 85 86 87 88 89 90 91 92 93 94 95 96 99'
  ).split(' '),
);

export function classOf(code: string | undefined): CodeClass {
  if (code === undefined) return 'unclear';
  if (ok.has(code)) return 'ok';
  return failed.has(code) ? 'failed' : 'unclear';
}
