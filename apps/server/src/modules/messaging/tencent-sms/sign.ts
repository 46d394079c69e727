import { createHash, createHmac } from 'node:crypto';

export interface TencentKeys {
  readonly secretId: string;
  readonly secretKey: string;
}

interface Request {
  readonly host: string;
  readonly body: string;
  /** Seconds. */
  readonly timestamp: number;
}

const service = 'sms';

/** TC3-HMAC-SHA256 over content type, host and body. */
export function authorization({ host, body, timestamp }: Request, keys: TencentKeys): string {
  const day = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${day}/${service}/tc3_request`;
  const canonical = [
    'POST',
    '/',
    '',
    'content-type:application/json',
    `host:${host}`,
    '',
    'content-type;host',
    sha256(body),
  ].join('\n');
  const text = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n');
  const key = [day, service, 'tc3_request'].reduce<Buffer>(
    (known, part) => createHmac('sha256', known).update(part).digest(),
    Buffer.from(`TC3${keys.secretKey}`),
  );
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return `TC3-HMAC-SHA256 Credential=${keys.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
