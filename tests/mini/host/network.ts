import { type Options, Refused, textIn } from './callbacks.ts';

type Sent = { status: number; text: string; headers: Record<string, string>; bytes: ArrayBuffer };

/** Codes of `my.request`'s own failures. */
const ALIPAY_NO_NETWORK = 12;
const ALIPAY_HTTP_ERROR = 19;

/**
 * A request of the mini-program to its server. The address must be the one that it was built
 * with, as a phone allows only listed domains; the session of this page's browser stays out of it.
 */
async function send(options: Options, body: BodyInit | undefined, name: string): Promise<Sent> {
  const { serverUrl, isOnline } = miniHost;
  const url = textIn(options['url']);
  if (!url.startsWith(`${serverUrl}/`))
    throw new Refused({ errMsg: `${name}:fail url not in domain list` });
  if (!isOnline) {
    const errMsg = `${name}:fail`;
    throw new Refused({ errMsg, error: ALIPAY_NO_NETWORK, errorMessage: '网络出错' });
  }
  const given = (options['header'] ?? options['headers'] ?? {}) as Record<string, string>;
  const headers = new Headers(given);
  const answer = await fetch(location.origin + url.slice(serverUrl.length), {
    method: textIn(options['method'], 'GET'),
    headers,
    credentials: 'omit',
    cache: 'no-store',
    ...(body === undefined ? {} : { body }),
  });
  const bytes = await answer.arrayBuffer();
  return {
    status: answer.status,
    text: new TextDecoder().decode(bytes),
    headers: Object.fromEntries(answer.headers),
    bytes,
  };
}

export async function requestOfWechat(options: Options): Promise<Record<string, unknown>> {
  const { status, headers, bytes, text } = await send(options, bodyOf(options), 'request');
  const data = options['responseType'] === 'arraybuffer' ? bytes : dataOf(text, options);
  return { statusCode: status, header: headers, data, cookies: [] };
}

/** Alipay counts every status that is not a success as a failure, with the answer in it. */
export async function requestOfAlipay(options: Options): Promise<Record<string, unknown>> {
  const { status, headers, text } = await send(options, bodyOf(options), 'request');
  const data = dataOf(text, options);
  if (status >= 200 && status < 300) return { status, headers, data };
  const errorMessage = 'http status error';
  throw new Refused({ error: ALIPAY_HTTP_ERROR, errorMessage, status, headers, data });
}

export async function uploadFile(options: Options): Promise<Record<string, unknown>> {
  const photo = await (await fetch(textIn(options['filePath']))).blob();
  const form = new FormData();
  form.set(textIn(options['name'] ?? options['fileName']), photo, 'photo.png');
  const { status, text } = await send({ ...options, method: 'POST' }, form, 'uploadFile');
  return { statusCode: status, data: text };
}

/** The file of an answer, kept under an address as a phone keeps it under a path. */
export async function downloadFile(options: Options): Promise<Record<string, unknown>> {
  const { status, bytes, headers } = await send(
    { ...options, method: 'GET' },
    undefined,
    'downloadFile',
  );
  const path = URL.createObjectURL(new Blob([bytes], { type: headers['content-type'] ?? '' }));
  return { statusCode: status, tempFilePath: path, apFilePath: path, size: bytes.byteLength };
}

function bodyOf(options: Options): BodyInit | undefined {
  const data = options['data'];
  if (data === undefined || data === null || data === '') return undefined;
  if (textIn(options['method'], 'GET').toUpperCase() === 'GET') return undefined;
  return typeof data === 'string' || data instanceof ArrayBuffer ? data : JSON.stringify(data);
}

function dataOf(text: string, options: Options): unknown {
  if (options['dataType'] === 'text' || options['dataType'] === '其他') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
