import { failPayment, type PayDeps, pay } from '../pay.ts';
import type { Contract, Debit } from '../payer-records.ts';
import { orderKey } from '../records.ts';
import { contractOpenid } from './fields.ts';

/** Carries out the automatic debits whose time has come. */
export async function runDueDebits(deps: PayDeps): Promise<void> {
  const now = deps.clock.scheduleNow();
  const due = deps.records.debits.values().filter((one) => one.at <= now);
  await Promise.all(due.map((one) => runDebit(deps, one)));
}

async function runDebit(deps: PayDeps, { mchid, outTradeNo }: Debit): Promise<void> {
  const { records } = deps;
  const key = orderKey(mchid, outTradeNo);
  records.debits.remove(key);
  const order = records.orders.get(key);
  const contract = records.contracts.get(order?.contractId ?? '');
  if (order?.state !== 'NOTPAY' || contract === undefined) return;
  const outcome = outcomeOf(contract);
  if (outcome === 'pending') return; // Waits for the control API.
  if (outcome === 'paid') {
    await pay(deps, { order, openid: contractOpenid(contract), outcome: 'paid' });
    return;
  }
  failPayment(deps, order, outcome);
}

type Failure = { code: string; text: string };

function outcomeOf(contract: Contract): 'paid' | 'pending' | Failure {
  if (contract.state !== 'signed') return { code: 'CONTRACTERROR', text: '签约协议已解约' };
  if (contract.debitsAre !== 'no-money') return contract.debitsAre;
  return { code: 'NOTENOUGH', text: '用户余额不足，扣款失败' };
}
