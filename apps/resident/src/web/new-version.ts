const reloadedAt = 'wuye reloaded at';
const reloadAgainMs = 30_000;

/**
 * A new version was installed and the files of this one are gone: get it, but not in a circle. Who
 * has no network keeps the page.
 */
export function reloadOnNewVersion(): void {
  addEventListener('vite:preloadError', () => {
    if (!navigator.onLine) return;
    if (Date.now() - Number(sessionStorage.getItem(reloadedAt) ?? 0) < reloadAgainMs) return;
    sessionStorage.setItem(reloadedAt, String(Date.now()));
    location.reload();
  });
}

/** The next visit opens without a network, too; where there are no service workers it does not. */
export function openWithoutNetwork(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  addEventListener('load', () => {
    navigator.serviceWorker
      .register('/r/sw.js', { scope: '/r/' })
      .catch((error: unknown) => console.warn('the app will not open without a network', error));
  });
}
