import type { AtSimulator } from '../driver.ts';
import { ours, strange } from '../keys.ts';
import { conformance } from '../suite.ts';

const serialNo = '5B1C7D2A9E3F4C60718293A4B5C6D7E8F9010203';
const secrets = {
  apiV3Key: '0123456789abcdefABCDEF0123456789',
  apiV2Key: 'v2key0123456789ABCDEFv2key012345',
  appSecret: 'app-secret-of-the-conformance',
};
const planId = '132164';
const newApiV3Key = 'another-key-of-exactly-32-signs!';

const numbersOf = (serial: number) => ({
  mchid: `19000${String(serial).padStart(5, '0')}`,
  appid: `wxconform${String(serial).padStart(8, '0')}`,
});

async function enter({ control }: AtSimulator, serial: number, apiV3Key = secrets.apiV3Key) {
  return await control<Record<string, string>>('POST', 'wechat-pay/merchants', {
    ...numbersOf(serial),
    ...secrets,
    apiV3Key,
    planIds: [planId],
    merchantSerialNo: serialNo,
    merchantPublicKeyPem: ours.publicKey,
    name: '合规物业',
    mode: 'certificate',
    redirectHosts: ['localhost:8080'],
  });
}

conformance({
  channel: 'wechat-pay',
  async register(at, serial) {
    const given = await enter(at, serial);
    const { mchid: mchId, appid: appId } = numbersOf(serial);
    return {
      mchId,
      appId,
      mode: 'certificate',
      credentials: {
        ...secrets,
        merchantSerial: serialNo,
        privateKeyPem: ours.privateKey,
        planId,
        publicKeyId: given.publicKeyId ?? '',
        publicKeyPem: given.publicKeyPem ?? '',
      },
      endpoints: {
        base: at.url,
        login: at.url,
        authorize: `${at.url}/connect/oauth2/authorize`,
        papay: `${at.url}/papay`,
      },
    };
  },
  wrongKey: { privateKeyPem: strange.privateKey },
  renew: async (at, serial) => ({
    credentials: { apiV3Key: newApiV3Key },
    enter: () => enter(at, serial, newApiV3Key),
  }),
  changeChannelKey: async ({ control }) => {
    // Both certificates are good for a while, and sign in turn.
    await control('POST', 'wechat-pay/rotate', { newShare: 50 });
    return {};
  },
  closeFaults: { close: 'close', reversal: 'cancel' },
  // The signed 204 has no body that could be unparsable or changed.
  harmlessAtClose: ['unparsable', 'body-changed'],
  // “撤销订单”: not before 15 seconds after the charge.
  reversalWaitMs: 15_000,
  refundNotices: true,
});
