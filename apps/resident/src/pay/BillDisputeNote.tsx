import type { BillDispute } from '@wuye-pay/contract';
import { Link, Text, View } from '#ui';
import { instantText } from '../format/index.ts';
import { useTexts } from '../i18n/index.ts';
import { useSettings } from '../settings/index.ts';
import { Notice, Tag } from '../ui/index.ts';
import { payTexts } from './texts.ts';

interface NoteProps {
  readonly dispute: BillDispute;
  /** On the bill's own page: when it was answered and in what words as well. */
  readonly isWhole?: boolean | undefined;
}

/** That a bill is disputed, or how the office answered; who asked is led to the ticket. */
export function BillDisputeNote({ dispute, isWhole = false }: NoteProps) {
  const t = useTexts(payTexts);
  const { language } = useSettings();
  const { state, answer, answerText, answeredAt, ticketId } = dispute;
  const said = t(state === 'open' || answer === null ? 'dispute.open' : `dispute.${answer}`);
  const link = ticketId !== null && (
    <Link to="ticket" params={{ ticketId }}>
      {t('dispute.see')}
    </Link>
  );
  if (!isWhole) {
    return (
      <View className="bill-more">
        <Tag kind={state === 'open' ? 'warning' : 'plain'}>{said}</Tag>
        {link}
      </View>
    );
  }
  return (
    <Notice kind="info" title={said}>
      {state === 'open' && <Text>{t('dispute.openHint')}</Text>}
      {answerText !== null && <Text>{answerText}</Text>}
      {answeredAt !== null && <Text className="hint">{instantText(answeredAt, language)}</Text>}
      {link}
    </Notice>
  );
}
