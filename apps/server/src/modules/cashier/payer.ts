import { createHash } from 'node:crypto';
import type { Deps } from '../../platform/deps.ts';

/** Whoever pays: known by the wallet's id for one of our apps, kept sealed in a cookie. */
export interface Payer {
  readonly appId: string;
  readonly openId: string;
  /** The same person of the same app has the same key; it does not tell the id. */
  readonly key: string;
}

/** Half a year: most pay every month or quarter. */
export const payerCookieSeconds = 180 * 24 * 3600;
const purpose = 'cashier.payer';

/** One name a company, so that two companies on one origin do not overwrite each other's. */
export function payerCookieOf(shortCode: string): string {
  return `payer-${shortCode}`;
}

export function sealPayer(
  deps: Pick<Deps, 'secrets'>,
  companyId: string,
  payer: { readonly appId: string; readonly openId: string },
): string {
  const { appId, openId } = payer;
  const text = JSON.stringify({ appId, openId });
  return deps.secrets.seal(companyId, purpose, text).toString('base64url');
}

/** @returns undefined for a cookie that is missing, foreign or changed */
export function readPayer(
  deps: Pick<Deps, 'secrets'>,
  companyId: string,
  cookie: string | undefined,
): Payer | undefined {
  if (!cookie) return undefined;
  let text: string;
  try {
    text = deps.secrets.open(companyId, purpose, Buffer.from(cookie, 'base64url'));
  } catch (error) {
    // Not sealed by us for this company: the same as no cookie.
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
  const { appId, openId } = JSON.parse(text) as { appId: string; openId: string };
  return { appId, openId, key: keyOf(appId, openId) };
}

function keyOf(appId: string, openId: string): string {
  return createHash('sha256').update(`wechat-pay/${appId}/${openId}`).digest('base64url');
}
