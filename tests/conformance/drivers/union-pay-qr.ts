import type { AtSimulator } from '../driver.ts';
import { conformance } from '../suite.ts';

const mchidOf = (serial: number) => `QRA000000${String(serial).padStart(6, '0')}`;
const newKey = 'another-key-of-the-acquirer-0001';

async function enter({ control }: AtSimulator, serial: number, key?: string) {
  return await control<{ key: string }>('POST', 'union-pay-qr/merchants', {
    mchid: mchidOf(serial),
    name: '合规物业',
    redirectHosts: ['localhost:8080'],
    ...(key !== undefined && { key }),
  });
}

conformance({
  channel: 'union-pay-qr',
  async register(at, serial) {
    const { key } = await enter(at, serial);
    return {
      mchId: mchidOf(serial),
      appId: '',
      mode: 'secret-key',
      credentials: { md5Key: key },
      endpoints: {
        gateway: `${at.url}/pay/gateway`,
        authorize: `${at.url}/qrcGtwWeb-web/api/userAuth`,
      },
    };
  },
  wrongKey: { md5Key: 'a-key-that-nobody-knows-00000001' },
  renew: async (at, serial) => ({
    credentials: { md5Key: newKey },
    enter: () => enter(at, serial, newKey),
  }),
  closeFaults: { close: 'close', reversal: 'cancel' },
  sameCodesAs: ['union-pay'],
  refundNotices: false,
});
