import { randomBytes } from 'node:crypto';
import QRCode from 'qrcode';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { type OpenBill, openBillsOf } from '../../billing/index.ts';
import { paymentState } from '../../payment/index.ts';
import { packState } from '../domain/login-state.ts';
import type { Wallet } from '../domain/wallet.ts';
import type { CashierDeps, WalletAccount } from '../doors.ts';
import { type BillView, billsPage } from '../page/bills-page.ts';
import type { Content, Look } from '../page/document.ts';
import { closedPage, emptyPage, scanPage } from '../page/other-pages.ts';
import { type Payer, readPayer } from '../payer.ts';
import { signatureOf } from '../signature.ts';
import { companyOfCode, findHome, type Home } from './find-home.ts';

export interface Visit {
  readonly code: string;
  readonly wallet: Wallet;
  /** Value of the payer's cookie for this company. */
  readonly payerCookie: string | undefined;
  /** Binds a login to the browser that began it. */
  readonly browser: string;
  readonly look: Look;
}

export type Opened =
  | { readonly kind: 'page'; readonly content: Content }
  /** The wallet has to say first who this is. */
  | { readonly kind: 'login'; readonly url: string };

const bridgePath = '/sim/wechat-pay/bridge.js';
/** A unit's bills are held by few payments at a time; more are not looked at. */
const maxHolds = 5;

/** What the page behind a room code shows. @throws ROOM_CODE_UNKNOWN, ROOM_CODE_REPLACED */
export async function openPage(deps: CashierDeps, visit: Visit): Promise<Opened> {
  const { companyId } = await companyOfCode(deps, visit.code);
  const payer = readPayer(deps, companyId, visit.payerCookie);
  const seen = await deps.db.read(companyId, (tx) => look(tx, deps, visit.code, payer));
  const { home, bills } = seen;
  const page = (content: Content): Opened => ({ kind: 'page', content });
  if (bills.length === 0) return page(emptyPage(home.view, visit.look));
  if (!home.account) return page(closedPage(home.view, bills, visit.look));
  if (visit.wallet !== 'wechat') return page(await pageToScan(deps, visit, seen));
  if (payer?.appId !== home.account.appId) {
    return { kind: 'login', url: loginUrl(deps, home.account, visit) };
  }
  const bridge = deps.demo ? bridgePath : undefined;
  return page(billsPage({ ...seen, home: home.view, bridge }, visit.look));
}

interface Seen {
  readonly home: Home;
  readonly bills: readonly BillView[];
  readonly isHeldByOther: boolean;
  readonly own: { readonly paymentId: string; readonly isOver: boolean } | undefined;
}

async function look(
  tx: Tx,
  deps: CashierDeps,
  code: string,
  payer: Payer | undefined,
): Promise<Seen> {
  const home = await findHome(tx, deps, code);
  const open = await openBillsOf(tx, home.unitId);
  const today = dayOf(deps.clock.now(), home.company.timeZone);
  const bills = open.map((bill) => ({ ...bill, isOverdue: bill.dueOn < today }));
  return { home, bills, ...(await holdsOf(tx, deps, open, payer)) };
}

/** Whether somebody else is paying, and what this payer has begun. */
async function holdsOf(
  tx: Tx,
  deps: CashierDeps,
  bills: readonly OpenBill[],
  payer: Payer | undefined,
): Promise<Pick<Seen, 'isHeldByOther' | 'own'>> {
  const ids = new Set(bills.flatMap(({ heldBy }) => heldBy ?? []));
  const states = await Promise.all(
    [...ids].slice(0, maxHolds).map((id) => paymentState(tx, id, deps.clock.now())),
  );
  const alive = states.filter((state) => state?.state === 'open' || state?.state === 'processing');
  const own = alive.find((state) => state?.payerKey === payer?.key);
  return {
    isHeldByOther: alive.some((state) => state?.payerKey !== payer?.key),
    own: own && { paymentId: own.paymentId, isOver: own.expiresAt <= deps.clock.now() },
  };
}

async function pageToScan(deps: CashierDeps, visit: Visit, seen: Seen): Promise<Content> {
  const { home, bills } = seen;
  const pageUrl = deps.publicUrl + home.view.path;
  const qrSvg = await QRCode.toString(pageUrl, { type: 'svg', margin: 2 });
  const demoUrl = deps.demo
    ? `/sim/wechat-pay/wallet?scan=${encodeURIComponent(pageUrl)}`
    : undefined;
  const { wallet } = visit;
  return scanPage({ home: home.view, bills, wallet, qrSvg: qrSvg.trim(), demoUrl }, visit.look);
}

/** The silent hop to the wallet, which sends the browser back with a code. */
function loginUrl(deps: CashierDeps, account: WalletAccount, visit: Visit): string {
  const nonce = randomBytes(8).toString('hex');
  const { code, browser } = visit;
  const state = packState({ nonce, issuedAt: deps.clock.now(), code }, browser, signatureOf(deps));
  const redirectUrl = `${deps.publicUrl}/cb/wechat-pay`;
  return deps.doors.authorizeUrl(deps, account, { redirectUrl, state });
}
