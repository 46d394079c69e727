import { PrinterOutlined } from '@ant-design/icons';
import { Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useRead } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { AccountFacts } from './TransferCard.tsx';
import './bank.css';

/** One sheet for one unit: where to transfer to, and what to write into the remark. */
export function TransferPage() {
  const { t } = useTranslation('bank');
  const { unitId = '' } = useParams();
  const params = { unitId };
  const unit = useRead('GET /api/units/:unitId', { params });
  const guide = useRead('GET /api/units/:unitId/transfer', { params });
  return (
    <Loaded query={unit}>
      {({ communityName, label }) => (
        <Page
          title={t('transfer.printTitle', { unit: label })}
          intro={communityName}
          parent={{ label, to: paths.unit(unitId) }}
          actions={
            <Button
              type="primary"
              icon={<PrinterOutlined aria-hidden />}
              onClick={() => window.print()}
            >
              {t('transfer.printDo')}
            </Button>
          }
        >
          <Card>
            <Loaded query={guide} lines={3}>
              {({ accounts, referencePrinted }) => (
                <div className="stack">
                  {accounts.map((account) => (
                    <AccountFacts key={account.bankAccountId} account={account} />
                  ))}
                  <span>{t('transfer.reference')}</span>
                  <strong className="mono bank-printed">
                    {referencePrinted ?? t('transfer.noReference')}
                  </strong>
                  <span>{t('transfer.hint')}</span>
                </div>
              )}
            </Loaded>
          </Card>
        </Page>
      )}
    </Loaded>
  );
}
