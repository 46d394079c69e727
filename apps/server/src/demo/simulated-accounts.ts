import { generateKeyPairSync, randomBytes } from 'node:crypto';

type Texts = Readonly<Record<string, string>>;

export interface SimulatorPlace {
  /** Where the server reaches it, without a trailing slash. */
  readonly simulatorUrl: string;
  /** How browsers reach us; they reach the simulator through us, under /sim. */
  readonly publicUrl: string;
}

/** A merchant account that the simulator is made to know. */
export interface SimulatedAccount {
  readonly channel: string;
  readonly name: string;
  readonly mchId: string;
  readonly appId: string;
  readonly mode: 'certificate' | 'public-key' | 'secret-key';
  endpoints(place: SimulatorPlace): Texts;
  /** Makes fresh keys and exchanges them. @returns the secrets of the account */
  register(place: SimulatorPlace): Promise<Texts>;
}

/** Of the apps that residents sign in to and pay in. */
export const wechatAppId = 'wxdemo0000000001';
export const alipayAppId = '2021000000008888';

const payeeName = '阳光物业（演示）';

const wechatPay: SimulatedAccount = {
  channel: 'wechat-pay',
  name: '微信支付（模拟）',
  mchId: '1900008888',
  appId: wechatAppId,
  mode: 'public-key',
  endpoints: ({ simulatorUrl, publicUrl }) => ({
    base: simulatorUrl,
    login: simulatorUrl,
    authorize: `${publicUrl}/sim/connect/oauth2/authorize`,
    papay: `${publicUrl}/sim/papay`,
  }),
  async register(place) {
    const keys = rsaKeys();
    const secrets = {
      merchantSerial: randomBytes(20).toString('hex').toUpperCase(),
      apiV3Key: randomBytes(16).toString('hex'),
      apiV2Key: randomBytes(16).toString('hex'),
      appSecret: randomBytes(16).toString('hex'),
    };
    const { merchantSerial, ...shared } = secrets;
    const planId = '12535';
    const platform = await tell(place, this.channel, {
      ...shared,
      mchid: this.mchId,
      appid: this.appId,
      merchantSerialNo: merchantSerial,
      merchantPublicKeyPem: keys.publicKey,
      name: payeeName,
      mode: 'public-key',
      planIds: [planId],
      redirectHosts: [hostOf(place)],
    });
    return {
      ...secrets,
      planId,
      privateKeyPem: keys.privateKey,
      publicKeyId: platform.publicKeyId ?? '',
      publicKeyPem: platform.publicKeyPem ?? '',
    };
  },
};

const alipay: SimulatedAccount = {
  channel: 'alipay',
  name: '支付宝（模拟）',
  mchId: '2088000000008888',
  appId: alipayAppId,
  mode: 'public-key',
  endpoints: ({ simulatorUrl, publicUrl }) => ({
    gateway: `${simulatorUrl}/gateway.do`,
    page: `${publicUrl}/sim/gateway.do`,
    authorize: `${publicUrl}/sim/oauth2/publicAppAuthorize.htm`,
  }),
  async register(place) {
    const keys = rsaKeys();
    const { alipayPublicKeyPem = '' } = await tell(place, this.channel, {
      appId: this.appId,
      sellerId: this.mchId,
      name: payeeName,
      mode: 'key',
      appPublicKeyPem: keys.publicKey,
      redirectHosts: [hostOf(place)],
    });
    return {
      privateKeyPem: keys.privateKey,
      alipayPublicKeyPem,
      signScene: 'INDUSTRY|PROPERTY_MANAGEMENT',
    };
  },
};

const unionPayQr: SimulatedAccount = {
  channel: 'union-pay-qr',
  name: '云闪付（模拟）',
  mchId: 'QRA000000008888',
  appId: '',
  mode: 'secret-key',
  endpoints: ({ simulatorUrl, publicUrl }) => ({
    gateway: `${simulatorUrl}/pay/gateway`,
    authorize: `${publicUrl}/sim/qrcGtwWeb-web/api/userAuth`,
  }),
  async register(place) {
    const { key = '' } = await tell(place, this.channel, {
      mchid: this.mchId,
      name: payeeName,
      redirectHosts: [hostOf(place)],
    });
    return { md5Key: key };
  },
};

const unionPay: SimulatedAccount = {
  channel: 'union-pay',
  name: '银联在线（模拟）',
  mchId: '777290058008888',
  appId: '',
  mode: 'certificate',
  endpoints: ({ simulatorUrl, publicUrl }) => ({
    gateway: simulatorUrl,
    front: `${publicUrl}/sim/gateway/api/frontTransReq.do`,
    file: `${simulatorUrl}/union-pay/files/`,
  }),
  async register(place) {
    const given = await tell(place, this.channel, {
      merId: this.mchId,
      name: payeeName,
      redirectHosts: [hostOf(place)],
    });
    return {
      privateKeyPem: given.merchantPrivateKeyPem ?? '',
      certificatePem: given.merchantCertificatePem ?? '',
      middlePem: given.middleCertificatePem ?? '',
      rootPem: given.rootCertificatePem ?? '',
    };
  },
};

/** One account a channel, so that every way to pay can be tried without a real merchant. */
export const simulatedAccounts: readonly SimulatedAccount[] = [
  wechatPay,
  alipay,
  unionPayQr,
  unionPay,
];

function rsaKeys() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function hostOf({ publicUrl }: SimulatorPlace): string {
  return new URL(publicUrl).host;
}

async function tell(
  { simulatorUrl }: SimulatorPlace,
  channel: string,
  merchant: object,
): Promise<Texts> {
  const response = await fetch(`${simulatorUrl}/control/${channel}/merchants`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(merchant),
  });
  if (!response.ok) {
    throw new Error(`the simulator refused the merchant of ${channel}: ${await response.text()}`);
  }
  return (await response.json()) as Texts;
}
