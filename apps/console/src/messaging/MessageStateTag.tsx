import { useTranslation } from 'react-i18next';
import type { Item } from '../api/client.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

export type Message = Item<'GET /api/messages'>;

const tones: Readonly<Record<Message['state'], Tone>> = {
  queued: 'processing',
  sending: 'processing',
  uncertain: 'warning',
  accepted: 'success',
  delivered: 'success',
  failed: 'error',
  dropped: 'default',
};
export const messageStates = Object.keys(tones) as Message['state'][];
export const messageVias = [
  'wechat-subscription',
  'alipay-message',
  'push',
  'sms',
  'email',
] as const;

export function MessageStateTag({ state }: { readonly state: Message['state'] }) {
  const { t } = useTranslation('messaging');
  return <StateTag tone={tones[state]}>{t(`state.${state}`)}</StateTag>;
}
