import { beijingTime } from '../../clock.ts';
import { canonical, findOrder, saveOrder } from '../orders.ts';
import type { PayDeps } from '../pay.ts';
import type { Contract } from '../payer-records.ts';
import { isUnder, type Order, orderKey } from '../records.ts';
import {
  checkLength,
  checkOrderNumber,
  readFen,
  type V2Call,
  type V2Input,
  V2Refused,
} from './call.ts';
import { askedOrder, queried } from './code-pay.ts';
import { endContract } from './contracts.ts';
import { contractOpenid } from './fields.ts';
import { wallTime } from './notification.ts';
import type { Fields } from './xml.ts';

/** Automatic debit (委托代扣) once a contract is signed. */
export const papayCalls: readonly V2Call[] = [
  {
    paths: ['/pay/pappayapply', '/pay/partner/pappayapply'],
    at: 'prepay',
    required: [
      'appid',
      'mch_id',
      'nonce_str',
      'body',
      'out_trade_no',
      'total_fee',
      'spbill_create_ip',
      'notify_url',
      'trade_type',
      'contract_id',
    ],
    run: apply,
  },
  {
    paths: ['/pay/paporderquery', '/pay/partner/paporderquery'],
    at: 'query',
    required: ['appid', 'mch_id', 'nonce_str'],
    run: queryDebit,
  },
  {
    paths: ['/papay/querycontract', '/papay/partner/querycontract'],
    at: 'query',
    required: ['appid', 'mch_id', 'version'],
    run: (deps, input) => contractFields(askedContract(deps, input)),
  },
  {
    paths: ['/papay/deletecontract', '/papay/partner/deletecontract'],
    at: 'cancel',
    required: ['appid', 'mch_id', 'version', 'contract_termination_remark'],
    run: terminate,
  },
];

/** From asking to the debit itself. */
const DEBIT_MS = 1_000;
const NOTICE_MS = 24 * 3600_000;
/** Hours in Beijing between which debits with a notice run. */
const OPENS = '07:00';
const CLOSES = '22:00';
const FOREVER_MS = 30 * 86_400_000;

/** Takes a debit. It is carried out a moment later, and its result is notified. */
function apply(deps: PayDeps, { fields, party, merchant }: V2Input): Fields {
  const outTradeNo = checkOrderNumber(fields);
  const totalFen = readFen(fields, 'total_fee');
  checkLength(fields, 'body', 128);
  if (fields.trade_type !== 'PAP') throw new V2Refused('PARAM_ERROR', 'trade_type须为PAP');
  const contract = deps.records.contracts.get(fields.contract_id ?? '');
  if (contract === undefined || !isUnder(merchant, contract) || contract.mchid !== party.mchid) {
    throw new V2Refused('CONTRACT_NOT_EXIST', '签约协议不存在');
  }
  const parameters = canonical({ ...fields, nonce_str: '', sign: '' });
  const known = findOrder(deps, party.mchid, outTradeNo);
  if (known?.payment) throw new V2Refused('ORDERPAID', '订单已支付');
  if (known !== undefined) {
    if (known.parameters === parameters && known.state === 'NOTPAY') return {}; // Accepted before.
    throw new V2Refused('OUT_TRADE_NO_USED', '商户订单号重复');
  }
  if (contract.state !== 'signed') throw new V2Refused('CONTRACTERROR', '签约协议已解约');
  checkNotice(deps, contract, totalFen);
  saveOrder(deps, newDebit(deps, { contract, fields, outTradeNo, totalFen, parameters }));
  const debits = contract.debits + 1;
  deps.records.contracts.set(contract.contractId, { ...contract, debits, notice: null });
  const at = deps.clock.scheduleNow() + DEBIT_MS;
  deps.records.debits.set(orderKey(party.mchid, outTradeNo), {
    mchid: party.mchid,
    outTradeNo,
    at,
  });
  return {};
}

