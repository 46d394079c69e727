import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import type { Credentials } from '../channel.ts';
import type { ChangeKind, ChangeLine } from '../domain/change.ts';
import type { Rule } from '../domain/route.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, changePurpose, forgetAccounts } from '../open-account.ts';
import { isAlone, isProposed } from '../queries/change-requests.ts';
import { listRules } from '../queries/routes.ts';
import { insertChange, type NewChange } from '../store/change-request-store.ts';
import { lockMerchantAccount } from '../store/merchant-account-store.ts';
import { checkRule, type RuleInput } from './check-rule.ts';
import { approveInside } from './decide-change.ts';
import { accountLines, ruleLines } from './describe-change.ts';
import {
  changeAccount,
  checkChange,
  checkNewAccount,
  type MerchantAccountChange,
  type NewMerchantAccount,
} from './write-account.ts';

export type ChannelChange =
  | { readonly kind: 'create-account'; readonly account: NewMerchantAccount }
  | {
      readonly kind: 'change-account';
      readonly id: string;
      readonly change: MerchantAccountChange;
    }
  /** Without `id`, a new rule. */
  | { readonly kind: 'save-route'; readonly id?: string; readonly rule: RuleInput }
  | { readonly kind: 'remove-route'; readonly id: string };

export interface ChangeOutcome {
  /** `waiting`: nothing has changed yet, another person must approve it. */
  readonly state: 'waiting' | 'applied';
  readonly changeId: string | null;
  readonly merchantAccountId: string | null;
  /** It was applied without a second person, because there is none. */
  readonly isAlone: boolean;
}

interface Prepared {
  readonly kind: ChangeKind;
  readonly subjectId: string | null;
  readonly title: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly lines: readonly ChangeLine[];
  readonly credentials?: Credentials | undefined;
}

/**
 * Checks a change and keeps it until another person decides. A company that never had a second
 * member of staff cannot wait for one: there it is applied at once and marked as such. A new name
 * moves no money and needs nobody.
 * @throws MERCHANT_ACCOUNT_…, ROUTE_…, CHANNEL_CHANGE_PENDING, CHANNEL_CHANGE_EMPTY
 */
export async function proposeChange(
  deps: ChannelDeps,
  input: { readonly actor: StaffActor; readonly change: ChannelChange },
): Promise<ChangeOutcome> {
  const { actor, change } = input;
  try {
    const outcome = await deps.db.transaction(actor.companyId, (tx) =>
      isHarmless(change) ? rename(deps, tx, actor, change) : propose(deps, tx, actor, change),
    );
    if (outcome.state === 'applied') forgetAccounts(deps);
    return outcome;
  } catch (error) {
    throw expected(error);
  }
}

/** What two people did at the same moment. */
function expected(error: unknown): unknown {
  switch (violatedConstraint(error)) {
    case 'change_request_open_key':
      return channelsErrors.CHANNEL_CHANGE_PENDING({ cause: error });
    case 'merchant_account_once_key':
      return channelsErrors.MERCHANT_ACCOUNT_EXISTS({ cause: error });
    case 'route_once_key':
      return channelsErrors.ROUTE_EXISTS({ cause: error });
    default:
      return error;
  }
}

type Renaming = Extract<ChannelChange, { kind: 'change-account' }>;

function isHarmless(change: ChannelChange): change is Renaming {
  if (change.kind !== 'change-account') return false;
  const given = Object.entries(change.change).filter(([, value]) => value !== undefined);
  return given.length > 0 && given.every(([name]) => name === 'name');
}

async function rename(
  deps: ChannelDeps,
  tx: Tx,
  actor: StaffActor,
  { id, change }: Renaming,
): Promise<ChangeOutcome> {
  const found = await lockMerchantAccount(tx, { id });
  if (!found) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  await changeAccount(deps, tx, { actor, found, change });
  return { state: 'applied', changeId: null, merchantAccountId: id, isAlone: false };
}

