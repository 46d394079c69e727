import type {
  BankLayoutContent,
  BankLayoutView,
  BankRuleView,
  BankSettings,
} from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/id.ts';
import type { Rule } from '../domain/not-payment.ts';
import { layoutPresets } from '../domain/statement/presets.ts';
import { missingIn } from '../domain/statement/table.ts';
import { bankErrors } from '../errors.ts';
import { savedLayouts } from '../queries/layouts.ts';
import { bankRules } from '../queries/settings.ts';
import {
  deleteLayout,
  deleteRule,
  insertLayout,
  insertRule,
  saveSettings,
  updateLayout,
  updateRule,
} from '../store/settings-store.ts';

type SettingDeps = Pick<Deps, 'db' | 'clock'>;
interface By {
  readonly actor: StaffActor;
}

export function changeSettings(
  deps: SettingDeps,
  { actor, ...settings }: By & BankSettings,
): Promise<BankSettings> {
  return deps.db.transaction(actor.companyId, async (tx) => {
    await saveSettings(tx, settings, deps.clock.now());
    await audit(tx, deps, actor, 'bank.change_settings', actor.companyId, { ...settings });
    return settings;
  });
}

/** @throws BANK_RULE_EXISTS */
export function addRule(deps: SettingDeps, { actor, ...rule }: By & Rule): Promise<BankRuleView> {
  const at = deps.clock.now();
  const id = newId(at);
  return deps.db
    .transaction(actor.companyId, async (tx) => {
      await insertRule(tx, { ...rule, words: rule.words.trim(), id }, at);
      await audit(tx, deps, actor, 'bank.add_rule', id, { ...rule });
      return await ruleOf(tx, id);
    })
    .catch(asExistingRule);
}

/** @throws BANK_RULE_NOT_FOUND, BANK_RULE_EXISTS */
export function changeRule(
  deps: SettingDeps,
  { actor, ruleId, ...rule }: By & Rule & { readonly ruleId: string; readonly isActive: boolean },
): Promise<BankRuleView> {
  return deps.db
    .transaction(actor.companyId, async (tx) => {
      if (!(await updateRule(tx, ruleId, { ...rule, words: rule.words.trim() }))) {
        throw bankErrors.BANK_RULE_NOT_FOUND();
      }
      await audit(tx, deps, actor, 'bank.change_rule', ruleId, { ...rule });
      return await ruleOf(tx, ruleId);
    })
    .catch(asExistingRule);
}

export async function removeRule(
  deps: SettingDeps,
  { actor, ruleId }: By & { readonly ruleId: string },
): Promise<void> {
  await deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await deleteRule(tx, ruleId))) throw bankErrors.BANK_RULE_NOT_FOUND();
    await audit(tx, deps, actor, 'bank.remove_rule', ruleId, {});
  });
}

/** What was saved, then our examples. */
export async function showLayouts(deps: SettingDeps, companyId: string): Promise<BankLayoutView[]> {
  const saved = await deps.db.read(companyId, savedLayouts);
  return [
    ...saved.map(({ updatedAt, ...layout }) => ({
      ...layout,
      isExample: false,
      updatedAt: updatedAt.toISOString(),
    })),
    ...layoutPresets.map((preset) => ({ ...preset, id: null, isExample: true, updatedAt: null })),
  ];
}

interface LayoutInput extends By {
  readonly name: string;
  readonly content: BankLayoutContent;
}

/** @throws BANK_LAYOUT_INVALID, BANK_LAYOUT_EXISTS */
export function addLayout(
  deps: SettingDeps,
  { actor, name, content }: LayoutInput,
): Promise<BankLayoutView> {
  return deps.db.transaction(actor.companyId, (tx) =>
    saveNewLayout(tx, deps, { actor, name, content }),
  );
}

/** The same within a transaction that does more. */
export async function saveNewLayout(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  { actor, name, content }: LayoutInput,
): Promise<BankLayoutView & { readonly id: string }> {
  refuseIncomplete(content);
  const at = deps.clock.now();
  const layout = { id: newId(at), name: name.trim(), content };
  await insertLayout(tx, layout, at).catch((error: unknown) => asExistingLayout(error, name));
  await audit(tx, deps, actor, 'bank.add_layout', layout.id, { name });
  return { ...layout, isExample: false, updatedAt: at.toISOString() };
}

/** @throws BANK_LAYOUT_NOT_FOUND, BANK_LAYOUT_INVALID, BANK_LAYOUT_EXISTS */
export function changeLayout(
  deps: SettingDeps,
  { actor, layoutId, name, content }: LayoutInput & { readonly layoutId: string },
): Promise<BankLayoutView> {
  const at = deps.clock.now();
  const layout = { id: layoutId, name: name.trim(), content };
  return deps.db
    .transaction(actor.companyId, async (tx) => {
      if (!(await updateLayout(tx, layout, at))) throw bankErrors.BANK_LAYOUT_NOT_FOUND();
      refuseIncomplete(content);
      await audit(tx, deps, actor, 'bank.change_layout', layoutId, { name });
      return { ...layout, isExample: false, updatedAt: at.toISOString() };
    })
    .catch((error: unknown) => asExistingLayout(error, name));
}

export async function removeLayout(
  deps: SettingDeps,
  { actor, layoutId }: By & { readonly layoutId: string },
): Promise<void> {
  await deps.db.transaction(actor.companyId, async (tx) => {
    if (!(await deleteLayout(tx, layoutId))) throw bankErrors.BANK_LAYOUT_NOT_FOUND();
    await audit(tx, deps, actor, 'bank.remove_layout', layoutId, {});
  });
}

export function refuseIncomplete(content: BankLayoutContent): void {
  const what = missingIn(content);
  if (what !== undefined) throw bankErrors.BANK_LAYOUT_INVALID({ values: { what } });
}

async function ruleOf(tx: Tx, ruleId: string): Promise<BankRuleView> {
  const rule = (await bankRules(tx)).find(({ id }) => id === ruleId);
  if (!rule) throw bankErrors.BANK_RULE_NOT_FOUND();
  return rule;
}

async function audit(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  actor: StaffActor,
  action: string,
  subjectId: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await recordAudit(tx, deps.clock, {
    actor,
    action,
    subjectKind: 'bank_setting',
    subjectId,
    detail,
  });
}

function asExistingRule(error: unknown): never {
  if (violatedConstraint(error) !== 'rule_words_key') throw error;
  throw bankErrors.BANK_RULE_EXISTS({ cause: error });
}

function asExistingLayout(error: unknown, name: string): never {
  if (violatedConstraint(error) !== 'layout_name_key') throw error;
  throw bankErrors.BANK_LAYOUT_EXISTS({ cause: error, values: { name } });
}
