import type { ResidentActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import { proofLifeMs } from '../domain/limits.ts';
import { maskMobile } from '../domain/mask.ts';
import type { Surface } from '../domain/session.ts';
import type { ResidentDeps } from '../doors.ts';
import { residentErrors } from '../errors.ts';
import { sealed } from '../secrets.ts';
import {
  accountOfPhone,
  eraseAccount,
  type LockedAccount,
  lockAccounts,
  moveWallets,
  setPhone,
} from '../store/account-store.ts';
import { insertCode, type Proved, spendProof } from '../store/code-store.ts';
import { endSessions } from '../store/session-store.ts';
import { withCode } from './prove-code.ts';
import { type Begun, begin, type Origin } from './sign-in.ts';
import { accountOf, scopeOf } from './wallet-code.ts';

export interface LinkedPhone {
  readonly kind: 'linked' | 'other-account';
  /** For switchAccount. */
  readonly ticket: string | null;
  readonly mayMoveWallet: boolean;
}

interface LinkInput {
  readonly actor: ResidentActor;
  readonly ip: string;
}

/** Proved by a code that was sent to it. @throws CODE_WRONG, CODE_TRIED_TOO_OFTEN */
export function linkPhone(
  deps: ResidentDeps,
  { actor, ip, codeId, code }: LinkInput & { readonly codeId: string; readonly code: string },
): Promise<LinkedPhone> {
  const { companyId, id: accountId } = actor;
  const typed = { companyId, id: codeId, kind: 'phone', accountId, code, ip } as const;
  return onceMore(() => withCode(deps, typed, (tx, proved) => link(tx, deps, actor, proved)));
}

export interface WalletPhone extends LinkInput {
  readonly channel: 'wechat-pay' | 'alipay';
  readonly appId: string | undefined;
  readonly code?: string;
  readonly encrypted?: string;
}

/** Proved by the wallet, whose user agreed to tell it. @throws PHONE_NOT_TOLD, WALLET_NOT_OFFERED */
export async function linkWalletPhone(
  deps: ResidentDeps,
  { actor, ip: _ip, ...question }: WalletPhone,
): Promise<LinkedPhone> {
  const { companyId, id: accountId } = actor;
  const { channel } = question;
  const account = await accountOf(deps, companyId, channel, question.appId);
  const appId = scopeOf(account).slice(channel.length + 1);
  const told = await deps.doors.phoneOfWallet(deps, companyId, { ...question, appId });
  const phone = 'phone' in told ? told.phone.replace(/^\+?86(?=1\d{10}$)/, '') : '';
  if (!/^1[3-9]\d{9}$/.test(phone)) throw residentErrors.PHONE_NOT_TOLD();
  const { cipher, index } = sealed(deps.secrets, companyId, 'phone', phone);
  const work = async (tx: Tx) => {
    const at = deps.clock.now();
    const id = newId(at);
    const proved = { id, toCipher: cipher, toIndex: index, toMasked: maskMobile(phone) };
    const times = { createdAt: at, expiresAt: at, provedAt: at };
    // Nothing was sent, so no digits prove it: the index of no code.
    const codeIndex = Buffer.alloc(16);
    await insertCode(tx, { ...proved, kind: 'phone', accountId, codeIndex, ...times });
    return await link(tx, deps, actor, proved);
  };
  return await onceMore(() => deps.db.transaction(companyId, work));
}

/**
 * A phone that is nobody's becomes this account's. One of another account is never taken over, nor
 * are the two made one: who holds this device need not be the one who has that phone. It only
 * proves who that other account is, for `switchAccount`.
 */
async function link(
  tx: Tx,
  deps: ResidentDeps,
  actor: ResidentActor,
  proved: Proved,
): Promise<LinkedPhone> {
  const holderId = await accountOfPhone(tx, proved.toIndex);
  const [own] = await lockAccounts(tx, [actor.id]);
  if (!own) throw residentErrors.TICKET_SPENT();
  if (holderId !== undefined && holderId !== actor.id) {
    return { kind: 'other-account', ticket: proved.id, mayMoveWallet: mayMove(own) };
  }
  const at = deps.clock.now();
  const phone = { cipher: proved.toCipher, index: proved.toIndex, masked: proved.toMasked };
  await setPhone(tx, actor.id, phone, at);
  await tell(tx, deps, actor, 'resident.link_phone', {
    phone: proved.toMasked,
    before: own.phoneMasked,
  });
  return { kind: 'linked', ticket: null, mayMoveWallet: false };
}

export interface SwitchInput {
  readonly actor: ResidentActor;
  readonly ticket: string;
  readonly moveWallet: boolean;
  readonly surface: Surface;
  readonly from: Origin;
}

/**
 * Goes on as the account whose phone was proved. With `moveWallet` the wallets of this account,
 * which must be empty, sign in to that one from now on, and this account is closed.
 * @throws TICKET_SPENT, WALLET_OF_OTHER_ACCOUNT
 */
export function switchAccount(deps: ResidentDeps, input: SwitchInput): Promise<Begun> {
  const { actor, surface, from } = input;
  return deps.db.transaction(actor.companyId, async (tx) => {
    const at = deps.clock.now();
    const since = new Date(at.getTime() - proofLifeMs);
    const proof = { id: input.ticket, accountId: actor.id, since };
    const proved = await spendProof(tx, proof, at);
    const holderId = proved && (await accountOfPhone(tx, proved.toIndex));
    if (holderId === undefined || holderId === actor.id) throw residentErrors.TICKET_SPENT();
    if (input.moveWallet) await moveAll(tx, deps, actor, holderId);
    const begun = { accountId: holderId, isNew: false, surface, how: 'switch', from } as const;
    return await begin(tx, deps, begun);
  });
}

async function moveAll(tx: Tx, deps: ResidentDeps, actor: ResidentActor, holderId: string) {
  const accounts = await lockAccounts(tx, [actor.id, holderId]);
  const own = accounts.find(({ id }) => id === actor.id);
  if (accounts.length !== 2 || !own || !mayMove(own)) {
    throw residentErrors.WALLET_OF_OTHER_ACCOUNT();
  }
  await absorb(tx, deps, { actor, emptyId: actor.id, holderId });
}

/** Hands the wallets of an empty account to another one and closes it. Both are locked. */
export async function absorb(
  tx: Tx,
  deps: Pick<ResidentDeps, 'clock'>,
  input: { readonly actor: ResidentActor; readonly emptyId: string; readonly holderId: string },
): Promise<void> {
  const at = deps.clock.now();
  const { actor, emptyId, holderId } = input;
  await moveWallets(tx, emptyId, holderId);
  await endSessions(tx, { accountId: emptyId, but: null }, at);
  await eraseAccount(tx, emptyId, at);
  await tell(tx, deps, { ...actor, id: emptyId }, 'resident.close', { movedTo: holderId });
  await tell(tx, deps, { ...actor, id: holderId }, 'resident.link_wallet', { from: emptyId });
}

export function mayMove(account: LockedAccount): boolean {
  return account.isEmpty && account.wallets > 0;
}

async function tell(
  tx: Tx,
  deps: Pick<ResidentDeps, 'clock'>,
  actor: ResidentActor,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const subject = { subjectKind: 'resident', subjectId: actor.id };
  await recordAudit(tx, deps.clock, { actor, action, ...subject, detail });
}

/** Somebody took the phone between the look and the write: the second look sees it. */
async function onceMore<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (violatedConstraint(error) !== 'account_phone_key') throw error;
    return await work();
  }
}
