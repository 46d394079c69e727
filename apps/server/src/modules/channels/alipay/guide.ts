import type { Registration, Words } from '../description.ts';

/** What to fetch and do at open.alipay.com, in order. */
export const guide: readonly Words[] = [
  {
    zh:
      '登录支付宝开放平台 open.alipay.com（用收款的企业账号），在“控制台”创建“网页/移动应用”；' +
      '用小程序收款的，创建“小程序”并在本系统另登记一条。复制应用的 APPID。',
    en:
      'Sign in to open.alipay.com with the company account that collects, create a web/mobile app ' +
      '(for a mini-program, a mini-program, registered here on its own), and copy its app id.',
  },
  {
    zh:
      '在“产品绑定”里绑定并签约要用的产品：当面付（扫码、付款码、支付宝内网页）、手机网站支付、' +
      '电脑网站支付、App 支付、JSAPI 支付（小程序）、商家扣款（代扣）。未签约的产品会被拒绝。',
    en:
      'Bind and sign the products in use: face-to-face (codes, pages inside Alipay), WAP, PC page, ' +
      'app, JSAPI (mini-program), recurring debits. What is not signed is refused.',
  },
  {
    zh:
      '用“支付宝密钥工具”生成 RSA2（2048 位）密钥；公钥证书方式还要生成 CSR 文件。' +
      '应用私钥只保存在自己手里，本系统加密保存，写入后不再显示。',
    en:
      'Make an RSA2 (2048 bits) key with Alipay’s key tool, and a CSR for the certificate mode. ' +
      'The private key is kept encrypted here and never shown again.',
  },
  {
    zh:
      '在应用的“开发设置 → 接口加签方式”上传：证书方式上传 CSR，下载三个文件（应用公钥证书、' +
      '支付宝公钥证书、支付宝根证书）并把内容粘贴到这里；公钥方式上传应用公钥，' +
      '复制页面上显示的“支付宝公钥”。',
    en:
      'Under development settings → interface signing, upload the CSR and paste the contents of the ' +
      'three files here (app, Alipay, root); or upload the app’s public key and copy Alipay’s.',
  },
  {
    zh:
      '在“商家平台 b.alipay.com → 账户中心”复制 2088 开头的 PID。' +
      '启用了“接口内容加密方式”的，把 AES 密钥一并填入，否则留空。',
    en:
      'Copy the PID (2088…) at b.alipay.com. If content encryption is switched on, enter the AES ' +
      'key too; otherwise leave it empty.',
  },
  {
    zh:
      '按下方列表在开放平台登记地址，等应用审核上线后点“测试”：系统会签名查询一笔不存在的订单，' +
      '支付宝回答“交易不存在”即为正常。',
    en:
      'Register the addresses below. When the app is online, press Test: we sign a query of an order ' +
      'that does not exist, and "trade does not exist" is the good answer.',
  },
];

export const registrations: readonly Registration[] = [
  {
    label: { zh: '授权回调地址', en: 'OAuth callback address' },
    where: {
      zh: '开放平台 → 应用 → 开发设置 → 授权回调地址',
      en: 'open.alipay.com → app → development settings → authorisation callback',
    },
    value: '{origin}/cb/alipay',
  },
  {
    label: { zh: '应用网关', en: 'App gateway' },
    where: {
      zh: '开放平台 → 应用 → 开发设置 → 应用网关（代扣签约与解约的通知也发到这里）',
      en: 'open.alipay.com → app → development settings → app gateway (agreements are told there)',
    },
    value: '{notifyUrl}',
  },
  {
    label: { zh: '应用网址（手机网站、电脑网站支付审核用）', en: 'Site address (WAP and PC page)' },
    where: {
      zh: '开放平台 → 应用 → 应用信息 → 网址',
      en: 'open.alipay.com → app → app information → address',
    },
    value: '{origin}',
  },
  {
    label: {
      zh: '异步通知地址（随每笔订单发送，无需登记）',
      en: 'Notify URL (sent with each order)',
    },
    where: {
      zh: '无需登记；请确认防火墙允许支付宝访问此地址',
      en: 'No registration; the firewall must let Alipay reach it',
    },
    value: '{notifyUrl}',
  },
];

export const testWords: Readonly<Record<string, Words>> = {
  'isv.invalid-signature': {
    zh: '签名被拒绝：请核对应用私钥与开放平台上传的应用公钥（或证书）是否为同一对',
    en: 'Signature refused: private key and the key or certificate uploaded must be one pair',
  },
  'isv.missing-signature-key': {
    zh: '应用还没有设置加签方式：请在开放平台“接口加签方式”上传公钥或 CSR',
    en: 'The app has no signing key: upload one under interface signing',
  },
  'isv.missing-signature-config': {
    zh: '应用还没有设置加签方式：请在开放平台“接口加签方式”上传公钥或 CSR',
    en: 'The app has no signing key: upload one under interface signing',
  },
  'isv.invalid-app-id': {
    zh: 'APPID 不存在：请核对应用的 APPID',
    en: 'No such app: please check the app id',
  },
  'isv.app-cert-not-exist': {
    zh: '应用公钥证书不被认可：请重新下载证书并整份粘贴',
    en: 'The app’s certificate is not accepted: download and paste it anew',
  },
  'isv.invalid-timestamp': {
    zh: '时间戳被拒绝：请校准服务器时间',
    en: 'Timestamp refused: please set the server’s clock',
  },
  'isv.insufficient-isv-permissions': {
    zh: '应用没有此接口的权限：请在开放平台绑定产品并等待应用上线',
    en: 'No permission: bind the product and bring the app online',
  },
  'ACQ.ACCESS_FORBIDDEN': {
    zh: '商户没有签约此产品：请在支付宝商家平台签约当面付',
    en: 'The product is not signed: sign face-to-face payment at b.alipay.com',
  },
  'ACQ.PARTNER_ERROR': {
    zh: '应用或商户状态异常：请在开放平台与商家平台查看',
    en: 'App or merchant is in a wrong state: look at both of Alipay’s consoles',
  },
};
