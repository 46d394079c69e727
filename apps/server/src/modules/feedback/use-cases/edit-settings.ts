import type {
  CannedAnswer,
  FeedbackSettings,
  TicketCategory,
  TicketRouting,
} from '@wuye-pay/contract';
import type { StaffActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/id.ts';
import type { FeedbackDeps } from '../deps.ts';
import { cannedVariables, unknownVariable } from '../domain/canned.ts';
import { feedbackErrors } from '../errors.ts';
import { cannedAnswersOf } from '../queries/canned-answers.ts';
import { areReceivers, categoriesOf, routingsOf } from '../queries/categories.ts';
import { unitOf } from '../queries/facts.ts';
import {
  type CategoryToSave,
  deleteRouting,
  ensureCategories,
  insertCategory,
  type RoutingToSave,
  saveRouting,
  updateCategory,
} from '../store/category-store.ts';
import {
  cannedTitleKey,
  deleteCanned,
  insertCanned,
  saveSettings,
  updateCanned,
} from '../store/setting-store.ts';

type Deps = Pick<FeedbackDeps, 'db' | 'clock'>;
type CategoryFields = Omit<CategoryToSave, 'id' | 'code'>;

interface By {
  readonly actor: StaffActor;
}

/** A new one without an id, else that one. @throws TICKET_RECEIVER_UNKNOWN, …_SETTING_NOT_FOUND */
export async function saveCategory(
  deps: Deps,
  { actor, categoryId, ...fields }: By & CategoryFields & { readonly categoryId?: string },
): Promise<TicketCategory> {
  return await changed(deps, actor, 'feedback.save_category', async (tx, at) => {
    await ensureCategories(tx, at);
    if (categoryId !== undefined) found((await categoriesOf(tx)).find((c) => c.id === categoryId));
    await requireReceivers(tx, fields);
    const id = categoryId ?? newId(at);
    if (categoryId === undefined) await insertCategory(tx, { ...fields, id, code: id }, at);
    else await updateCategory(tx, { ...fields, id }, at);
    return found((await categoriesOf(tx)).find((each) => each.id === id));
  });
}

/** @throws TICKET_RECEIVER_UNKNOWN, TICKET_PLACE_UNKNOWN, TICKET_CATEGORY_UNKNOWN */
export async function changeRouting(
  deps: Deps,
  { actor, ...routing }: By & RoutingToSave,
): Promise<TicketRouting> {
  return await changed(deps, actor, 'feedback.save_routing', async (tx, at) => {
    await requireReceivers(tx, routing);
    await ensureCategories(tx, at);
    const place = await unitOf(tx, { communityId: routing.communityId });
    if (!place) throw feedbackErrors.TICKET_PLACE_UNKNOWN();
    const isCategory = (await categoriesOf(tx)).some(({ id }) => id === routing.categoryId);
    if (!isCategory) throw feedbackErrors.TICKET_CATEGORY_UNKNOWN();
    const id = await saveRouting(tx, routing, at);
    return found((await routingsOf(tx)).find((each) => each.id === id));
  });
}

export async function removeRouting(
  deps: Deps,
  { actor, routingId }: By & { readonly routingId: string },
): Promise<{ isRemoved: boolean }> {
  return await changed(deps, actor, 'feedback.remove_routing', async (tx) => {
    if (!(await deleteRouting(tx, routingId))) throw feedbackErrors.FEEDBACK_SETTING_NOT_FOUND();
    return { isRemoved: true };
  });
}

export interface CannedFields {
  readonly title: string;
  readonly text: string;
  readonly textEn: string;
  readonly categoryId: string | null;
}

/** @throws CANNED_VARIABLE_UNKNOWN, CANNED_ANSWER_EXISTS, TICKET_CATEGORY_UNKNOWN */
export async function saveCanned(
  deps: Deps,
  { actor, answerId, ...fields }: By & CannedFields & { readonly answerId?: string },
): Promise<CannedAnswer> {
  const unknown = unknownVariable(fields.text, fields.textEn);
  if (unknown !== undefined) {
    const known = cannedVariables.map((name) => `{${name}}`).join(' ');
    throw feedbackErrors.CANNED_VARIABLE_UNKNOWN({ values: { name: `{${unknown}}`, known } });
  }
  try {
    return await changed(deps, actor, 'feedback.save_canned_answer', async (tx, at) => {
      if (answerId !== undefined) found((await cannedAnswersOf(tx, answerId))[0]);
      await ensureCategories(tx, at);
      const { categoryId } = fields;
      const isKnown = (await categoriesOf(tx)).some(({ id }) => id === categoryId);
      if (categoryId !== null && !isKnown) throw feedbackErrors.TICKET_CATEGORY_UNKNOWN();
      const canned = { ...fields, id: answerId ?? newId(at), by: actor.name, at };
      if (answerId === undefined) await insertCanned(tx, canned);
      else await updateCanned(tx, canned);
      return found((await cannedAnswersOf(tx, canned.id))[0]);
    });
  } catch (error) {
    const isTwice = violatedConstraint(error) === cannedTitleKey;
    throw isTwice ? feedbackErrors.CANNED_ANSWER_EXISTS({ cause: error }) : error;
  }
}

export async function removeCanned(
  deps: Deps,
  { actor, answerId }: By & { readonly answerId: string },
): Promise<{ isRemoved: boolean }> {
  return await changed(deps, actor, 'feedback.remove_canned_answer', async (tx) => {
    if (!(await deleteCanned(tx, answerId))) throw feedbackErrors.FEEDBACK_SETTING_NOT_FOUND();
    return { isRemoved: true };
  });
}

/** @throws FEEDBACK_HOURS_WRONG */
export async function changeSettings(
  deps: Deps,
  { actor, ...content }: By & FeedbackSettings,
): Promise<FeedbackSettings> {
  if (content.closesAtMinute <= content.opensAtMinute) throw feedbackErrors.FEEDBACK_HOURS_WRONG();
  return await changed(deps, actor, 'feedback.change_settings', async (tx, at) => {
    await saveSettings(tx, { content, by: actor.name, at });
    return content;
  });
}

async function requireReceivers(
  tx: Tx,
  receivers: { readonly roleId: string | null; readonly staffId: string | null },
): Promise<void> {
  if (!(await areReceivers(tx, receivers))) throw feedbackErrors.TICKET_RECEIVER_UNKNOWN();
}

function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw feedbackErrors.FEEDBACK_SETTING_NOT_FOUND();
  return row;
}

type Action =
  | 'feedback.save_category'
  | 'feedback.save_routing'
  | 'feedback.remove_routing'
  | 'feedback.save_canned_answer'
  | 'feedback.remove_canned_answer'
  | 'feedback.change_settings';

async function changed<Answer>(
  deps: Deps,
  actor: StaffActor,
  action: Action,
  work: (tx: Tx, at: Date) => Promise<Answer>,
): Promise<Answer> {
  return await deps.db.transaction(actor.companyId, async (tx) => {
    const answer = await work(tx, deps.clock.now());
    const subject = { subjectKind: 'feedback_setting', subjectId: actor.companyId };
    await recordAudit(tx, deps.clock, { actor, action, ...subject });
    return answer;
  });
}
