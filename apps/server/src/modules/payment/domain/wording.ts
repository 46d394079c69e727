import type { CloseReason, SurplusReason } from '@wuye-pay/contract';

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export const surplusReasons: Readonly<Record<SurplusReason, Bilingual>> = {
  'other-amount': { zh: '实付金额与应付不一致', en: 'Another amount was paid than asked for' },
  'second-payment': { zh: '同一笔支付重复付款', en: 'The payment was already paid' },
  'closed-payment': { zh: '支付关闭后才到账', en: 'The money came after the payment was closed' },
  'unknown-order': { zh: '订单号无法识别', en: 'No order of ours has this number' },
  'other-merchant': { zh: '收款商户号与订单不一致', en: 'Another merchant account collected it' },
  'bill-not-payable': { zh: '账单已付清或已作废', en: 'The bill was settled or void by then' },
  'refund-returned': {
    zh: '退款被退回商户号',
    en: 'A refund bounced back to the merchant account',
  },
  'refund-unasked': { zh: '渠道报告了未经本系统的退款', en: 'The channel refunded without us' },
  'refund-other-amount': {
    zh: '渠道退款金额与申请不一致',
    en: 'The channel refunded another amount than asked for',
  },
  'unmatched-transfer': {
    zh: '银行到账，还没有确认是哪套房屋的款',
    en: 'Money in the bank; nobody has said yet which unit it is for',
  },
  'transfer-remainder': {
    zh: '银行到账金额多于（或不足）整张账单，余款待处理',
    en: 'What whole bills left of a transfer',
  },
};

export const closeReasons: Readonly<Record<CloseReason, Bilingual>> = {
  expired: { zh: '超时未付', en: 'not paid in time' },
  'taken-over': { zh: '由他人接手支付', en: 'taken over by another payer' },
  'channel-closed': { zh: '渠道已关闭订单', en: 'the channel closed the order' },
  'other-amount': { zh: '实付金额不一致', en: 'another amount was paid' },
  refused: { zh: '渠道拒绝了订单', en: 'the channel refused the order' },
};

const lookUp: Bilingual = {
  zh: '在商户平台按渠道交易号查到这笔交易，核对金额、付款时间与付款人。',
  en: 'Look the trade up by its number in the merchant console; check amount, time and payer.',
};
const askPayer: Bilingual = {
  zh: '联系付款人，确认是退款还是抵缴其他账单，并留下书面确认。',
  en: 'Ask the payer whether to refund or to use it for other bills, and keep the answer.',
};
const refund: Bilingual = {
  zh: '退款请点「原路退款」，由另一人审批；不要在商户平台直接退。',
  en: 'Refund by the original route here, with a second person; not in the merchant console.',
};

const matchTransfer: Bilingual = {
  zh: '打开「银行转账 · 流水」中的这笔到账，按系统建议或查找房屋，选择账单后确认匹配。',
  en: 'Open the entry under bank entries, take a suggestion or look a unit up, and match it.',
};

/** What a person does about a case, step by step. */
export const surplusAdvice: Readonly<Record<SurplusReason, readonly Bilingual[]>> = {
  'other-amount': [
    lookUp,
    {
      zh: '以商户平台的金额为准：账单仍未付，付款人可重新扫码付清。',
      en: 'The console’s amount is right. The bill is still open and can be paid by a new scan.',
    },
    askPayer,
    refund,
  ],
  'second-payment': [
    lookUp,
    {
      zh: '确认账单确已由另一笔付清（见该支付的时间线），这一笔应全额退回。',
      en: 'See in the timeline that the bills were settled by the other trade; refund this in full.',
    },
    refund,
  ],
  'closed-payment': [
    lookUp,
    {
      zh: '看账单现在是否仍未付：未付可与付款人商定抵缴，已付则全额退回。',
      en: 'If the bill is still open, agree with the payer to use the money for it; else refund.',
    },
    askPayer,
    refund,
  ],
  'unknown-order': [
    lookUp,
    {
      zh: '核对订单号是否来自共用此商户号的其他系统；若是，通知对方认领。',
      en: 'See whether the order belongs to another system on the same merchant account.',
    },
    refund,
  ],
  'other-merchant': [
    lookUp,
    {
      zh: '核对商户号配置：订单由另一商户号收款，可能有人复用了订单号。',
      en: 'Check the merchant accounts: another one collected this order number.',
    },
    refund,
  ],
  'bill-not-payable': [
    {
      zh: '查看账单为何付清或作废（如前台已收现金），确认多收的金额。',
      en: 'See why the bill was settled or void (such as cash at the desk) and what is too much.',
    },
    askPayer,
    refund,
  ],
  'refund-returned': [
    {
      zh: '退款曾成功，后被银行或钱包退回（如卡已注销、账户冻结），款项又回到商户号。',
      en: 'The refund succeeded and bounced later, such as from a closed card; the money is back.',
    },
    askPayer,
    {
      zh: '可再次原路退款，或征得付款人同意后抵缴该房屋的未缴账单。',
      en: 'Refund once more by the original route, or settle open bills if the payer agrees.',
    },
  ],
  'refund-unasked': [
    {
      zh: '在商户平台查退款单号：是谁、因何在平台上直接退的款。',
      en: 'Look the refund number up in the merchant console: who refunded it there, and why.',
    },
    {
      zh: '若退的是某笔收款，点「认领退款」选择账单及处理方式；若退的是另一笔挂账，认领到该挂账。',
      en: 'Adopt it: choose the payment’s bills that it was for, or the other case that it was for.',
    },
    {
      zh: '今后请在本系统申请退款，以便两人复核并自动记账。',
      en: 'From now on ask for refunds here, so that two people see them and the books follow.',
    },
  ],
  'refund-other-amount': [
    {
      zh: '以商户平台的退款金额为准，核对与申请的差额。',
      en: 'The console’s amount is right; compare it with what was asked for.',
    },
    {
      zh: '先放弃原退款申请以释放预留，再按实退金额「认领退款」。',
      en: 'Give the refund up so that its reservation ends, then adopt the amount that went back.',
    },
  ],
  'unmatched-transfer': [
    matchTransfer,
    {
      zh: '认不出付款人时：按对方户名、附言和金额联系业主核实，或请银行查询付款附言。',
      en: 'If nobody knows the payer, ask the owners by name and amount, or the bank for details.',
    },
    {
      zh: '确属汇错的款项，凭对方书面说明由出纳在网银退回，并在此登记退款。',
      en: 'Money sent by mistake goes back by the bank, against a written request, and is noted here.',
    },
  ],
  'transfer-remainder': [
    {
      zh: '该房屋的整张账单已先结清，这是多出或不足一张账单的部分。',
      en: 'Whole bills of the unit were settled first; this is what is left of the transfer.',
    },
    matchTransfer,
    askPayer,
  ],
};

export const correctedByQuery = '渠道查询确认金额后自动更正';
