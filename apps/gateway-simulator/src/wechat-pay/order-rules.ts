import { parameterRefusal, type Refusal } from './refusals.ts';

/** A valid order as the merchant asked for it. */
export type OrderRequest = {
  appid: string;
  mchid: string;
  description: string;
  out_trade_no: string;
  time_expire?: string;
  attach?: string;
  notify_url: string;
  amount: { total: number; currency?: string };
  payer?: { openid: string };
};

type Rule =
  | { kind: 'text'; label: string; required?: true; least?: number; most: number; form?: RegExp }
  | { kind: 'integer'; label: string; required?: true; least: number }
  | { kind: 'boolean'; label: string; required?: true }
  | { kind: 'object'; label: string; required?: true; fields: Record<string, Rule> }
  | { kind: 'list'; label: string; required?: true; of: Rule };

const text = (label: string, most: number): Rule => ({ kind: 'text', label, most });
const needText = (label: string, most: number): Rule => ({ ...text(label, most), required: true });
const count = (label: string, least: number): Rule => ({ kind: 'integer', label, least });

const goods: Rule = {
  kind: 'object',
  label: '单品',
  fields: {
    merchant_goods_id: needText('商户侧商品编码', 32),
    wechatpay_goods_id: text('微信支付商品编码', 32),
    goods_name: text('商品名称', 256),
    quantity: { kind: 'integer', label: '商品数量', least: 1, required: true },
    unit_price: { kind: 'integer', label: '商品单价', least: 0, required: true },
  },
};

/**
 * Fields of an order body. Whether the text limits count characters or bytes is not documented;
 * bytes of UTF-8 are the stricter reading, so a client that passes here passes there.
 */
const shared: Record<string, Rule> = {
  appid: needText('应用ID', 32),
  mchid: needText('直连商户号', 32),
  description: needText('商品描述', 127),
  out_trade_no: {
    kind: 'text',
    label: '商户订单号',
    required: true,
    least: 6,
    most: 32,
    form: /^[0-9A-Za-z_\-|*]+$/,
  },
  time_expire: text('交易结束时间', 64),
  attach: text('附加数据', 128),
  notify_url: needText('通知地址', 255),
  goods_tag: text('订单优惠标记', 32),
  limit_pay: { kind: 'list', label: '指定支付方式', of: text('指定支付方式', 32) },
  support_fapiao: { kind: 'boolean', label: '电子发票入口开放标识' },
  amount: {
    kind: 'object',
    label: '订单金额',
    required: true,
    fields: {
      total: { kind: 'integer', label: '总金额', least: 1, required: true },
      currency: { kind: 'text', label: '货币类型', most: 16, form: /^CNY$/ },
    },
  },
  detail: {
    kind: 'object',
    label: '优惠功能',
    fields: {
      cost_price: count('订单原价', 0),
      invoice_id: text('商品小票ID', 32),
      goods_detail: { kind: 'list', label: '单品列表', of: goods },
    },
  },
  scene_info: {
    kind: 'object',
    label: '场景信息',
    fields: {
      payer_client_ip: text('用户终端IP', 45),
      device_id: text('商户端设备号', 32),
      store_info: {
        kind: 'object',
        label: '商户门店信息',
        fields: {
          id: needText('门店编号', 32),
          name: text('门店名称', 256),
          area_code: text('地区编码', 32),
          address: text('详细地址', 512),
        },
      },
    },
  },
  settle_info: {
    kind: 'object',
    label: '结算信息',
    fields: { profit_sharing: { kind: 'boolean', label: '是否指定分账' } },
  },
};

const payer: Rule = {
  kind: 'object',
  label: '支付者',
  required: true,
  fields: { openid: needText('用户标识', 128) },
};

const orderRules: Record<'JSAPI' | 'NATIVE', Rule> = {
  JSAPI: { kind: 'object', label: '订单', fields: { ...shared, payer } },
  NATIVE: { kind: 'object', label: '订单', fields: shared },
};

const closeRule: Rule = {
  kind: 'object',
  label: '关单',
  fields: { mchid: needText('直连商户号', 32) },
};

