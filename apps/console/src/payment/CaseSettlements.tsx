import { fen, yuanAmount } from '@wuye-pay/money';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { monthText } from '../ui/format.ts';
import { StateTag, type Tone } from '../ui/StateTag.tsx';
import { useMessages } from '../ui/use-messages.ts';
import type { Case } from './SuspenseCasePage.tsx';

type Settlement = Case['settlements'][number];

const tones: Record<Settlement['state'], Tone> = {
  requested: 'warning',
  settled: 'success',
  rejected: 'default',
  cancelled: 'default',
};

/** What was proposed to be settled with the money of a case. */
export function CaseSettlements({ settlements }: { readonly settlements: Case['settlements'] }) {
  const { t } = useTranslation('refund');
  if (settlements.length === 0) return <p className="page-intro">{t('case.settlementsNone')}</p>;
  return (
    <div className="stack">
      {settlements.map((settlement) => (
        <SettlementView key={settlement.id} settlement={settlement} />
      ))}
    </div>
  );
}

function SettlementView({ settlement }: { readonly settlement: Settlement }) {
  const { t } = useTranslation('refund');
  const [language] = useLanguage();
  const { unitId, unitLabel, amountFen, state, note, requestedBy, paymentId } = settlement;
  return (
    <section className="stack-tight">
      <div className="row">
        <strong>
          <Link to={paths.unit(unitId)}>{unitLabel}</Link> {yuanAmount(fen(amountFen))}
        </strong>
        <StateTag tone={tones[state]}>{t(`settle.${state}`)}</StateTag>
        <span className="muted">{t('settle.by', { name: requestedBy })}</span>
        {paymentId && <Link to={paths.payment(paymentId)}>{t('settle.payment')}</Link>}
      </div>
      <ul className="confirm-figures">
        {settlement.lines.map((line) => (
          <li key={line.billId}>
            {t('settle.line', {
              month: monthText(line.month, language),
              item: line.feeItemName,
              amount: yuanAmount(fen(line.amountFen)),
              open: yuanAmount(fen(line.openFen)),
            })}
          </li>
        ))}
      </ul>
      <span className="muted">{note}</span>
      {settlement.decisionNote && <span className="muted">{settlement.decisionNote}</span>}
      <SettlementActions settlement={settlement} />
    </section>
  );
}

function SettlementActions({ settlement }: { readonly settlement: Settlement }) {
  const { t } = useTranslation('refund');
  const [language] = useLanguage();
  const { done } = useMessages();
  const approve = useWrite('POST /api/case-settlements/:settlementId/approve');
  const reject = useWrite('POST /api/case-settlements/:settlementId/reject');
  const cancel = useWrite('POST /api/case-settlements/:settlementId/cancel');
  const params = { settlementId: settlement.id };
  const amount = yuanAmount(fen(settlement.amountFen));
  const offered = new Map(settlement.allowedActions.map((one) => [one.action, one]));
  const whyNot = (name: 'approve' | 'reject' | 'cancel') => {
    const one = offered.get(name);
    return one && !one.allowed ? (one.reason?.[language] ?? '') : undefined;
  };
  if (offered.size === 0) return null;
  return (
    <div className="row no-print">
      <ConfirmButton
        type="primary"
        label={t('settle.approve')}
        title={t('settle.approve')}
        consequences={[
          t('settle.approveFigure', {
            amount,
            unit: settlement.unitLabel,
            count: settlement.lines.length,
          }),
        ]}
        confirmLabel={t('settle.approveConfirm', { amount })}
        whyNot={whyNot('approve')}
        onConfirm={async () => {
          await approve.mutateAsync({ params });
          done(t('settle.approved'));
        }}
      />
      <ConfirmButton
        danger
        label={t('reject')}
        title={t('reject')}
        consequences={[t('rejectFigure', { amount })]}
        confirmLabel={t('rejectConfirm')}
        reasonLabel={t('rejectReason')}
        whyNot={whyNot('reject')}
        onConfirm={async (reason) => {
          await reject.mutateAsync({ params, body: { reason } });
          done(t('rejected'));
        }}
      />
      {offered.has('cancel') && (
        <ConfirmButton
          label={t('cancel')}
          title={t('cancel')}
          consequences={[t('cancelFigure', { amount })]}
          confirmLabel={t('cancelConfirm')}
          whyNot={whyNot('cancel')}
          onConfirm={async () => {
            await cancel.mutateAsync({ params });
            done(t('cancelled'));
          }}
        />
      )}
    </div>
  );
}
