import { randomBytes } from 'node:crypto';
import QRCode from 'qrcode';
import { dayOf } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Wallet } from '../../../platform/http/index.ts';
import { openBillsOf } from '../../billing/index.ts';
import { chosenWay } from '../domain/ways.ts';
import type { CashierDeps, WalletAccount } from '../doors.ts';
import { packState } from '../login-state.ts';
import { type BillView, billsPage } from '../page/bills-page.ts';
import { choicePage } from '../page/choice-page.ts';
import type { Content, Look } from '../page/document.ts';
import { closedPage, emptyPage, scanPage } from '../page/other-pages.ts';
import { idAt, type Payer, readPayer } from '../payer.ts';
import { disputedOf } from '../queries/disputed-bills.ts';
import { signatureOf } from '../signature.ts';
import { companyOfCode, findHome, type Home } from './find-home.ts';
import { type Holds, holdsOf } from './holds.ts';
import { demoWalletUrl, type Offer, type Offers, offersFor } from './offers.ts';

export interface Visit {
  readonly code: string;
  readonly wallet: Wallet;
  readonly device: 'phone' | 'computer';
  /** What a visitor with an ordinary browser chose: `alipay.h5`. */
  readonly way: string | undefined;
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

/** Wallets that pay by a script in the page; the demo brings its own. */
const bridges: Readonly<Record<string, string>> = {
  wechat: '/sim/wechat-pay/bridge.js',
  alipay: '/sim/alipay/bridge.js',
};

/** What the page behind a room code shows. @throws ROOM_CODE_UNKNOWN, ROOM_CODE_REPLACED */
export async function openPage(deps: CashierDeps, visit: Visit): Promise<Opened> {
  const { companyId } = await companyOfCode(deps, visit.code);
  const payer = readPayer(deps, companyId, visit);
  const seen = await deps.db.read(companyId, (tx) => look(tx, deps, visit, payer));
  const { home, bills, offers } = seen;
  const page = (content: Content): Opened => ({ kind: 'page', content });
  if (bills.length === 0) return page(emptyPage(home.view, visit.look));
  if (offers.here.length === 0 && offers.byScan.length === 0) {
    return page(closedPage(home.view, bills, visit.look));
  }
  const offer = takenOffer(visit, offers);
  if (offer) return payableWith(deps, visit, seen, { payer, offer });
  const isBrowser = visit.wallet === 'browser';
  return page(isBrowser ? await pageToChoose(deps, seen, visit) : await pageToScan(seen, visit));
}

interface Seen extends Holds {
  readonly home: Home;
  readonly bills: readonly BillView[];
  readonly offers: Offers;
  readonly pageUrl: string;
}

async function look(tx: Tx, deps: CashierDeps, visit: Visit, payer: Payer): Promise<Seen> {
  const home = await findHome(tx, visit.code);
  const open = await openBillsOf(tx, home.unitId);
  const today = dayOf(deps.clock.now(), home.company.timeZone);
  const billIds = open.map(({ id }) => id);
  const disputed = await disputedOf(tx, billIds);
  const bills = open.map((bill) => ({
    ...bill,
    isOverdue: bill.dueOn < today,
    isDisputed: disputed.has(bill.id),
  }));
  const { communityId } = home;
  const [offers, holds] = await Promise.all([
    offersFor(tx, deps, visit, { communityId, bills }),
    holdsOf(tx, deps, bills, payer),
  ]);
  return { home, bills, offers, pageUrl: deps.publicUrl + home.view.path, ...holds };
}

/** In a wallet there is no choice; a browser has the one that it chose, or the only one. */
function takenOffer({ wallet, way }: Visit, { here }: Offers): Offer | undefined {
  if (wallet !== 'browser') return here[0];
  const choices = here.map(({ choice }) => choice);
  const chosen = chosenWay(way, choices);
  return here.find(({ choice }) => choice === chosen);
}

function payableWith(
  deps: CashierDeps,
  visit: Visit,
  seen: Seen,
  { payer, offer }: { readonly payer: Payer; readonly offer: Offer },
): Opened {
  const { payments } = offer.plan;
  // The wallet tells who this is once for every app that collects.
  const unknown = payments.find(
    ({ account, way }) => way.product === 'jsapi' && !idAt(payer, account),
  );
  if (unknown) return { kind: 'login', url: loginUrl(deps, unknown.account, visit) };
  const bridge = deps.demo ? bridges[visit.wallet] : undefined;
  const way = visit.wallet === 'browser' ? visit.way : undefined;
  const view = { ...seen, home: seen.home.view, plan: offer.plan, way, bridge };
  const { label } = offer.choice;
  return { kind: 'page', content: billsPage({ ...view, label }, visit.look) };
}

async function pageToChoose(deps: CashierDeps, seen: Seen, { look }: Visit): Promise<Content> {
  const { home, bills, offers } = seen;
  const demos = deps.demo ? demosOf(seen) : [];
  const qrSvg = await qrOf(seen.pageUrl);
  return choicePage({ home: home.view, bills, ...offers, qrSvg, demos }, look);
}

async function pageToScan(seen: Seen, { wallet, look }: Visit): Promise<Content> {
  const { home, bills, offers } = seen;
  const { byScan } = offers;
  const qrSvg = await qrOf(seen.pageUrl);
  return scanPage({ home: home.view, bills, wallet, byScan, qrSvg }, look);
}

/** The demo's stand-ins for a phone with a wallet. */
function demosOf({ offers, pageUrl }: Seen) {
  return offers.byScan.flatMap(({ wallet, label }) => {
    const url = demoWalletUrl(wallet, pageUrl);
    return url ? [{ url, label }] : [];
  });
}

async function qrOf(url: string): Promise<string> {
  return (await QRCode.toString(url, { type: 'svg', margin: 2 })).trim();
}

/** The silent hop to the wallet, which sends the browser back with a code. */
function loginUrl(deps: CashierDeps, account: WalletAccount, visit: Visit): string {
  const nonce = randomBytes(8).toString('hex');
  const { code, browser } = visit;
  const issuedAt = deps.clock.now();
  const accountNumber = account.number;
  const state = packState({ nonce, issuedAt, accountNumber, code }, browser, signatureOf(deps));
  const redirectUrl = `${deps.publicUrl}/cb/${account.channel}`;
  return deps.doors.authorizeUrl(deps, account, { redirectUrl, state });
}
