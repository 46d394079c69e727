import { type Fen, yuanAmount } from '@wuye-pay/money';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { dayText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { useMessages } from '../ui/use-messages.ts';
import type { Detail } from './MandatePage.tsx';

/** Asks the wallet again, or stops it: only what the server allows. */
export function MandateActions({ one }: { readonly one: Detail }) {
  const { t } = useTranslation('autopay');
  const { can } = useSession();
  const { done, failed } = useMessages();
  const params = { mandateId: one.id };
  const check = useWrite('POST /api/autopay/mandates/:mandateId/check');
  const stop = useWrite('POST /api/autopay/mandates/:mandateId/stop');
  const consequences = useConsequences(one);
  const ask = () =>
    check.mutate({ params }, { onSuccess: () => done(t('mandate.checked')), onError: failed });
  return (
    <>
      {can('audit.read') && (
        <LinkButton to={paths.audit({ subjectKind: 'autopay_mandate', subjectId: one.id })}>
          {t('mandate.audit')}
        </LinkButton>
      )}
      {one.allowedActions.includes('check') && (
        <Button loading={check.isPending} onClick={ask}>
          {t('mandate.check')}
        </Button>
      )}
      {one.allowedActions.includes('stop') && (
        <ConfirmButton
          label={t('mandate.stop')}
          danger
          title={t('mandate.stopTitle')}
          consequences={consequences}
          confirmLabel={t('mandate.stop')}
          reasonLabel={t('mandate.stopReason')}
          onConfirm={async (reason) => {
            await stop.mutateAsync({ params, body: { reason } });
            done(t('mandate.stopped'));
          }}
        />
      )}
    </>
  );
}

function useConsequences({ next }: Detail): string[] {
  const { t } = useTranslation('autopay');
  const [language] = useLanguage();
  const amount = next ? yuanAmount(next.amountFen as Fen) : '';
  const ofNext =
    next === null
      ? []
      : next.state === 'started'
        ? [t('mandate.stopStarted', { amount })]
        : [t('mandate.stopNext', { amount, day: dayText(next.debitOn, language) })];
  return [t('mandate.stopNow'), ...ofNext, t('mandate.stopBack')];
}