const DETAIL_MOST_BYTES = 6144;
const DAY_MS = 86_400_000;
const LONGEST_LIFE_MS = { JSAPI: 15 * DAY_MS, NATIVE: 7 * DAY_MS };
const SHORTEST_LIFE_MS = 60_000;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Checks the body of an order. Throws a Refusal that names the field. */
export function readOrder(
  tradeType: 'JSAPI' | 'NATIVE',
  body: unknown,
  nowMs: number,
): OrderRequest {
  check('/body', body, orderRules[tradeType]);
  const order = body as OrderRequest & { detail?: unknown };
  if (Buffer.byteLength(JSON.stringify(order.detail ?? '')) > DETAIL_MOST_BYTES) {
    throw broken('/body/detail', '优惠功能', '对象', `长度大于最大值 ${DETAIL_MOST_BYTES}`);
  }
  checkNotifyUrl(order.notify_url);
  checkExpiry(tradeType, order.time_expire, nowMs);
  return order;
}

export function readClose(body: unknown): { mchid: string } {
  check('/body', body, closeRule);
  return body as { mchid: string };
}

function check(field: string, value: unknown, rule: Rule): void {
  switch (rule.kind) {
    case 'text':
      return checkText(field, value, rule);
    case 'integer':
      return checkInteger(field, value, rule);
    case 'boolean':
      if (typeof value !== 'boolean') throw broken(field, rule.label, '布尔', '类型不正确', value);
      return;
    case 'list':
      if (!Array.isArray(value)) throw broken(field, rule.label, '数组', '类型不正确', value);
      for (const [index, item] of value.entries()) check(`${field}/${index}`, item, rule.of);
      return;
    case 'object':
      return checkObject(field, value, rule.fields, rule.label);
  }
}

function checkObject(field: string, value: unknown, rules: Record<string, Rule>, label: string) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw broken(field, label, '对象', '类型不正确', value);
  }
  const given = value as Record<string, unknown>;
  const extra = Object.keys(given).find((name) => !Object.hasOwn(rules, name));
  if (extra !== undefined) {
    const message = '请求中含有未在API文档中定义的参数';
    throw parameterRefusal({ field: `${field}/${extra}`, message, no: 270924358 });
  }
  for (const [name, rule] of Object.entries(rules)) {
    if (given[name] !== undefined) check(`${field}/${name}`, given[name], rule);
    else if (rule.required) throw missing(`${field}/${name}`, rule.label);
  }
}

function checkText(field: string, value: unknown, rule: Rule & { kind: 'text' }): void {
  if (typeof value !== 'string') throw broken(field, rule.label, '字符串', '类型不正确', value);
  const bytes = Buffer.byteLength(value);
  const least = rule.least ?? 1;
  const fail = (issue: string) => broken(field, rule.label, '字符串', issue, value);
  if (bytes < least) throw fail(`字节数 ${bytes}，小于最小值 ${least}`);
  if (bytes > rule.most) throw fail(`字节数 ${bytes}，大于最大值 ${rule.most}`);
  if (rule.form && !rule.form.test(value)) throw fail('不符合格式要求');
}

function checkInteger(field: string, value: unknown, rule: Rule & { kind: 'integer' }): void {
  const fail = (issue: string) => broken(field, rule.label, '数值', issue, value);
  if (!Number.isSafeInteger(value)) throw fail('类型不正确');
  if ((value as number) < rule.least) throw fail(`值低于最小值 ${rule.least}`);
}

function checkNotifyUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isWeb = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  if (!isWeb || parsed.pathname === '/' || /[?#]/.test(url)) {
    const issue = '必须是带路径、不带参数的 https 或 http 地址';
    throw broken('/body/notify_url', '通知地址', '字符串', issue, url);
  }
}

function checkExpiry(tradeType: 'JSAPI' | 'NATIVE', text: string | undefined, nowMs: number) {
  if (text === undefined) return;
  const fail = (issue: string) =>
    broken('/body/time_expire', '交易结束时间', '字符串', issue, text);
  const lifeMs = Date.parse(text) - nowMs;
  if (!RFC_3339.test(text) || Number.isNaN(lifeMs)) throw fail('不符合 RFC3339 格式');
  if (lifeMs < SHORTEST_LIFE_MS) throw fail('不得早于 1 分钟之后');
  if (lifeMs > LONGEST_LIFE_MS[tradeType]) throw fail('超过订单的最长有效期');
}

function missing(field: string, label: string): Refusal {
  const message = `输入源“${field}”映射到字段“${label}”必填性规则校验失败，此字段为必填项`;
  const no = field.endsWith('/openid') || field.endsWith('/payer') ? 268501013 : undefined;
  return parameterRefusal({ field, message, ...(no === undefined ? {} : { no }) });
}

function broken(field: string, label: string, kind: string, issue: string, value?: unknown) {
  const message = `输入源“${field}”映射到${kind}字段“${label}”规则校验失败，${issue}`;
  return parameterRefusal({ field, message, value });
}
