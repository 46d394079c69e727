import { beforeEach, expect, test, vi } from 'vitest';

const [load] = Object.values(import.meta.glob('../../public/sw.js'));
const origin = 'https://pay.example.com';
const kept = new Map<string, Response>();
let network: (url: string) => Promise<Response>;
let asked: string[];
let hear: (event: object) => void;

const keyOf = (request: string | { url: string }) =>
  new URL(typeof request === 'string' ? request : request.url, origin).href;
const cache = {
  match: async (request: string | { url: string }) => kept.get(keyOf(request))?.clone(),
  put: async (request: string | { url: string }, answer: Response) => {
    kept.set(keyOf(request), answer);
  },
  keys: async () => [...kept.keys()].map((url) => ({ url })),
  delete: async ({ url }: { url: string }) => kept.delete(url),
};

beforeEach(async () => {
  kept.clear();
  asked = [];
  vi.useFakeTimers();
  const worker = {
    addEventListener: (name: string, listener: (event: object) => void) => {
      if (name === 'fetch') hear = listener;
    },
    clients: { claim: async () => undefined },
    skipWaiting: async () => undefined,
  };
  const fetch = (request: { url: string }, init?: { signal: AbortSignal }) => {
    asked.push(request.url);
    return Promise.race([
      network(request.url),
      new Promise<Response>((_resolve, reject) => {
        init?.signal.addEventListener('abort', () => reject(new Error('given up')));
      }),
    ]);
  };
  vi.stubGlobal('self', worker);
  vi.stubGlobal('caches', { open: async () => cache });
  vi.stubGlobal('fetch', fetch);
  vi.stubGlobal('location', { origin });
  vi.resetModules();
  await load?.();
});

/** @returns undefined when the worker leaves the request to the browser */
function open(path: string, mode = 'navigate', method = 'GET'): Promise<Response> | undefined {
  let answer: Promise<Response> | undefined;
  const request = { url: origin + path, mode, method };
  hear({ request, respondWith: (given: Promise<Response>) => (answer = given) });
  return answer;
}

const text = async (answer: Promise<Response> | undefined) => await (await answer)?.text();
const online = (body: string) => async () => new Response(body);
const offline = async () => {
  throw new TypeError('no network');
};

test('a new version is what the next visit opens, though the old one is kept', async () => {
  network = online('version 1');
  expect(await text(open('/r/demo/'))).toBe('version 1');
  network = online('version 2');
  expect(await text(open('/r/demo/bills'))).toBe('version 2');
  network = offline;
  expect(await text(open('/r/demo/me'))).toBe('version 2');
});

test('one company’s page never stands in for another’s', async () => {
  network = online('of demo');
  await open('/r/demo/');
  network = offline;
  await expect(open('/r/other/')).rejects.toThrow('no network');
});

test('a network that answers nothing is given up after a few seconds', async () => {
  network = online('kept');
  await open('/r/demo/');
  network = () => new Promise(() => undefined);
  const opening = text(open('/r/demo/'));
  await vi.advanceTimersByTimeAsync(4000);
  expect(await opening).toBe('kept');
});

test('a refusal is not kept in place of the page', async () => {
  network = online('kept');
  await open('/r/demo/');
  network = async () => new Response('too many', { status: 429 });
  expect((await open('/r/demo/'))?.status).toBe(429);
  network = offline;
  expect(await text(open('/r/demo/'))).toBe('kept');
});

test('a built file is asked for once; the oldest of many go', async () => {
  network = online('file');
  await open('/r/_/index-1.js', 'cors');
  await open('/r/_/index-1.js', 'cors');
  expect(asked).toHaveLength(1);
  for (let number = 2; number <= 100; number += 1) await open(`/r/_/page-${number}.js`, 'cors');
  expect(kept.size).toBe(80);
  expect(kept.has(`${origin}/r/_/index-1.js`)).toBe(false);
});

test.each([
  ['/api/resident/bills', 'cors', 'GET'],
  ['/api/resident/payments', 'cors', 'POST'],
  ['/api/resident/payments/1/receipt.pdf', 'navigate', 'GET'],
  ['/q/demo-abc', 'navigate', 'GET'],
])('answers of the server are neither kept nor given out: %s', async (path, mode, method) => {
  network = online('secret');
  expect(open(path, mode, method)).toBeUndefined();
  expect(kept.size).toBe(0);
});
