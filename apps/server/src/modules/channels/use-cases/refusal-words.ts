import type { Words } from '../description.ts';

/** Why a notice was not believed, and what it usually means. */
export const refusalWords: Readonly<Record<string, Words>> = {
  'unknown-account': { zh: '通知地址不是任何商户号的', en: 'The address is no account’s' },
  'too-large': { zh: '内容过大，不是渠道的通知', en: 'Too long to be a notice' },
  'header-missing': { zh: '缺少签名，多为网络扫描', en: 'No signature: mostly somebody scanning' },
  'wrong-algorithm': { zh: '签名算法不对', en: 'Another algorithm' },
  'signature-probe': {
    zh: '渠道的验签探测，属正常',
    en: 'The channel tests whether we check: normal',
  },
  'stale-timestamp': {
    zh: '时间相差超过 5 分钟：旧通知重放，或服务器时钟不准',
    en: 'More than 5 minutes away: replayed, or a clock is wrong',
  },
  'unknown-serial': {
    zh: '证书序列号未知：渠道换了证书而没有下载到，或伪造',
    en: 'Unknown serial: a new certificate that was not downloaded, or forged',
  },
  'bad-signature': { zh: '签名不对：伪造，或渠道公钥填错', en: 'Forged, or a wrong public key' },
  'not-readable': { zh: '内容读不懂', en: 'Not readable' },
  'not-decryptable': {
    zh: '解不开：接口密钥与服务商后台的不一致',
    en: 'Cannot be opened: the key differs from the provider’s',
  },
  'foreign-merchant': { zh: '是别的商户号的通知', en: 'Of another merchant' },
  'foreign-app': { zh: '是别的应用的通知', en: 'Of another app' },
};
