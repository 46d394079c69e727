import type { AtSimulator } from '../driver.ts';
import { ours, rsaPair, strange } from '../keys.ts';
import { conformance } from '../suite.ts';

const mchidOf = (serial: number) => `DC${String(serial).padStart(8, '0')}`;

async function enter({ control }: AtSimulator, serial: number, keyId: string, publicKey: string) {
  const merchant = { mchid: mchidOf(serial), name: '合规物业', keyId, publicKeyPem: publicKey };
  return await control<BankKey>('POST', 'e-cny/merchants', merchant);
}

interface BankKey {
  readonly bankKeyId: string;
  readonly bankPublicKeyPem: string;
}

const pasted = ({ bankKeyId, bankPublicKeyPem }: BankKey) => ({ bankKeyId, bankPublicKeyPem });

conformance({
  channel: 'e-cny',
  register: async (at, serial) => ({
    mchId: mchidOf(serial),
    appId: '',
    mode: 'public-key',
    credentials: {
      keyId: 'key-1',
      privateKeyPem: ours.privateKey,
      ...pasted(await enter(at, serial, 'key-1', ours.publicKey)),
    },
    endpoints: { base: `${at.url}/e-cny/api/v1` },
  }),
  wrongKey: { privateKeyPem: strange.privateKey },
  async renew(at, serial) {
    const fresh = rsaPair();
    return {
      credentials: { keyId: 'key-2', privateKeyPem: fresh.privateKey },
      enter: () => enter(at, serial, 'key-2', fresh.publicKey),
    };
  },
  changeChannelKey: async ({ control }) => ({
    credentials: pasted(await control<BankKey>('POST', 'e-cny/announce', {})),
    switchOver: () => control('POST', 'e-cny/rotate', {}),
  }),
  refundNotices: true,
});
