import type { AutopaySettingView } from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Rule } from '../domain/rule.ts';
import { autopayErrors } from '../errors.ts';
import { hasCommunity, rulesOf } from '../queries/rules.ts';
import { planAllAgain } from '../store/mandate-store.ts';
import { removeRule, saveRule } from '../store/setting-store.ts';

type WriteDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * When debits come from now on; what is planned already keeps its day.
 * @throws AUTOPAY_RULE_WRONG, AUTOPAY_COMMUNITY_NOT_FOUND
 */
export async function changeRule(
  deps: WriteDeps,
  input: Rule & { readonly actor: StaffActor; readonly communityId: string | null },
): Promise<AutopaySettingView> {
  const { actor, communityId, basis, days, noticeDays, retryDays } = input;
  if (basis === 'published' && days < 0) throw autopayErrors.AUTOPAY_RULE_WRONG();
  const rule = { basis, days, noticeDays, retryDays };
  return await deps.db.transaction(actor.companyId, async (tx) => {
    await checkCommunity(tx, communityId);
    const at = deps.clock.now();
    await saveRule(tx, communityId, { ...rule, at, by: actor.name });
    await planAllAgain(tx, at);
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'autopay.change_rule',
      subjectKind: 'autopay_setting',
      subjectId: communityId ?? actor.companyId,
      detail: rule,
    });
    const views = await rulesOf(tx);
    const saved = views.find((view) => view.communityId === communityId);
    if (!saved) throw new Error('a saved rule is not found');
    return saved;
  });
}

/** The community follows the company's rule again. @throws AUTOPAY_COMMUNITY_NOT_FOUND */
export async function dropRule(
  deps: WriteDeps,
  { actor, communityId }: { readonly actor: StaffActor; readonly communityId: string },
): Promise<void> {
  await deps.db.transaction(actor.companyId, async (tx) => {
    await checkCommunity(tx, communityId);
    await removeRule(tx, communityId);
    await planAllAgain(tx, deps.clock.now());
    await recordAudit(tx, deps.clock, {
      actor,
      action: 'autopay.remove_rule',
      subjectKind: 'autopay_setting',
      subjectId: communityId,
    });
  });
}

async function checkCommunity(tx: Tx, communityId: string | null): Promise<void> {
  if (communityId === null || (await hasCommunity(tx, communityId))) return;
  throw autopayErrors.AUTOPAY_COMMUNITY_NOT_FOUND();
}
