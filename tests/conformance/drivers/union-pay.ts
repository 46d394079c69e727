import type { PayInstructions } from '../../../apps/server/src/modules/channels/index.ts';
import type { AtSimulator } from '../driver.ts';
import { strange } from '../keys.ts';
import { conformance } from '../suite.ts';

const merIdOf = (serial: number) => `777290058${String(serial).padStart(6, '0')}`;

/** The merchant brings no key of its own and is given a certificate with both halves. */
async function certified({ control }: AtSimulator, serial: number) {
  const merchant = { merId: merIdOf(serial), name: '合规物业' };
  const given = await control<Record<string, string>>('POST', 'union-pay/merchants', merchant);
  return {
    privateKeyPem: given.merchantPrivateKeyPem ?? '',
    certificatePem: given.merchantCertificatePem ?? '',
    middlePem: given.middleCertificatePem ?? '',
    rootPem: given.rootCertificatePem ?? '',
  };
}

/** The payer's browser posts the form; only then there is an order. */
async function open(_at: AtSimulator, instructions: PayInstructions) {
  if (instructions.kind !== 'form') return;
  const { action, fields } = instructions;
  const answer = await fetch(action, { method: 'POST', body: new URLSearchParams({ ...fields }) });
  if (!answer.ok) throw new Error(`the cashier answered ${answer.status}`);
}

conformance({
  channel: 'union-pay',
  register: async (at, serial) => ({
    mchId: merIdOf(serial),
    appId: '',
    mode: 'certificate',
    credentials: await certified(at, serial),
    endpoints: {
      gateway: at.url,
      front: `${at.url}/gateway/api/frontTransReq.do`,
      file: `${at.url}/union-pay/files/`,
    },
  }),
  wrongKey: { privateKeyPem: strange.privateKey },
  open,
  // A further certificate of the merchant's: both are good at the gateway.
  renew: async (at, serial) => ({
    credentials: await certified(at, serial),
    enter: async () => undefined,
  }),
  changeChannelKey: async ({ control }) => {
    await control('POST', 'union-pay/rotate', {});
    return {};
  },
  sameCodesAs: ['union-pay-qr'],
  unpaidOrders: 'expires',
  // There is no close: what it says is what a query says.
  closeFaults: { close: 'query', reversal: 'query' },
  refundNotices: true,
});
