import { publish } from '../../../platform/outbox/index.ts';
import type { MandateNews } from '../channel.ts';
import { channelsErrors } from '../errors.ts';
import type {
  MandateAnswer,
  MandateOrder,
  MandateRequestResult,
  MandateVerbs,
} from '../mandate.ts';
import type { ChannelDeps } from '../open-account.ts';
import {
  applyMandateNews,
  insertMandate,
  type Mandate,
  type MandateKey,
  mandateByNo,
} from '../store/mandate-store.ts';
import { type OfAccount, withAccount } from './with-account.ts';

type Named = OfAccount & MandateKey;

/**
 * Leads a payer to the wallet's page that asks to be debited from now on (委托代扣). Recorded and
 * committed before the channel is told. Outside transactions.
 * @throws MERCHANT_ACCOUNT_NOT_FOUND, MANDATES_NOT_OFFERED
 */
export async function signMandate(
  deps: ChannelDeps,
  input: OfAccount & MandateOrder,
): Promise<MandateRequestResult> {
  return await withAccount(deps, input, async ({ mandates }, context) => {
    const verbs = offered(mandates);
    await deps.db.transaction(input.companyId, (tx) => insertMandate(tx, input));
    return await verbs.sign(context, input);
  });
}

/** What is known here; `ask` lets the channel tell again first. @throws MANDATE_NOT_FOUND */
export async function mandateOf(
  deps: ChannelDeps,
  input: Named & { readonly ask?: true },
): Promise<Mandate> {
  if (input.ask) await askAgain(deps, input);
  const known = await deps.db.read(input.companyId, (tx) => mandateByNo(tx, input));
  if (!known) throw channelsErrors.MANDATE_NOT_FOUND();
  return known;
}

async function askAgain(deps: ChannelDeps, input: Named): Promise<void> {
  const answer = await withAccount(deps, input, ({ mandates }, context) =>
    offered(mandates).query(context, input.mandateNo),
  );
  if (answer.state === 'known') await keepMandateNews(deps, input, answer.mandate);
}

/**
 * Tells the payer of a debit to come, where the channel wants it told through itself; elsewhere
 * there is nothing to do. @throws MANDATE_NOT_FOUND, MANDATE_NOT_ACTIVE
 */
export async function announceDebit(
  deps: ChannelDeps,
  input: Named & { readonly amountFen: Mandate['limitFen']; readonly debitOn: string },
): Promise<MandateAnswer> {
  const { channelMandateNo } = await activeMandate(deps, input);
  const { amountFen, debitOn } = input;
  return await withAccount(deps, input, async ({ mandates }, context) => {
    const tell = offered(mandates).announceDebit;
    return tell ? await tell(context, { channelMandateNo, amountFen, debitOn }) : { state: 'done' };
  });
}

/** Ends it at the channel, then here. @throws MANDATE_NOT_FOUND */
export async function endMandate(
  deps: ChannelDeps,
  input: Named & { readonly reason: string },
): Promise<MandateAnswer> {
  const known = await mandateOf(deps, input);
  if (known.state === 'ended') return { state: 'done' };
  const { mandateNo, channelMandateNo } = known;
  // Never signed: there is nothing to end at the channel.
  if (channelMandateNo === null) return await endHere(deps, input, mandateNo, '');
  const told = { mandateNo, channelMandateNo, reason: input.reason };
  const answer = await withAccount(deps, input, ({ mandates }, context) =>
    offered(mandates).end(context, told),
  );
  return answer.state === 'done' ? await endHere(deps, input, mandateNo, channelMandateNo) : answer;
}

async function endHere(
  deps: ChannelDeps,
  account: OfAccount,
  mandateNo: string,
  channelMandateNo: string,
): Promise<MandateAnswer> {
  const at = deps.clock.now();
  await keepMandateNews(deps, account, { mandateNo, channelMandateNo, state: 'ended', at });
  return { state: 'done' };
}

/** @throws MANDATE_NOT_FOUND, MANDATE_NOT_ACTIVE */
export async function activeMandate(
  deps: ChannelDeps,
  input: Named,
): Promise<Mandate & { readonly channelMandateNo: string }> {
  const known = await mandateOf(deps, input);
  const { channelMandateNo } = known;
  if (known.state !== 'active' || channelMandateNo === null) {
    throw channelsErrors.MANDATE_NOT_ACTIVE();
  }
  return { ...known, channelMandateNo };
}

/** The payer agreed, or ended it: told by a notice or by a query. */
export async function keepMandateNews(
  deps: ChannelDeps,
  { companyId, merchantAccountId }: OfAccount,
  news: MandateNews,
): Promise<void> {
  const { mandateNo } = news;
  const isOurs = await deps.db.transaction(companyId, async (tx) => {
    if (!(await applyMandateNews(tx, merchantAccountId, news))) return false;
    await publish(tx, deps.clock, {
      topic: 'channels.mandate',
      payload: { merchantAccountId, mandateNo },
    });
    return true;
  });
  if (!isOurs) deps.log.warn({ companyId, merchantAccountId, mandateNo }, 'an unknown mandate');
}

function offered(mandates: MandateVerbs | undefined): MandateVerbs {
  if (!mandates) throw channelsErrors.MANDATES_NOT_OFFERED();
  return mandates;
}
