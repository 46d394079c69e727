import { ControlRefused } from '../control-input.ts';
import type { Store } from '../store.ts';

/** Hosts that merchants have registered: the wallet opens them and sends codes back to them. */
export function redirectHosts(store: Store): Set<string> {
  const hosts = store.table<{ host: string }>(TABLE).values();
  return new Set(hosts.map((one) => one.host));
}

export function registerHosts(store: Store, hosts: readonly string[]): void {
  const table = store.table<{ host: string }>(TABLE);
  for (const host of hosts) table.set(host, { host });
}

export function readHosts(value: unknown): string[] {
  const isHost = (one: unknown) => typeof one === 'string' && /^[^/\s]+$/.test(one);
  if (Array.isArray(value) && value.length <= HOSTS_MOST && value.every(isHost)) {
    return value as string[];
  }
  throw new ControlRefused('redirectHosts 须是域名列表，如 ["localhost:8080"]', 'redirectHosts');
}

const HOSTS_MOST = 20;
const TABLE = 'union-pay-redirect-hosts';