async function propose(
  deps: ChannelDeps,
  tx: Tx,
  actor: StaffActor,
  change: ChannelChange,
): Promise<ChangeOutcome> {
  const prepared = await prepare(deps, tx, change);
  if (prepared.lines.length === 0) throw channelsErrors.CHANNEL_CHANGE_EMPTY();
  const { credentials, ...shown } = prepared;
  const proposedAt = deps.clock.now();
  const row: NewChange = {
    ...shown,
    id: newId(proposedAt),
    secrets: credentials
      ? deps.secrets.seal(tx.companyId, changePurpose, JSON.stringify(credentials))
      : null,
    proposedBy: actor,
    proposedAt,
  };
  await insertChange(tx, row);
  await recordAudit(tx, deps.clock, {
    actor,
    action: 'channels.propose_change',
    subjectKind: 'channel-change',
    subjectId: row.id,
    detail: { kind: row.kind, title: row.title, subjectId: row.subjectId },
  });
  const waiting = { changeId: row.id, merchantAccountId: accountIn(change) };
  if (!(await isAlone(tx))) return { ...waiting, state: 'waiting', isAlone: false };
  const { subjectId } = await approveInside(deps, tx, { actor, id: row.id, isAlone: true });
  const isAccount = row.kind === 'create-account';
  return {
    ...waiting,
    state: 'applied',
    isAlone: true,
    ...(isAccount && { merchantAccountId: subjectId }),
  };
}

function accountIn(change: ChannelChange): string | null {
  return change.kind === 'change-account' ? change.id : null;
}

async function prepare(deps: ChannelDeps, tx: Tx, change: ChannelChange): Promise<Prepared> {
  switch (change.kind) {
    case 'create-account':
      return await prepareNew(deps, tx, change.account);
    case 'change-account':
      return await prepareChange(deps, tx, change);
    case 'save-route':
      return await prepareRule(deps, tx, change);
    case 'remove-route': {
      const before = await ruleOf(tx, change.id);
      const { kind, id } = change;
      const lines = await ruleLines(tx, before, undefined);
      return { kind, subjectId: id, title: titleOf(before), detail: {}, lines };
    }
  }
}

async function prepareNew(
  deps: ChannelDeps,
  tx: Tx,
  account: NewMerchantAccount,
): Promise<Prepared> {
  const checked = checkNewAccount(deps, tx, account);
  const { channel, mchId, appId, subMchId } = checked.row;
  const known = await lockMerchantAccount(tx, { channel, mchId, appId, subMchId });
  if (known) throw channelsErrors.MERCHANT_ACCOUNT_EXISTS();
  if (await isProposed(tx, checked.row)) throw channelsErrors.CHANNEL_CHANGE_PENDING();
  const { credentials, ...detail } = account;
  const lines = accountLines(undefined, checked);
  return {
    kind: 'create-account',
    subjectId: null,
    title: account.name,
    detail,
    lines,
    credentials,
  };
}

async function prepareChange(
  deps: ChannelDeps,
  tx: Tx,
  { id, change }: Renaming,
): Promise<Prepared> {
  const found = await lockMerchantAccount(tx, { id });
  if (!found) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
  const lines = accountLines(found, checkChange(deps, tx, found, change));
  const { credentials, ...detail } = change;
  return { kind: 'change-account', subjectId: id, title: found.name, detail, lines, credentials };
}

async function prepareRule(
  deps: ChannelDeps,
  tx: Tx,
  { id, rule: input }: Extract<ChannelChange, { kind: 'save-route' }>,
): Promise<Prepared> {
  const before = id === undefined ? undefined : await ruleOf(tx, id);
  const rule: Rule = { ...input, id: id ?? newId(deps.clock.now()) };
  const names = await checkRule(tx, rule);
  const lines = await ruleLines(tx, before, rule);
  const title = titleOf({ ...names, communityName: names.community, feeItemName: names.feeItem });
  return { kind: 'save-route', subjectId: rule.id, title, detail: { rule }, lines };
}

async function ruleOf(tx: Tx, id: string) {
  const [rule] = await listRules(tx, { id });
  if (!rule) throw channelsErrors.ROUTE_NOT_FOUND();
  return rule;
}

function titleOf(rule: { communityName: string | null; feeItemName: string | null }): string {
  return `${rule.communityName ?? '全部小区'} · ${rule.feeItemName ?? '全部收费项目'}`;
}
