import { openBillsOf } from '../../billing/index.ts';
import {
  type CashierDeps,
  companyOfCode,
  findHome,
  keyOf,
  placeOfReceipt,
  readPayer,
  strangerKeyOf,
} from '../../cashier/index.ts';
import { billTitle } from '../domain/bill-title.ts';
import { placeOf } from '../queries/facts.ts';
import type { Opener } from './open-ticket.ts';

/** Where somebody comes from who is not signed in: the code at a door, or that of a receipt. */
export interface Doorway {
  readonly kind: 'scan' | 'receipt';
  readonly code: string;
}

export interface Visitor {
  readonly browser: string;
  readonly payerCookie: string | undefined;
  readonly address: string;
  readonly language: 'zh' | 'en';
}

export interface VisitedHome {
  readonly companyId: string;
  readonly shortCode: string;
  readonly unitId: string;
  /** "晨光花园 1栋2单元301" */
  readonly place: string;
  /** `/q/<code>` or `/v/<code>` */
  readonly path: string;
  /** Of the receipt. */
  readonly paymentId: string | undefined;
}

/** @throws ROOM_CODE_UNKNOWN, ROOM_CODE_REPLACED, RECEIPT_UNKNOWN */
export async function homeOfVisit(deps: CashierDeps, doorway: Doorway): Promise<VisitedHome> {
  const { kind, code } = doorway;
  if (kind === 'scan') {
    const { companyId, shortCode } = await companyOfCode(deps, code);
    const { unitId, view } = await deps.db.read(companyId, (tx) => findHome(tx, code));
    const { path, communityName, unitLabel } = view;
    const place = `${communityName} ${unitLabel}`;
    return { companyId, shortCode, unitId, place, path, paymentId: undefined };
  }
  const { companyId, shortCode, unitId, paymentId } = await placeOfReceipt(deps, code);
  const place = await deps.db.read(companyId, (tx) => placeOf(tx, unitId));
  return { companyId, shortCode, unitId, place, path: `/v/${code}`, paymentId };
}

export interface AskedBill {
  readonly id: string;
  readonly title: string;
}

/** An open bill of the home; of another home there is none. */
export async function billAsked(
  deps: CashierDeps,
  { companyId, unitId }: VisitedHome,
  billId: string | undefined,
): Promise<AskedBill | undefined> {
  if (billId === undefined) return undefined;
  const bills = await deps.db.read(companyId, (tx) => openBillsOf(tx, unitId));
  const bill = bills.find(({ id }) => id === billId);
  return bill && { id: bill.id, title: billTitle(bill) };
}

/** Known by the wallet that paid here before, else by the browser. */
export function openerOf(
  deps: CashierDeps,
  { companyId }: VisitedHome,
  { code, visitor }: { readonly code: string; readonly visitor: Visitor },
): Extract<Opener, { kind: 'payer' }> {
  const { ids, browserKey } = readPayer(deps, companyId, visitor);
  const [first] = ids;
  return {
    kind: 'payer',
    key: first ? keyOf(first) : (browserKey ?? ''),
    addressKey: strangerKeyOf({ code, payerIp: visitor.address }),
    isWallet: first !== undefined,
    language: visitor.language,
  };
}
