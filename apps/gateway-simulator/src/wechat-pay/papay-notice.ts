import { type Call, type CallInput, readJson, type Success } from './order-calls.ts';
import type { PayDeps } from './pay.ts';
import { isUnder } from './records.ts';
import { parameterRefusal, refusals } from './refusals.ts';
import { check, needCount, needText, type Rule, text } from './rules.ts';

/** The notice before a debit (委托代扣), the one call of v3 that a contract of v2 needs. */
export const noticeCalls: readonly Call[] = [
  {
    method: 'POST',
    path: /^\/v3\/papay\/contracts\/([^/]+)\/notify$/,
    at: 'prepay',
    run: giveNotice,
  },
];

type NoticeBody = { mchid: string; appid: string; estimated_amount?: { amount: number } };

const rule: Rule = {
  kind: 'object',
  label: '预扣费通知',
  fields: {
    mchid: needText('商户号', 32),
    appid: needText('应用ID', 32),
    deduct_duration: {
      kind: 'object',
      label: '预计扣费时长',
      fields: { count: needCount('数量', 1), unit: needText('单位', 16) },
    },
    estimated_amount: {
      kind: 'object',
      label: '预计扣费金额',
      fields: { amount: needCount('金额', 1), currency: text('货币类型', 16) },
    },
  },
};

function giveNotice(deps: PayDeps, { merchant, key, body }: CallInput): Success {
  const asked = readJson(body);
  check('/body', asked, rule);
  const { mchid, appid, estimated_amount: estimated } = asked as NoticeBody;
  if (mchid !== merchant.mchid) {
    const message = '请求中的mchid与Http头Authorization中的mchid不一致';
    throw parameterRefusal({ field: '/body/mchid', message, value: mchid, no: 268447843 });
  }
  const contract = deps.records.contracts.get(key);
  if (contract === undefined || !isUnder(merchant, contract) || contract.state === 'signing') {
    throw refusals.contractNotExist();
  }
  if (contract.appid !== appid) throw refusals.appNotBound();
  if (contract.state === 'terminated') throw refusals.contractEnded();
  const notice = { at: deps.clock.scheduleNow(), mostFen: estimated?.amount ?? null };
  deps.records.contracts.set(key, { ...contract, notice });
  return { status: 204, body: '' };
}
