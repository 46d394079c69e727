import forge from 'node-forge';
import { afterAll, expect, test } from 'vitest';
import { alipayCredentials, alipayKeys } from '../../../../test/alipay-context.ts';
import { givenSystem } from '../../../../test/harness.ts';
import { openAccount } from '../open-account.ts';
import { changeMerchantAccount, saveMerchantAccount } from './save-merchant-account.ts';

const system = await givenSystem();
const { deps, companyId, staff: actor } = system;
afterAll(() => system.close());

test('a certificate of Alipay’s that was pasted and replaced is no longer believed', async () => {
  const thief = selfSigned();
  const account = {
    channel: 'alipay',
    name: '支付宝（测试）',
    mchId: alipayKeys.sellerId,
    appId: alipayKeys.appId,
    mode: 'certificate',
    credentials: { ...alipayCredentials, alipayCertificatePem: thief },
  } as const;
  const { merchantAccountId: id } = await saveMerchantAccount(deps, { actor, account });
  const trusted = async () => (await openAccount(deps, companyId, { id }))?.knownKeys?.() ?? [];
  expect(await trusted()).toHaveLength(1);
  const { alipayCertificatePem = '' } = alipayCredentials;
  const change = { credentials: { alipayCertificatePem } };
  await changeMerchantAccount(deps, { actor, id, change });
  const pems = (await trusted()).map((key) => key.export({ type: 'spki', format: 'pem' }));
  expect(pems).not.toContain(publicPemOf(thief));
});

function selfSigned(): string {
  const { privateKey, publicKey } = forge.pki.rsa.generateKeyPair(2048);
  const made = forge.pki.createCertificate();
  made.publicKey = publicKey;
  made.serialNumber = '01';
  made.validity.notBefore = new Date('2020-01-01T00:00:00Z');
  made.validity.notAfter = new Date('2040-01-01T00:00:00Z');
  const name = [{ name: 'commonName', value: 'Alipay' }];
  made.setSubject(name);
  made.setIssuer(name);
  made.sign(privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(made);
}

function publicPemOf(certificate: string): string {
  const { publicKey } = forge.pki.certificateFromPem(certificate);
  return forge.pki.publicKeyToPem(publicKey).replaceAll('\r', '');
}
