/** One exchange as the inspector shows it. */
export type LoggedExchange = {
  id: number;
  /** ms since 1970 by the simulator's clock. */
  at: number;
  /** `in`: a merchant or a browser asked us. `out`: we notified a merchant. */
  direction: 'in' | 'out';
  method: string;
  path: string;
  /** HTTP status; 0 when the connection broke or nobody answered in time. */
  status: number;
  outTradeNo: string | null;
  /** What became of the signature of the request, or what we did to ours. */
  signature: string;
  fault: string | null;
  durationMs: number;
  requestHeaders: Record<string, string>;
  requestBody: string;
  responseHeaders: Record<string, string>;
  responseBody: string;
};

export type RequestLog = {
  add(exchange: Omit<LoggedExchange, 'id'>): void;
  /** Oldest first, those with an id greater than `after`. */
  list(filter: { after: number; outTradeNo?: string | undefined; limit: number }): LoggedExchange[];
  clear(): void;
};

/** Newest exchanges kept; older ones fall out. At most about 40 MB with the body limit below. */
const EXCHANGES_KEPT = 1_000;
/** Characters of a body kept. */
const BODY_KEPT = 16_384;
const SECRET_PARAMETERS = /((?:secret|access_token|refresh_token)=)[^&\s]+/g;
const SECRET_FIELDS =
  /("(?:secret|appSecret|apiV3Key|apiV2Key|access_token|refresh_token|session_key)"\s*:\s*")[^"]+/g;

export function createRequestLog(): RequestLog {
  let exchanges: LoggedExchange[] = [];
  let lastId = 0;
  return {
    add: (exchange) => {
      lastId += 1;
      exchanges.push({ id: lastId, ...masked(exchange) });
      if (exchanges.length > EXCHANGES_KEPT) exchanges = exchanges.slice(-EXCHANGES_KEPT);
    },
    list: ({ after, outTradeNo, limit }) =>
      exchanges
        .filter((one) => one.id > after)
        .filter((one) => outTradeNo === undefined || one.outTradeNo === outTradeNo)
        .slice(-limit),
    clear: () => {
      exchanges = []; // Ids go on, so that a page that polls with `after` misses nothing.
    },
  };
}

function masked(exchange: Omit<LoggedExchange, 'id'>): Omit<LoggedExchange, 'id'> {
  return {
    ...exchange,
    path: maskSecrets(exchange.path),
    requestBody: shortened(maskSecrets(exchange.requestBody)),
    responseBody: shortened(maskSecrets(exchange.responseBody)),
  };
}

function maskSecrets(text: string): string {
  return text.replace(SECRET_PARAMETERS, '$1***').replace(SECRET_FIELDS, '$1***');
}

function shortened(text: string): string {
  if (text.length <= BODY_KEPT) return text;
  return `${text.slice(0, BODY_KEPT)}…（共 ${text.length} 个字符，其余未保留）`;
}

/** Headers of a request or an answer as plain text; repeated ones joined. */
export function plainHeaders(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && name.toLowerCase() !== 'cookie')
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]),
  );
}
