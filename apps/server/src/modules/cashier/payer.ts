import { createHash } from 'node:crypto';
import type { Deps } from '../../platform/deps.ts';
import type { WalletAccount } from './doors.ts';

/** Who a wallet says this is, at one of our apps. */
export interface WalletId {
  /** Channel and app: the same person has another id at each. */
  readonly scope: string;
  readonly openId: string;
}

/** Whoever pays: known by the wallets' ids, kept sealed in a cookie, or only by the browser. */
export interface Payer {
  readonly ids: readonly WalletId[];
  /** Every key under which payments of this visitor are filed; a key does not tell the id. */
  readonly keys: readonly string[];
  /** Of payments that are made without a wallet's id. */
  readonly browserKey: string | undefined;
}

/** Half a year: most pay every month or quarter. */
export const payerCookieSeconds = 180 * 24 * 3600;
const purpose = 'cashier.payer';
/** Apps of one company that one person pays at; the newest are kept. */
const maxIds = 6;

/** One name a company, so that two companies on one origin do not overwrite each other's. */
export function payerCookieOf(shortCode: string): string {
  return `payer-${shortCode}`;
}

export function scopeOf({ channel, appId, mchId }: WalletAccount): string {
  return `${channel}/${appId || mchId}`;
}

/** The cookie with one more id in it. */
export function sealPayer(
  deps: Pick<Deps, 'secrets'>,
  companyId: string,
  ids: readonly WalletId[],
): string {
  const known = new Map(ids.map((id) => [id.scope, id]));
  const text = JSON.stringify([...known.values()].slice(-maxIds));
  return deps.secrets.seal(companyId, purpose, text).toString('base64url');
}

export interface Visitor {
  readonly payerCookie: string | undefined;
  readonly browser: string | undefined;
}

/** A cookie that is missing, foreign or changed knows nobody. */
export function readPayer(
  deps: Pick<Deps, 'secrets'>,
  companyId: string,
  { payerCookie, browser }: Visitor,
): Payer {
  const ids = payerCookie ? readIds(deps, companyId, payerCookie) : [];
  const browserKey = browser && `browser/${hashed(`${companyId}/${browser}`)}`;
  const keys = [...ids.map(keyOf), ...(browserKey ? [browserKey] : [])];
  return { ids, keys, browserKey };
}

/**
 * Whom limits count where no wallet says who pays: a browser's own id is whatever it says, so it is
 * the address, at one home; many people of other homes may share it.
 */
export function strangerKeyOf({ code, payerIp }: { code: string; payerIp: string }): string {
  return `address/${hashed(`${payerIp}/${code}`)}`;
}

export function idAt(payer: Payer, account: WalletAccount): WalletId | undefined {
  const scope = scopeOf(account);
  return payer.ids.find((id) => id.scope === scope);
}

export function keyOf({ scope, openId }: WalletId): string {
  return hashed(`${scope}/${openId}`);
}

function readIds(
  deps: Pick<Deps, 'secrets'>,
  companyId: string,
  cookie: string,
): readonly WalletId[] {
  let text: string;
  try {
    text = deps.secrets.open(companyId, purpose, Buffer.from(cookie, 'base64url'));
  } catch (error) {
    // Not sealed by us for this company: the same as no cookie.
    if (!(error instanceof Error)) throw error;
    return [];
  }
  const ids = JSON.parse(text) as unknown;
  // What an earlier version sealed: the wallet tells again.
  return Array.isArray(ids) ? (ids as WalletId[]) : [];
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
