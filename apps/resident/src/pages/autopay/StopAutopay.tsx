import type { AutopayDebit, AutopayMandate } from '@wuye-pay/contract';
import { type Fen, yuanAmount } from '@wuye-pay/money';
import { useState } from 'react';
import { Button, Text } from '#ui';
import { request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { dayText } from '../../format/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Confirm, Failure, Notice } from '../../ui/index.ts';
import type { OfMandate } from './MandateCard.tsx';
import { texts } from './texts.ts';

/** One tap and one question; then what it came to. */
export function StopAutopay({ mandate, onChange }: OfMandate) {
  const t = useTexts(texts);
  const { id: mandateId, state } = mandate;
  const [isAsking, setAsking] = useState(false);
  const [stopped, setStopped] = useState<{ readonly stillUnderWay: AutopayDebit | null }>();
  const stop = useAction(async () => {
    const params = { mandateId };
    setStopped(await request('POST /api/resident/autopay/:mandateId/stop', { params }));
    setAsking(false);
    onChange();
  });
  if (stopped) return <Stopped stillUnderWay={stopped.stillUnderWay} />;
  if (state !== 'active') return null;
  return (
    <>
      <Button onTap={() => setAsking(true)}>{t('stop')}</Button>
      <Confirm
        isOpen={isAsking}
        title={t('stopAsk')}
        action={t('stop')}
        isDangerous
        isBusy={stop.isBusy}
        onConfirm={stop.run}
        onClose={() => setAsking(false)}
      >
        <Failure error={stop.failure} />
        <Text>{t('stopWhat')}</Text>
        {mandate.next && <OfNext next={mandate.next} />}
      </Confirm>
    </>
  );
}

/** What becomes of the debit that is on its way. */
function OfNext({ next }: { readonly next: NonNullable<AutopayMandate['next']> }) {
  const t = useTexts(texts);
  const { language } = useSettings();
  const amount = yuanAmount(next.amountFen as Fen);
  const day = dayText(next.debitOn, language);
  return (
    <Text>
      {next.state === 'started' ? t('stopStarted', { amount }) : t('stopNext', { day, amount })}
    </Text>
  );
}

function Stopped({ stillUnderWay }: { readonly stillUnderWay: AutopayDebit | null }) {
  const t = useTexts(texts);
  return (
    <Notice kind={stillUnderWay ? 'warning' : 'good'} title={t('stopped')}>
      <Text>{t('stoppedHint')}</Text>
      {stillUnderWay && (
        <Text>{t('stillUnderWay', { amount: yuanAmount(stillUnderWay.amountFen as Fen) })}</Text>
      )}
    </Notice>
  );
}
