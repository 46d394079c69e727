import { createPublicKey } from 'node:crypto';
import type { Tx } from '../../../platform/database/index.ts';
import type { ChannelContext, Credentials } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, changePurpose, contextOf, credentialsPurpose } from '../open-account.ts';
import { type ProposedChange, proposedChange } from '../queries/change-requests.ts';
import { type AccountWithSecrets, loadAccount } from '../queries/merchant-accounts.ts';
import { channelOf } from '../registry.ts';
import { type TestOutcome, testContext } from './test-merchant-account.ts';
import {
  type Checked,
  checkChange,
  checkNewAccount,
  type MerchantAccountChange,
  type NewMerchantAccount,
} from './write-account.ts';

interface TestInput {
  readonly companyId: string;
  readonly id: string;
  readonly language: 'zh' | 'en';
}

/**
 * Tries an account as it would be after a change that waits, so that nobody approves a mistyped
 * key. Nothing of it is used for payments, and keys that are downloaded are not kept.
 * @throws CHANNEL_CHANGE_NOT_FOUND, CHANNEL_CHANGE_DECIDED, CHANNEL_CHANGE_NO_TEST
 */
export async function testChange(deps: ChannelDeps, input: TestInput): Promise<TestOutcome> {
  const { companyId, id } = input;
  const stored = await deps.db.read(companyId, async (tx) => {
    const change = await proposedChange(tx, id);
    if (!change) throw channelsErrors.CHANNEL_CHANGE_NOT_FOUND();
    if (change.state !== 'open') throw channelsErrors.CHANNEL_CHANGE_DECIDED();
    return await accountAfter(deps, tx, { ...change, id });
  });
  return await testContext(contextOf(deps, stored, fetchKey), input.language);
}

async function accountAfter(
  deps: ChannelDeps,
  tx: Tx,
  change: ProposedChange & { readonly id: string },
): Promise<AccountWithSecrets> {
  const { kind, detail, subjectId, shortCode } = change;
  const credentials = change.secrets
    ? (JSON.parse(deps.secrets.open(tx.companyId, changePurpose, change.secrets)) as Credentials)
    : undefined;
  if (kind === 'create-account') {
    const account = { ...detail, credentials } as unknown as NewMerchantAccount;
    const { row, opened } = checkNewAccount(deps, tx, account);
    // Its messages are kept under the change: there is no account yet.
    const trial = { ...row, id: change.id, companyId: tx.companyId, number: 0 };
    const known = { shortCode, keys: [] };
    return storedOf(deps, tx, { row, opened }, { ...known, account: trial });
  }
  const found =
    kind === 'change-account' ? await loadAccount(tx, { id: subjectId ?? '' }) : undefined;
  if (!found) throw channelsErrors.CHANNEL_CHANGE_NO_TEST();
  const given: MerchantAccountChange = { ...detail, ...(credentials && { credentials }) };
  const before = { ...found.account, credentials: found.credentials };
  const after = checkChange(deps, tx, before, given);
  const account = { ...found.account, ...after.row };
  return storedOf(deps, tx, after, { ...found, account });
}

function storedOf(
  deps: ChannelDeps,
  tx: Tx,
  { row, opened }: Pick<Checked, 'row' | 'opened'>,
  known: Pick<AccountWithSecrets, 'account' | 'shortCode' | 'keys'>,
): AccountWithSecrets {
  const { companyId } = tx;
  return {
    account: known.account,
    shortCode: known.shortCode,
    keys: [...known.keys, ...channelOf(row.channel).trustedKeys(opened, row.mode)],
    credentials: deps.secrets.seal(companyId, credentialsPurpose, JSON.stringify(opened)),
    previous: null,
    rotatedAt: null,
  };
}

async function fetchKey(context: ChannelContext, serial: string) {
  const { isDownloadable, fetchKeys } = channelOf(context.account.channel);
  if (!isDownloadable?.(serial)) return undefined;
  const keys = await fetchKeys?.(context, serial);
  const found = keys?.find((key) => key.serial.toUpperCase() === serial.toUpperCase());
  return found && createPublicKey(found.pem);
}
