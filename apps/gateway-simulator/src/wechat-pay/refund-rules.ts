import { broken, check, needCount, needText, type Rule, text } from './rules.ts';

export type RefundBody = {
  sub_mchid?: string;
  transaction_id?: string;
  out_trade_no?: string;
  out_refund_no: string;
  reason?: string;
  notify_url?: string;
  funds_account?: string;
  amount: { refund: number; total: number; currency: string };
};

export type AbnormalRefundBody = {
  sub_mchid?: string;
  out_refund_no: string;
  type: 'USER_BANK_CARD' | 'MERCHANT_BANK_CARD';
  bank_type?: string;
  bank_account?: string;
  real_name?: string;
};

const outRefundNo: Rule = {
  kind: 'text',
  label: '商户退款单号',
  required: true,
  most: 64,
  form: /^[0-9A-Za-z_\-|*@]+$/,
};

const refundRule: Rule = {
  kind: 'object',
  label: '退款',
  fields: {
    sub_mchid: text('子商户号', 32),
    transaction_id: text('微信支付订单号', 32),
    out_trade_no: text('商户订单号', 32),
    out_refund_no: outRefundNo,
    reason: text('退款原因', 80),
    notify_url: text('退款结果回调url', 256),
    funds_account: {
      kind: 'text',
      label: '退款资金来源',
      most: 32,
      form: /^(AVAILABLE|UNSETTLED)$/,
    },
    amount: {
      kind: 'object',
      label: '金额信息',
      required: true,
      fields: {
        refund: needCount('退款金额', 1),
        total: needCount('原订单金额', 1),
        currency: { kind: 'text', label: '退款币种', most: 16, form: /^CNY$/, required: true },
        from: {
          kind: 'list',
          label: '退款出资账户及金额',
          of: {
            kind: 'object',
            label: '退款出资',
            fields: {
              account: {
                kind: 'text',
                label: '出资账户类型',
                most: 32,
                form: /^(AVAILABLE|UNAVAILABLE)$/,
                required: true,
              },
              amount: needCount('出资金额', 1),
            },
          },
        },
      },
    },
    goods_detail: {
      kind: 'list',
      label: '退款商品',
      of: {
        kind: 'object',
        label: '退款商品',
        fields: {
          merchant_goods_id: needText('商户侧商品编码', 32),
          wechatpay_goods_id: text('微信支付商品编码', 32),
          goods_name: text('商品名称', 256),
          unit_price: needCount('商品单价', 0),
          refund_amount: needCount('商品退款金额', 0),
          refund_quantity: needCount('商品退货数量', 1),
        },
      },
    },
  },
};

const abnormalRule: Rule = {
  kind: 'object',
  label: '异常退款',
  fields: {
    sub_mchid: text('子商户号', 32),
    out_refund_no: outRefundNo,
    type: {
      kind: 'text',
      label: '异常退款处理方式',
      most: 32,
      form: /^(USER_BANK_CARD|MERCHANT_BANK_CARD)$/,
      required: true,
    },
    bank_type: text('开户银行', 16),
    bank_account: text('收款银行卡号', 1024),
    real_name: text('收款用户姓名', 1024),
  },
};

export function readRefund(body: unknown): RefundBody {
  check('/body', body, refundRule);
  const refund = body as RefundBody;
  if (refund.amount.refund <= refund.amount.total) return refund;
  throw broken('/body/amount/refund', '退款金额', '数值', '大于原订单金额', refund.amount.refund);
}

export function readAbnormalRefund(body: unknown): AbnormalRefundBody {
  check('/body', body, abnormalRule);
  const asked = body as AbnormalRefundBody;
  const needed = ['bank_type', 'bank_account', 'real_name'] as const;
  const lacking = needed.find((name) => asked[name] === undefined);
  if (asked.type === 'MERCHANT_BANK_CARD' || lacking === undefined) return asked;
  throw broken(`/body/${lacking}`, '用户银行卡信息', '字符串', '退至用户银行卡时为必填项');
}
