import type { Actor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Credentials } from '../channel.ts';
import type { Rule } from '../domain/route.ts';
import { channelsErrors } from '../errors.ts';
import { type ChannelDeps, changePurpose } from '../open-account.ts';
import type { StoredChange } from '../store/change-request-store.ts';
import { lockMerchantAccount } from '../store/merchant-account-store.ts';
import { deleteRule, saveRule } from '../store/route-store.ts';
import { checkRule } from './check-rule.ts';
import {
  changeAccount,
  createAccount,
  type MerchantAccountChange,
  type NewMerchantAccount,
} from './write-account.ts';

interface Applied {
  readonly actor: Actor;
  readonly change: StoredChange;
}

/** Writes what was approved. @returns what it was about; of a new account, its id */
export async function applyChange(
  deps: ChannelDeps,
  tx: Tx,
  { actor, change }: Applied,
): Promise<string | null> {
  const { detail, subjectId } = change;
  const credentials = openedSecrets(deps, tx, change);
  switch (change.kind) {
    case 'create-account': {
      const account = { ...detail, credentials } as unknown as NewMerchantAccount;
      return (await createAccount(deps, tx, { actor, account })).merchantAccountId;
    }
    case 'change-account': {
      const found = await lockMerchantAccount(tx, { id: subjectId ?? '' });
      if (!found) throw channelsErrors.MERCHANT_ACCOUNT_NOT_FOUND();
      const given: MerchantAccountChange = { ...detail, ...(credentials && { credentials }) };
      await changeAccount(deps, tx, { actor, found, change: given });
      return subjectId;
    }
    case 'save-route': {
      const { rule } = detail as { rule: Rule };
      await checkRule(tx, rule);
      await saveRule(tx, rule, deps.clock.now());
      await auditRule(deps, tx, actor, { action: 'channels.save_route', rule });
      return subjectId;
    }
    case 'remove-route': {
      const isThere = await deleteRule(tx, subjectId ?? '');
      if (!isThere) throw channelsErrors.ROUTE_NOT_FOUND();
      const rule = { id: subjectId ?? '' };
      await auditRule(deps, tx, actor, { action: 'channels.remove_route', rule });
      return subjectId;
    }
  }
}

function openedSecrets(deps: ChannelDeps, tx: Tx, { secrets }: StoredChange) {
  if (!secrets) return undefined;
  return JSON.parse(deps.secrets.open(tx.companyId, changePurpose, secrets)) as Credentials;
}

async function auditRule(
  deps: ChannelDeps,
  tx: Tx,
  actor: Actor,
  { action, rule }: { action: string; rule: Partial<Rule> & { readonly id: string } },
): Promise<void> {
  const { id, ...detail } = rule;
  await recordAudit(tx, deps.clock, {
    actor,
    action,
    subjectKind: 'channel-route',
    subjectId: id,
    detail,
  });
}