/** The payer was told a day ahead, or has just signed. */
function checkNotice(deps: PayDeps, contract: Contract, totalFen: number): void {
  const now = deps.clock.scheduleNow();
  const { notice } = contract;
  if (notice === null) {
    const isFirst = contract.debits === 0 && (contract.freeDebitUntil ?? 0) > now;
    if (isFirst) return;
    throw new V2Refused('RULELIMIT', '未发送预扣费通知，请先调用预扣费通知接口');
  }
  if (notice.at + NOTICE_MS > now) {
    throw new V2Refused('RULELIMIT', '预扣费通知发出未满24小时，不能扣费');
  }
  const time = beijingTime(now).slice(11, 16);
  if (time < OPENS || time >= CLOSES) {
    throw new V2Refused('RULELIMIT', '扣费时间须在07:00至22:00之间');
  }
  if (notice.mostFen !== null && totalFen > notice.mostFen) {
    throw new V2Refused('RULELIMIT', '扣费金额大于预扣费通知的金额');
  }
}

function newDebit(
  deps: PayDeps,
  input: {
    contract: Contract;
    fields: Fields;
    outTradeNo: string;
    totalFen: number;
    parameters: string;
  },
): Order {
  const { contract, fields } = input;
  return {
    mchid: contract.mchid,
    spMchid: contract.spMchid,
    appid: contract.appid,
    subAppid: contract.subAppid,
    outTradeNo: input.outTradeNo,
    tradeType: 'PAP',
    parameters: input.parameters,
    description: fields.body ?? '',
    attach: fields.attach || null,
    notifyUrl: fields.notify_url ?? '',
    totalFen: input.totalFen,
    openid: contractOpenid(contract),
    state: 'NOTPAY',
    createdAt: deps.clock.now(),
    expireAt: deps.clock.scheduleNow() + FOREVER_MS,
    prepays: [],
    payment: null,
    contractId: contract.contractId,
  };
}

/** A debit under way reads as ACCEPT, a failed one as PAY_FAIL. */
function queryDebit(deps: PayDeps, input: V2Input): Fields {
  const order = askedOrder(deps, input);
  if (order.tradeType !== 'PAP') throw new V2Refused('ORDERNOTEXIST', '此交易订单号不存在');
  const fields = { ...queried(order), contract_id: order.contractId ?? '' };
  if (order.state === 'NOTPAY') {
    return { ...fields, trade_state: 'ACCEPT', trade_state_desc: '已接收，等待扣款' };
  }
  if (order.state !== 'PAYERROR') return fields;
  const text = order.failure?.text ?? '扣款失败';
  return { ...fields, trade_state: 'PAY_FAIL', trade_state_desc: text };
}

const CONTRACT_STATES = { signed: '0', terminated: '1', signing: '9' };

function contractFields(contract: Contract): Fields {
  return {
    contract_id: contract.contractId,
    plan_id: contract.planId,
    request_serial: contract.requestSerial,
    contract_code: contract.contractCode,
    contract_display_account: contract.displayAccount,
    contract_state: CONTRACT_STATES[contract.state],
    contract_signed_time: contract.signedAt === null ? '' : wallTime(contract.signedAt),
    ...(contract.terminatedAt === null
      ? {}
      : {
          contract_terminated_time: wallTime(contract.terminatedAt),
          contract_termination_mode: String(contract.terminationMode),
          contract_termination_remark: contract.terminationRemark,
        }),
    openid: contractOpenid(contract),
  };
}

function terminate(deps: PayDeps, input: V2Input): Fields {
  const contract = askedContract(deps, input);
  checkLength(input.fields, 'contract_termination_remark', 256);
  if (contract.state !== 'signed') throw new V2Refused('CONTRACTERROR', '签约协议已解约');
  const remark = input.fields.contract_termination_remark ?? '';
  endContract(deps, contract, { mode: 3, remark });
  const { contractId: contract_id, planId: plan_id, contractCode: contract_code } = contract;
  return { contract_id, plan_id, contract_code };
}

/** By its own number, or by the plan and the merchant's number. */
function askedContract(deps: PayDeps, { fields, party }: V2Input): Contract {
  const { contract_id: id, plan_id: plan, contract_code: code } = fields;
  const found = deps.records.contracts.find(
    (one) =>
      one.mchid === party.mchid &&
      one.spMchid === party.spMchid &&
      (id ? one.contractId === id : one.planId === plan && one.contractCode === code),
  );
  if (found === undefined || found.state === 'signing') {
    throw new V2Refused('CONTRACT_NOT_EXIST', '签约协议不存在');
  }
  return found;
}
