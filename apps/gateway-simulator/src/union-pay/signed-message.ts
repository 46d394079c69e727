import type { AnswerFault, NotifyFault } from '../faults.ts';
import { type Impostor, makeImpostor, ourCertificates } from './certificates.ts';
import type { Deps } from './deps.ts';
import { type Fields, type SignMethod, signByKey, signBySecret } from './signature.ts';

type Key = { certificatePem: string; privateKeyPem: string };

/** How a message of ours is signed; a merchant that signs with a secret is answered with it. */
export type Signing = {
  signMethod: SignMethod;
  secureKey: string | null;
  fault: AnswerFault | NotifyFault | undefined;
};

const impostors = new WeakMap<Deps['records'], Map<Impostor, Promise<Key>>>();

/** A message of ours with its signature, spoilt as the fault says. */
export async function signed(deps: Deps, fields: Fields, signing: Signing): Promise<Fields> {
  const bare = withoutEmpty({ ...fields, signMethod: signing.signMethod });
  if (signing.fault === 'unsigned') return bare;
  return spoilt(await signedWell(deps, bare, signing), signing.fault);
}

async function signedWell(deps: Deps, bare: Fields, signing: Signing): Promise<Fields> {
  const impostor = impostorOf(signing.fault);
  if (signing.signMethod === '11' && signing.secureKey !== null) {
    // Who knows no secret of ours signs with another one.
    const secureKey = impostor === undefined ? signing.secureKey : `not-${signing.secureKey}`;
    return { ...bare, signature: signBySecret(bare, secureKey) };
  }
  const key = impostor === undefined ? await ourKey(deps) : await impostorKey(deps, impostor);
  const complete = { ...bare, signMethod: '01', signPubKeyCert: key.certificatePem };
  return { ...complete, signature: signByKey(complete, key.privateKeyPem) };
}

/** Replies carry no time of their own: a stale one is signed with an expired certificate. */
function impostorOf(fault: AnswerFault | NotifyFault | undefined): Impostor | undefined {
  if (fault === 'old-timestamp') return 'expired';
  return fault === 'unknown-serial' ? 'foreign' : undefined;
}

function spoilt(fields: Fields, fault: AnswerFault | NotifyFault | undefined): Fields {
  const { signature = '' } = fields;
  switch (fault) {
    case 'bad-signature':
    case 'signature-probe':
    case 'statement-bad-hash':
      return { ...fields, signature: changed(signature) };
    case 'body-changed':
    case 'tampered-ciphertext':
    case 'bad-tag':
      // The amount, where there is one: the change that would hurt most.
      return fields.txnAmt === undefined
        ? { ...fields, respMsg: `${fields.respMsg ?? ''}。` }
        : { ...fields, txnAmt: `${Number(fields.txnAmt) + 1}` };
    default:
      return fields;
  }
}

function changed(signature: string): string {
  return (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
}

async function ourKey(deps: Deps): Promise<Key> {
  const { signPem, signKeyPem } = await ourCertificates(deps.records, deps.clock);
  return { certificatePem: signPem, privateKeyPem: signKeyPem };
}

/** Made when first needed, and kept: a key takes a moment. */
async function impostorKey(deps: Deps, kind: Impostor): Promise<Key> {
  const made = impostors.get(deps.records) ?? new Map<Impostor, Promise<Key>>();
  impostors.set(deps.records, made);
  const ours = await ourCertificates(deps.records, deps.clock);
  const key = made.get(kind) ?? makeImpostor(ours, kind, deps.clock.now());
  made.set(kind, key);
  return key;
}

function withoutEmpty(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}
