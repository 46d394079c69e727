import { fen, yuanAmount } from '@wuye-pay/money';
import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { monthText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import { StateTag, type Tone } from '../ui/StateTag.tsx';

export type Adjustment = Answer<'GET /api/bill-adjustments'>['items'][number];

const tones: Readonly<Record<Adjustment['state'], Tone>> = {
  requested: 'warning',
  applied: 'success',
  rejected: 'error',
  cancelled: 'default',
};

export function useAdjustmentColumns(): NonNullable<TableProps<Adjustment>['columns']> {
  const { t } = useTranslation(['billing', 'ui']);
  const [language] = useLanguage();
  return [
    {
      title: t('bills.unit'),
      render: (_value, { billId, unitLabel, feeItemName, month }) => (
        <Link to={paths.bill(billId)}>
          {unitLabel} {monthText(month, language)} {feeItemName}
        </Link>
      ),
    },
    {
      title: t('adjust.state'),
      render: (_value, { state }) => (
        <StateTag tone={tones[state]}>{t(`adjust.${state}`)}</StateTag>
      ),
    },
    { title: t('adjust.kind'), render: (_value, { kind }) => t(`adjust.${kind}`) },
    moneyColumn<Adjustment>(t('adjust.amount'), ({ amountFen }) => amountFen, 'amount'),
    {
      title: t('adjust.reason'),
      render: (_value, { reason }) => <div className="wrapping">{reason}</div>,
    },
    { title: t('adjust.by'), dataIndex: 'requestedBy' },
    {
      title: t('adjust.decidedBy'),
      render: (_value, { decidedBy }) => decidedBy ?? t('ui:none'),
    },
    {
      title: t('adjust.actions'),
      render: (_value, change) => <Decisions change={change} />,
    },
  ];
}

function Decisions({ change }: { readonly change: Adjustment }) {
  const { t } = useTranslation('billing');
  const [language] = useLanguage();
  const decide = useWrite('POST /api/bill-adjustments/:adjustmentId/decision');
  const params = { adjustmentId: change.id };
  const amount = yuanAmount(fen(change.amountFen));
  const says = t('adjust.says', { unit: change.unitLabel, item: change.feeItemName, amount });
  return (
    <div className="row">
      {change.allowedActions.map(({ action, reason }) => (
        <ConfirmButton
          key={action}
          label={t(`adjust.${action}`)}
          whyNot={reason?.[language]}
          danger={action === 'reject'}
          title={t('adjust.confirm', { action: t(`adjust.${action}`) })}
          consequences={[says, change.reason]}
          confirmLabel={t(`adjust.${action}`)}
          onConfirm={() => decide.mutateAsync({ params, body: { decision: action } })}
        />
      ))}
    </div>
  );
}
