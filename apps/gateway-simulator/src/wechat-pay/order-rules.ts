import { broken, check, count, needCount, needText, type Rule, text } from './rules.ts';

/** The v3 products. Mini-programs use JSAPI with the app id of the mini-program. */
export type Product = 'jsapi' | 'native' | 'h5' | 'app';

/** A valid order as the merchant or the partner asked for it. */
export type OrderRequest = {
  appid?: string;
  mchid?: string;
  sp_appid?: string;
  sp_mchid?: string;
  sub_appid?: string;
  sub_mchid?: string;
  description: string;
  out_trade_no: string;
  time_expire?: string;
  attach?: string;
  notify_url: string;
  amount: { total: number; currency?: string };
  payer?: { openid?: string; sp_openid?: string; sub_openid?: string };
};

const goods: Rule = {
  kind: 'object',
  label: '单品',
  fields: {
    merchant_goods_id: needText('商户侧商品编码', 32),
    wechatpay_goods_id: text('微信支付商品编码', 32),
    goods_name: text('商品名称', 256),
    quantity: needCount('商品数量', 1),
    unit_price: needCount('商品单价', 0),
  },
};

const scene: Record<string, Rule> = {
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
};

const h5Scene: Record<string, Rule> = {
  ...scene,
  payer_client_ip: needText('用户终端IP', 45),
  h5_info: {
    kind: 'object',
    label: 'H5场景信息',
    required: true,
    fields: {
      type: { kind: 'text', label: '场景类型', most: 32, required: true },
      app_name: text('应用名称', 64),
      app_url: text('网站URL', 128),
      bundle_id: text('iOS平台BundleID', 128),
      package_name: text('Android平台PackageName', 128),
    },
  },
};

export const outTradeNo: Rule = {
  kind: 'text',
  label: '商户订单号',
  required: true,
  least: 6,
  most: 32,
  form: /^[0-9A-Za-z_\-|*]+$/,
};

/**
 * Fields of an order body. Whether the text limits count characters or bytes is not documented;
 * bytes of UTF-8 are the stricter reading, so a client that passes here passes there.
 */
const shared: Record<string, Rule> = {
  description: needText('商品描述', 127),
  out_trade_no: outTradeNo,
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
      total: needCount('总金额', 1),
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
  settle_info: {
    kind: 'object',
    label: '结算信息',
    fields: { profit_sharing: { kind: 'boolean', label: '是否指定分账' } },
  },
};

const directParty = { appid: needText('应用ID', 32), mchid: needText('直连商户号', 32) };
const partnerParty = {
  sp_appid: needText('服务商应用ID', 32),
  sp_mchid: needText('服务商户号', 32),
  sub_appid: text('子商户应用ID', 32),
  sub_mchid: needText('子商户号', 32),
};

const payer = (fields: Record<string, Rule>): Rule => ({
  kind: 'object',
  label: '支付者',
  required: true,
  fields,
});

function orderRule(product: Product, isPartner: boolean): Rule {
  const isH5 = product === 'h5';
  const sceneInfo: Rule = { kind: 'object', label: '场景信息', fields: isH5 ? h5Scene : scene };
  const openids: Record<string, Rule> = isPartner
    ? { sp_openid: text('用户服务标识', 128), sub_openid: text('用户子标识', 128) }
    : { openid: needText('用户标识', 128) };
  return {
    kind: 'object',
    label: '订单',
    fields: {
      ...(isPartner ? partnerParty : directParty),
      ...shared,
      scene_info: isH5 ? { ...sceneInfo, required: true } : sceneInfo,
      ...(product === 'jsapi' ? { payer: payer(openids) } : {}),
    },
  };
}

const DETAIL_MOST_BYTES = 6144;
const DAY_MS = 86_400_000;
const LONGEST_LIFE_MS = {
  jsapi: 15 * DAY_MS,
  h5: 15 * DAY_MS,
  app: 15 * DAY_MS,
  native: 7 * DAY_MS,
};
const SHORTEST_LIFE_MS = 60_000;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const H5_TYPES = ['Wap', 'iOS', 'Android'];

/** Checks the body of an order. Throws a Refusal that names the field. */
export function readOrder(
  { product, isPartner }: { product: Product; isPartner: boolean },
  body: unknown,
  nowMs: number,
): OrderRequest {
  check('/body', body, orderRule(product, isPartner));
  const order = body as OrderRequest & {
    detail?: unknown;
    scene_info?: { h5_info?: { type?: string } };
  };
  if (Buffer.byteLength(JSON.stringify(order.detail ?? '')) > DETAIL_MOST_BYTES) {
    throw broken('/body/detail', '优惠功能', '对象', `长度大于最大值 ${DETAIL_MOST_BYTES}`);
  }
  const h5Type = order.scene_info?.h5_info?.type;
  if (h5Type !== undefined && !H5_TYPES.includes(h5Type)) {
    const issue = `只能是 ${H5_TYPES.join('、')}`;
    throw broken('/body/scene_info/h5_info/type', '场景类型', '字符串', issue, h5Type);
  }
  checkNotifyUrl(order.notify_url);
  checkExpiry(product, order.time_expire, nowMs);
  return order;
}

const closeRules: Record<'direct' | 'partner', Rule> = {
  direct: { kind: 'object', label: '关单', fields: { mchid: needText('直连商户号', 32) } },
  partner: {
    kind: 'object',
    label: '关单',
    fields: { sp_mchid: needText('服务商户号', 32), sub_mchid: needText('子商户号', 32) },
  },
};

export function readClose(body: unknown, isPartner: boolean): Record<string, string> {
  check('/body', body, closeRules[isPartner ? 'partner' : 'direct']);
  return body as Record<string, string>;
}

/** A place to be notified at: absolute, with a path, without a query. */
export function checkNotifyUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isWeb = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  if (!isWeb || parsed.pathname === '/' || /[?#]/.test(url)) {
    const issue = '必须是带路径、不带参数的 https 或 http 地址';
    throw broken('/body/notify_url', '通知地址', '字符串', issue, url);
  }
}

function checkExpiry(product: Product, text: string | undefined, nowMs: number) {
  if (text === undefined) return;
  const fail = (issue: string) =>
    broken('/body/time_expire', '交易结束时间', '字符串', issue, text);
  const lifeMs = Date.parse(text) - nowMs;
  if (!RFC_3339.test(text) || Number.isNaN(lifeMs)) throw fail('不符合 RFC3339 格式');
  if (lifeMs < SHORTEST_LIFE_MS) throw fail('不得早于 1 分钟之后');
  if (lifeMs > LONGEST_LIFE_MS[product]) throw fail('超过订单的最长有效期');
}
