import type { AutopaySigning, AutopayTerms, ResidentSurface } from '@wuye-pay/contract';
import type { Fen } from '@wuye-pay/money';
import type { ResidentActor } from '../../../platform/actor.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/database/index.ts';
import { newId, orderNoOf } from '../../../platform/id.ts';
import { once } from '../../../platform/idempotency.ts';
import { requireHome } from '../../resident/index.ts';
import { type AutopayDeps, type AutopayInputDeps, withMandates } from '../deps.ts';
import { addDays } from '../domain/rule.ts';
import { termsLines } from '../domain/terms.ts';
import { walletWords } from '../domain/words.ts';
import { autopayErrors } from '../errors.ts';
import { checkOffsetsMs, firstDebitWithinDays } from '../limits.ts';
import { companyOf } from '../queries/company.ts';
import type { HomeItem } from '../queries/options.ts';
import { ruleFinder } from '../queries/rules.ts';
import { insertCovers } from '../store/cover-store.ts';
import { record } from '../store/log-store.ts';
import { insertMandate, lockMandate, mandateById } from '../store/mandate-store.ts';
import { finish } from './mandate-steps.ts';
import { showMandate } from './show-mandates.ts';
import { firstDay, offersFor } from './sign-options.ts';

export interface Wish {
  readonly channel: string;
  readonly merchantAccountId: string;
  readonly homes: readonly { readonly unitId: string; readonly feeItemIds: readonly string[] }[];
  readonly limitDebitFen: Fen;
  readonly limitMonthFen: Fen;
  readonly firstDebitOn: string;
}

type Asked = Wish & { readonly actor: ResidentActor };

/** @throws as signing does */
export async function showTerms(input: AutopayInputDeps, asked: Asked): Promise<AutopayTerms> {
  const deps = withMandates(input);
  return await deps.db.read(asked.actor.companyId, async (tx) => {
    const items = await checkWish(tx, deps, asked);
    const { name: companyName } = await companyOf(tx);
    const ruleOf = await ruleFinder(tx);
    const homes = asked.homes.flatMap(({ unitId }) => {
      const own = items.filter((item) => item.unitId === unitId);
      const [home] = own;
      if (!home) return [];
      const name = `${home.communityName} ${home.label}`;
      return [{ name, items: own.map((item) => item.name), rule: ruleOf(home.communityId) }];
    });
    const wallet = walletWords(asked.channel);
    return { lines: termsLines({ ...asked, companyName, wallet, homes }) };
  });
}

/**
 * Leads a resident to the wallet's page that asks to be debited from now on. Recorded first; what
 * becomes of it is heard of by notice, or asked for.
 * @throws HOME_NOT_BOUND, AUTOPAY_NOT_OFFERED, AUTOPAY_TAKEN, AUTOPAY_LIMITS_WRONG,
 *   AUTOPAY_FIRST_DAY, AUTOPAY_REFUSED, AUTOPAY_UNCLEAR
 */
export async function signAutopay(
  input: AutopayInputDeps,
  asked: Asked & { readonly surface: ResidentSurface; readonly idempotencyKey: string },
): Promise<AutopaySigning> {
  const deps = withMandates(input);
  const { actor, idempotencyKey, ...request } = asked;
  const { companyId } = actor;
  const key = `${actor.id}/${idempotencyKey}`;
  const mandateId = await deps.db.transaction(companyId, (tx) =>
    once(tx, deps.clock, { scope: 'autopay.sign', key, request }, () => open(tx, deps, asked)),
  );
  const url = await leadToWallet(deps, { actor, mandateId, surface: asked.surface });
  return { mandateId, url, mandate: await showMandate(deps, { actor, mandateId }) };
}

