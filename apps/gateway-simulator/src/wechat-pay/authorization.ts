import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../clock.ts';
import { isSignedBy, requestText } from './crypto.ts';
import type { Merchant, Records } from './records.ts';
import { refusals } from './refusals.ts';

export type SignedRequest = {
  method: string;
  /** Exactly as it stood on the request line. */
  pathAndQuery: string;
  headers: IncomingHttpHeaders;
  /** The bytes as they came. */
  body: Buffer;
};

const SCHEME = 'WECHATPAY2-SHA256-RSA2048 ';
const FIELDS = ['mchid', 'nonce_str', 'signature', 'timestamp', 'serial_no'] as const;
/** The clocks may stand five minutes apart. */
const SKEW_SECONDS = 300;
/** Nonces have no documented length; this only keeps headers sane. */
const NONCE_LONGEST = 128;

/** Who signed the request. Throws a Refusal in the order in which the gateway checks. */
export function authorize(records: Records, clock: Clock, request: SignedRequest): Merchant {
  const { headers } = request;
  if (!headers['user-agent'] || !headers.accept) throw refusals.headersMissing();
  const fields = readAuthorization(headers.authorization);
  if (fields === undefined) {
    throw request.pathAndQuery.startsWith('/v3/pay/transactions/')
      ? refusals.authorizationMalformedOnOrders()
      : refusals.authorizationMalformed();
  }
  const skew = Math.abs(Number(fields.timestamp) - clock.now() / 1000);
  if (!(skew <= SKEW_SECONDS)) throw refusals.timestampStale();
  const merchant = records.merchants.get(fields.mchid);
  const key = merchant?.keys[fields.serial_no.toUpperCase()];
  if (merchant === undefined || key === undefined) throw refusals.signatureWrong();
  const { timestamp, nonce_str: nonce, signature } = fields;
  if (!isSignedBy(requestText({ ...request, timestamp, nonce }), signature, key)) {
    throw refusals.signatureWrong();
  }
  if (request.body.length > 0 && !/^application\/json\b/.test(headers['content-type'] ?? '')) {
    throw refusals.contentType();
  }
  return merchant;
}

type Fields = Record<(typeof FIELDS)[number], string>;

/** The five fields in any order, each once; undefined when the header is not exactly that. */
export function readAuthorization(header: string | undefined): Fields | undefined {
  if (!header?.startsWith(SCHEME)) return undefined;
  const pairs = header
    .slice(SCHEME.length)
    .split(',')
    .map((pair) => /^([a-z_]+)="([^"]*)"$/.exec(pair));
  const fields = Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
  const isComplete = pairs.length === FIELDS.length && FIELDS.every((name) => fields[name]);
  if (!isComplete || !/^\d+$/.test(fields.timestamp ?? '')) return undefined;
  if ((fields.nonce_str ?? '').length > NONCE_LONGEST) return undefined;
  return fields as Fields;
}
