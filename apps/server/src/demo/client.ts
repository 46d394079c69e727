/** A browser's worth of HTTP: keeps the session cookie and reads JSON. */
export interface DemoClient {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body?: unknown): Promise<Answer>;
  put<Answer>(path: string, body: unknown): Promise<Answer>;
  remove<Answer>(path: string): Promise<Answer>;
  upload<Answer>(path: string, form: FormData): Promise<Answer>;
  sendBytes(path: string, type: string, bytes: Buffer): Promise<void>;
}

/** @param own sent with every request, such as a resident's session */
export function createClient(
  origin: string,
  own: Readonly<Record<string, string>> = {},
): DemoClient {
  let cookie = '';
  async function send<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const given = init.headers as Record<string, string>;
    const headers = { ...own, ...given, ...(cookie && { cookie }) };
    const response = await fetch(origin + path, { ...init, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`demo set-up: ${path} answered ${response.status}: ${text}`);
    const set = response.headers.getSetCookie()[0];
    if (set) cookie = set.split(';')[0] ?? '';
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
  const json = (method: string, body: unknown): RequestInit => ({
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  return {
    get: (path) => send(path, { method: 'GET' }),
    post: (path, body) => send(path, json('POST', body)),
    put: (path, body) => send(path, json('PUT', body)),
    remove: (path) => send(path, { method: 'DELETE' }),
    async sendBytes(path, type, bytes) {
      const headers = { 'content-type': type };
      await send(path, { method: 'POST', body: new Uint8Array(bytes), headers });
    },
    upload: (path, form) => send(path, { method: 'POST', body: form }),
  };
}
