import type { SecretBox } from '../../platform/crypto/secret-box.ts';
import type { Written } from './book.ts';
import type { MessageContent } from './message.ts';

/** Telephone numbers, ids of wallets and amounts do not lie readable in the queue. */
const contentPurpose = 'messaging.message';
const attemptPurpose = 'messaging.attempt';
const phonePurpose = 'messaging.phone';

export function sealContent(
  secrets: SecretBox,
  companyId: string,
  content: MessageContent,
): Buffer {
  return secrets.seal(companyId, contentPurpose, JSON.stringify(content));
}

export function openContent(secrets: SecretBox, companyId: string, sealed: Buffer): MessageContent {
  return JSON.parse(secrets.open(companyId, contentPurpose, sealed)) as MessageContent;
}

export type Sealable = Written['outgoing'];

export function sealOutgoing(secrets: SecretBox, companyId: string, outgoing: Sealable): Buffer {
  return secrets.seal(companyId, attemptPurpose, JSON.stringify(outgoing));
}

export function openOutgoing(secrets: SecretBox, companyId: string, sealed: Buffer): Sealable {
  return JSON.parse(secrets.open(companyId, attemptPurpose, sealed)) as Sealable;
}

/** Finds an equal phone; country code and signs make no difference. */
export function phoneIndex(secrets: SecretBox, companyId: string, phone: string): Buffer {
  const digits = phone.replace(/\D/g, '').replace(/^86(?=1\d{10}$)/, '');
  return secrets.blindIndex(companyId, phonePurpose, digits);
}
