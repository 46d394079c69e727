// Opens the app without a network: the page that was last served, and the files it asked for. What
// the app shows then is what it kept itself; answers of the server are never stored here.
const store = 'wuye-app-1';
/** A network that answers nothing for so long is as good as none. */
const patienceMs = 4000;
/** Files of a few versions; the oldest go. */
const mostFiles = 80;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith('/r/_/')) event.respondWith(file(request));
  else if (request.mode === 'navigate' && /^\/r\/[a-z][a-z0-9]*\//.test(pathname)) {
    event.respondWith(page(request, pathname.split('/').slice(0, 3).join('/')));
  }
});

/** A file's name changes with its content: the first copy is good for ever. */
async function file(request) {
  const cache = await caches.open(store);
  const known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request, answer.clone());
    const keys = await cache.keys();
    const old = keys.filter(({ url }) => url.includes('/r/_/')).slice(0, -mostFiles);
    await Promise.all(old.map((key) => cache.delete(key)));
  }
  return answer;
}

/** The newest page if the network has it in time, else the last one of the same company. */
async function page(request, company) {
  const cache = await caches.open(store);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patienceMs);
  try {
    const answer = await fetch(request, { signal: stop.signal });
    if (answer.ok && !answer.redirected) await cache.put(company, answer.clone());
    return answer;
  } catch (error) {
    const known = await cache.match(company);
    if (!known) throw error;
    return known;
  } finally {
    clearTimeout(timer);
  }
}
