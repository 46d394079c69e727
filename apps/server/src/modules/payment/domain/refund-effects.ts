import type { BillEffect, RefundEffect } from '@wuye-pay/contract';
import { type Fen, fen, yuanAmount } from '@wuye-pay/money';

export interface RefundPlan {
  /** How the channel, or the way of the desk, is called. */
  readonly label: { readonly zh: string; readonly en: string };
  readonly isByHand: boolean;
  readonly amountFen: Fen;
  /** Of it out of the unit's balance. */
  readonly topUpFen?: Fen;
  readonly billEffect: BillEffect | null;
  readonly lines: readonly {
    readonly billId: string;
    readonly feeItemName: string;
    readonly month: string;
    readonly amountFen: Fen;
    readonly openFen: Fen;
  }[];
  /** The case whose money goes back. */
  readonly caseNo: string | null;
  /** It went back already: the books only follow. */
  readonly isAdopted?: boolean;
}

/** What a refund does, thing by thing, in figures. */
export function effectsOf(plan: RefundPlan): RefundEffect[] {
  return [
    moneyEffect(plan),
    ...plan.lines.map((line) => lineEffect(plan, line)),
    ...balanceEffect(plan),
    ...caseEffect(plan),
  ];
}

function moneyEffect({ label, isByHand, isAdopted, amountFen }: RefundPlan): RefundEffect {
  const amount = yuanAmount(amountFen);
  const text = isAdopted
    ? {
        zh: `${label.zh}已经退回 ${amount}，现在只补记账，不再退款`,
        en: `${label.en} has refunded ${amount} already; only the books follow`,
      }
    : isByHand
      ? {
          zh: `由前台付还 ${amount}，付款人在凭证上签字`,
          en: `The desk pays back ${amount}; the payer signs a voucher`,
        }
      : {
          zh: `经${label.zh}原路退回付款人 ${amount}`,
          en: `${amount} goes back to the payer by ${label.en}, the way it came`,
        };
  return { kind: 'money-out', text, amountFen, billId: null };
}

function lineEffect({ billEffect }: RefundPlan, line: RefundPlan['lines'][number]): RefundEffect {
  const { billId, feeItemName, amountFen, openFen } = line;
  const [year, month] = line.month.split('-');
  const zh = `${year}年${Number(month)}月 ${feeItemName}`;
  const en = `${year}-${month} ${feeItemName}`;
  const amount = yuanAmount(amountFen);
  if (billEffect === 'close') {
    const text = {
      zh: `${zh}：应收减少 ${amount}，不再欠费；收入同时冲减`,
      en: `${en}: the charge shrinks by ${amount} and is not owed; revenue shrinks with it`,
    };
    return { kind: 'bill-reduced', text, amountFen, billId };
  }
  const owed = yuanAmount(fen(openFen + amountFen));
  const text = {
    zh: `${zh}：重新欠费 ${amount}，退款后共欠 ${owed}`,
    en: `${en}: ${amount} is owed again, ${owed} in all after the refund`,
  };
  return { kind: 'bill-reopened', text, amountFen, billId };
}

function balanceEffect({ topUpFen = fen(0) }: RefundPlan): RefundEffect[] {
  if (topUpFen === 0) return [];
  const amount = yuanAmount(topUpFen);
  const text = {
    zh: `预存余额减少 ${amount}；申请期间这部分余额不能抵缴账单`,
    en: `The prepaid balance shrinks by ${amount}; until it is decided no bill can take it`,
  };
  return [{ kind: 'balance-reduced', text, amountFen: topUpFen, billId: null }];
}

function caseEffect({ caseNo, amountFen }: RefundPlan): RefundEffect[] {
  if (caseNo === null) return [];
  const text = {
    zh: `挂账 ${caseNo} 结清 ${yuanAmount(amountFen)}`,
    en: `${yuanAmount(amountFen)} of case ${caseNo} are resolved`,
  };
  return [{ kind: 'case-resolved', text, amountFen, billId: null }];
}
