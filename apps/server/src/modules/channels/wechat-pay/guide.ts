import type { Registration, Words } from '../description.ts';

/** In the order in which a finance clerk does it; menus as the provider's console has them. */
export const guide: readonly Words[] = [
  {
    zh: '登录微信支付商户平台（pay.weixin.qq.com）。在“账户中心 → 商户信息”抄下商户号；在“产品中心 → AppID 账号管理”确认公众号或小程序的 AppID 已关联并授权。',
    en: 'Log in at pay.weixin.qq.com. Note the merchant number, and see that your app id is bound to it (产品中心 → AppID 账号管理).',
  },
  {
    zh: '在“产品中心 → 我的产品”开通要用的支付方式：JSAPI 支付（微信内与小程序）、Native 支付（扫码）、H5 支付（微信外的手机浏览器）、APP 支付、付款码支付。',
    en: 'Enable the products you need under 产品中心 → 我的产品: JSAPI, Native, H5, APP, payment codes.',
  },
  {
    zh: '在“账户中心 → API 安全 → 商户 API 证书”申请证书：用证书工具生成后得到 apiclient_key.pem（私钥）与 apiclient_cert.pem（证书），请离线备份；证书有效期 5 年，到期前须更换。',
    en: 'Under API 安全, apply for the merchant certificate. Keep apiclient_key.pem and apiclient_cert.pem; they end after 5 years.',
  },
  {
    zh: '在“账户中心 → API 安全 → APIv3 密钥”设置 32 位密钥并立即填入本页；付款码与委托代扣还要设置“APIv2 密钥”。更换密钥时先在这里保存新密钥，旧密钥在更换期内仍可解开通知。',
    en: 'Set the API v3 key (32 characters), and for payment codes and debits the API v2 key. When you change a key, save it here too: notices under the old one are still opened for a while.',
  },
  {
    zh: '在“账户中心 → API 安全 → 微信支付公钥”申请并下载 pub_key.pem，抄下公钥 ID，本页选“微信支付公钥”。2024 年以前开户且没有公钥的商户选“平台证书”，系统会自动下载并更换。',
    en: 'Under 微信支付公钥, download pub_key.pem and note its id. Older merchants without one choose “Platform certificate”; certificates are then downloaded by themselves.',
  },
  {
    zh: '登录公众平台（mp.weixin.qq.com）：在“设置与开发 → 基本配置”（小程序为“开发管理 → 开发设置”）取 AppSecret，并把服务器出口 IP 加入白名单；在“公众号设置 → 功能设置”填写网页授权域名。',
    en: 'At mp.weixin.qq.com take the AppSecret, allow the address of your server, and enter the domain of web authorisation.',
  },
  {
    zh: '服务商模式：商户号、AppID、证书与密钥都填服务商的，另填子商户号；并在服务商平台“产品中心 → 特约商户授权产品”取得退款与对账单权限，JSAPI 支付还要按“点金计划”配置商家小票页。',
    en: 'Partner mode: all numbers and keys are the partner’s; add the sub-merchant’s number. The partner needs its permission for refunds and bills, and 点金计划 must lead back to this site.',
  },
  {
    zh: '委托代扣（自动缴费）：向微信支付申请开通并提交代扣模板，审核通过后把模板编号 plan_id 填入本页。物业费能否开通以微信支付审核为准。',
    en: 'Debits: apply for 委托代扣, submit a plan, and enter its plan_id once it is approved.',
  },
  {
    zh: '按下方“登记地址”逐项到对应页面填写，保存本页后点“测试”：系统会签名并查询一笔不存在的订单，返回“连接正常”即可收款。',
    en: 'Enter the addresses below where they say, save, and press “Test”: an order that does not exist is asked for under your signature.',
  },
];

export const registrations: readonly Registration[] = [
  {
    label: { zh: '支付授权目录（JSAPI）', en: 'Payment directory (JSAPI)' },
    where: {
      zh: '商户平台 → 产品中心 → 开发配置 → JSAPI 支付 → 支付授权目录',
      en: 'Merchant console → 产品中心 → 开发配置 → JSAPI 支付',
    },
    value: '{origin}/q/',
  },
  {
    label: { zh: 'H5 支付域名', en: 'Domain of H5 payments' },
    where: {
      zh: '商户平台 → 产品中心 → 开发配置 → H5 支付 → H5 支付域名',
      en: 'Merchant console → 产品中心 → 开发配置 → H5 支付',
    },
    value: '{host}',
  },
  {
    label: { zh: '网页授权域名', en: 'Domain of web authorisation' },
    where: {
      zh: '公众平台 → 设置与开发 → 公众号设置 → 功能设置 → 网页授权域名（需按提示放置校验文件）',
      en: 'Official account → 公众号设置 → 功能设置 → 网页授权域名',
    },
    value: '{host}',
  },
  {
    label: { zh: '支付与退款通知地址', en: 'Address of notices' },
    where: {
      zh: '随每笔订单与退款上送，无需登记；若商户平台“交易中心 → 退款配置”要求填写退款通知地址，也填这个',
      en: 'Sent with every order and refund; enter it only where the console asks for refund notices',
    },
    value: '{notifyUrl}',
  },
];

/**
 * Codes of the test call, and what to do about them. Only those that are about the account: an
 * order that is refused with one of them counts against its health.
 */
export const testWords: Readonly<Record<string, Words>> = {
  OK: {
    zh: '连接正常：微信支付认可了我们的签名',
    en: 'Connected: WeChat Pay accepts our signature',
  },
  NO_CLEAR_ANSWER: {
    zh: '没有得到可信的答复：请检查网络；公钥模式请核对公钥 ID 与公钥，平台证书模式请核对 APIv3 密钥',
    en: 'No answer that can be believed: check the network, the public key and its id, or the API v3 key',
  },
  SIGN_ERROR: {
    zh: '签名被拒绝：请核对商户号、商户私钥与商户证书序列号是否为同一套',
    en: 'Signature refused: merchant number, private key and certificate serial must belong together',
  },
  API_V2_KEY: {
    zh: 'APIv3 正常，但 APIv2 被拒绝：请核对 APIv2 密钥（付款码与委托代扣用它）',
    en: 'API v3 works, v2 is refused: check the API v2 key, which payment codes and debits use',
  },
  MCH_NOT_EXISTS: {
    zh: '商户号不存在：请核对商户号',
    en: 'No such merchant: please check the merchant number',
  },
  NO_AUTH: {
    zh: '商户号没有此接口的权限：请在商户平台“产品中心”开通支付产品；服务商请确认子商户已授权',
    en: 'No permission: enable the products; a partner needs the sub-merchant’s authorisation',
  },
  FREQUENCY_LIMITED: {
    zh: '请求过于频繁，请一分钟后再试',
    en: 'Too many requests; try again in a minute',
  },
  RATELIMIT_EXCEEDED: {
    zh: '请求过于频繁，请一分钟后再试',
    en: 'Too many requests; try again in a minute',
  },
};
