import type { SecretBox } from '../../platform/crypto/secret-box.ts';
import type { MessageContent } from './message.ts';

/** Telephone numbers, ids of wallets and amounts do not lie readable in the queue. */
const purpose = 'messaging.message';

export function sealContent(
  secrets: SecretBox,
  companyId: string,
  content: MessageContent,
): Buffer {
  return secrets.seal(companyId, purpose, JSON.stringify(content));
}

export function openContent(secrets: SecretBox, companyId: string, sealed: Buffer): MessageContent {
  return JSON.parse(secrets.open(companyId, purpose, sealed)) as MessageContent;
}