async function open(tx: Tx, deps: AutopayDeps, asked: Asked): Promise<string> {
  const { actor, channel, merchantAccountId, limitDebitFen, limitMonthFen } = asked;
  const items = await checkWish(tx, deps, asked);
  const { shortCode } = await companyOf(tx);
  const at = deps.clock.now();
  const id = newId(at);
  await insertMandate(tx, {
    id,
    accountId: actor.id,
    channel,
    merchantAccountId,
    mandateNo: orderNoOf(shortCode, id),
    limitDebitFen,
    limitMonthFen,
    firstDebitOn: asked.firstDebitOn,
    displayName: displayName(items),
    returnUrl: `${deps.publicUrl}/r/${shortCode}/autopay-result/${id}`,
    requestedAt: at,
    checkAt: new Date(at.getTime() + (checkOffsetsMs[0] ?? 0)),
  });
  await insertCovers(tx, id, items);
  await record(tx, { mandateId: id, kind: 'asked', actor: 'resident', at });
  await recordAudit(tx, deps.clock, {
    actor,
    action: 'autopay.sign_mandate',
    subjectKind: 'autopay_mandate',
    subjectId: id,
    detail: { channel, limitDebitFen, limitMonthFen, homes: asked.homes.length },
  });
  return id;
}

/** The wallet shows it beside the merchant's name, in room for about ten characters. */
function displayName(items: readonly HomeItem[]): string {
  const [first] = items;
  if (!first) return '';
  const homes = new Set(items.map(({ unitId }) => unitId)).size;
  return homes > 1 ? `${first.label}等${homes}处` : `${first.communityName} ${first.label}`;
}

/** @returns the items to be paid, as they are offered */
async function checkWish(tx: Tx, deps: AutopayDeps, asked: Asked): Promise<HomeItem[]> {
  const { actor, homes, limitDebitFen, limitMonthFen, firstDebitOn } = asked;
  for (const { unitId } of homes) await requireHome(tx, actor, unitId);
  if (limitDebitFen > limitMonthFen) throw autopayErrors.AUTOPAY_LIMITS_WRONG();
  const from = await firstDay(tx, deps);
  const to = addDays(from, firstDebitWithinDays);
  if (firstDebitOn < from || firstDebitOn > to) {
    throw autopayErrors.AUTOPAY_FIRST_DAY({ values: { from, to } });
  }
  const offers = await offersFor(tx, deps, actor.id);
  const offer = offers.find(
    ({ channel, merchantAccountId }) =>
      channel === asked.channel && merchantAccountId === asked.merchantAccountId,
  );
  const wanted = homes.flatMap(({ unitId, feeItemIds }) =>
    feeItemIds.map((feeItemId) =>
      offer?.items.find((item) => item.unitId === unitId && item.feeItemId === feeItemId),
    ),
  );
  const items = wanted.filter((item) => item !== undefined);
  if (items.length < wanted.length) throw autopayErrors.AUTOPAY_NOT_OFFERED();
  const taken = items.find(({ paidBy }) => paidBy === 'other');
  if (taken) throw autopayErrors.AUTOPAY_TAKEN({ values: { item: taken.name } });
  return items;
}

interface Led {
  readonly actor: ResidentActor;
  readonly mandateId: string;
  readonly surface: ResidentSurface;
}

/** Outside transactions: the channel may be asked. The same mandate again is the same page. */
async function leadToWallet(
  deps: AutopayDeps,
  { actor, mandateId, surface }: Led,
): Promise<string> {
  const { companyId, ip } = actor;
  const mandate = await deps.db.read(companyId, (tx) => mandateById(tx, mandateId));
  if (!mandate) throw autopayErrors.AUTOPAY_NOT_FOUND();
  if (mandate.state !== 'requested') return mandate.returnUrl;
  const answer = await deps.mandates.signMandate(deps, {
    companyId,
    merchantAccountId: mandate.merchantAccountId,
    mandateNo: mandate.mandateNo,
    displayName: mandate.displayName,
    limitFen: mandate.signedDebitFen,
    firstDebitOn: mandate.firstDebitOn,
    returnUrl: mandate.returnUrl,
    isMiniProgram: surface !== 'h5',
    requestedAt: mandate.requestedAt,
    ...(ip !== undefined && { payerIp: ip }),
  });
  if (answer.state === 'unknown') throw autopayErrors.AUTOPAY_UNCLEAR();
  if (answer.state === 'accepted' && answer.instructions.kind === 'redirect') {
    return answer.instructions.url;
  }
  await deps.db.transaction(companyId, async (tx) => {
    const current = await lockMandate(tx, mandateId);
    if (current?.state === 'requested') await finish(tx, deps, current, 'unsigned');
  });
  const reason = answer.state === 'refused' ? answer.message || answer.code : '—';
  throw autopayErrors.AUTOPAY_REFUSED({ values: { reason } });
}
