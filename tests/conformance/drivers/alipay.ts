import type { PayInstructions } from '../../../apps/server/src/modules/channels/index.ts';
import type { AtSimulator } from '../driver.ts';
import { ours, rsaPair, strange } from '../keys.ts';
import { conformance } from '../suite.ts';

const numbersOf = (serial: number) => ({
  sellerId: `2088${String(serial).padStart(12, '0')}`,
  appId: `2021${String(serial).padStart(12, '0')}`,
});

async function enter({ control }: AtSimulator, serial: number, appPublicKeyPem = ours.publicKey) {
  return await control<Record<string, string>>('POST', 'alipay/merchants', {
    ...numbersOf(serial),
    name: '合规物业',
    mode: 'certificate',
    appPublicKeyPem,
    redirectHosts: ['localhost:8080'],
  });
}

const pasted = (given: Readonly<Record<string, string>>, privateKeyPem: string) => ({
  privateKeyPem,
  appCertificatePem: given.appCertificatePem ?? '',
  alipayCertificatePem: given.alipayCertificatePem ?? '',
  alipayRootCertificatePem: given.alipayRootCertificatePem ?? '',
});

/** A code becomes a trade when it is scanned, a page or an order string when it is opened. */
async function open({ control }: AtSimulator, instructions: PayInstructions) {
  const opened =
    instructions.kind === 'native'
      ? { codeUrl: instructions.codeUrl }
      : instructions.kind === 'redirect'
        ? { link: instructions.url }
        : instructions.kind === 'app'
          ? { link: instructions.params.orderString }
          : undefined;
  if (opened) await control('POST', 'alipay/pay', { ...opened, outcome: 'cancel' });
}

conformance({
  channel: 'alipay',
  async register(at, serial) {
    const { sellerId: mchId, appId } = numbersOf(serial);
    const given = await enter(at, serial);
    return {
      mchId,
      appId,
      mode: 'certificate',
      credentials: { ...pasted(given, ours.privateKey), signScene: 'INDUSTRY|PROPERTY' },
      endpoints: {
        gateway: `${at.url}/gateway.do`,
        page: `${at.url}/gateway.do`,
        authorize: `${at.url}/oauth2/publicAppAuthorize.htm`,
      },
    };
  },
  wrongKey: { privateKeyPem: strange.privateKey },
  open,
  async renew(at, serial) {
    const fresh = rsaPair();
    // Alipay certifies the new key before it is used; the old one stays good meanwhile.
    const given = await enter(at, serial, fresh.publicKey);
    return { credentials: pasted(given, fresh.privateKey), enter: async () => undefined };
  },
  async changeChannelKey({ control }, mchId) {
    const appId = `2021${mchId.slice(4)}`;
    await control('POST', 'alipay/rotate', { appId });
    return {};
  },
  // Notices bear no alipay_cert_sn, and a certificate is downloaded by its number only.
  newKeyComesBy: 'answers',
  closeFaults: { close: 'close', reversal: 'cancel' },
  refundNotices: true,
});
