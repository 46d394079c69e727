import { fen, yuanAmount } from '@wuye-pay/money';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import type { Payment } from './PaymentPage.tsx';

/** Money of this payment that fits nowhere, with the way to its case. */
export function CaseLinks({ cases }: { readonly cases: Payment['cases'] }) {
  const { t } = useTranslation('payment');
  const [language] = useLanguage();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('payment.cases')}
      description={
        <ul className="confirm-figures">
          {cases.map(({ id, caseNo, amountFen, reasonText }) => (
            <li key={id}>
              <Link to={paths.suspenseCase(id)} className="text-link">
                {caseNo}
              </Link>{' '}
              {yuanAmount(fen(amountFen))} · {reasonText[language]}
            </li>
          ))}
        </ul>
      }
    />
  );
}
