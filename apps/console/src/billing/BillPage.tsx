import { Alert, Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { Facts } from '../ui/Facts.tsx';
import { dayText, decimalText, instantText, monthText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Money } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { Tile } from '../ui/Tile.tsx';
import { BillAdjustments } from './BillAdjustments.tsx';
import { BillStateTag } from './BillStateTag.tsx';
import './billing.css';

type Bill = Answer<'GET /api/bills/:billId'>;

interface BillPageProps {
  /** What other modules know of the bill, below its own facts. */
  readonly after?: ReactNode;
}

export function BillPage({ after }: BillPageProps) {
  const { billId = '' } = useParams();
  const query = useRead('GET /api/bills/:billId', { params: { billId } });
  return <Loaded query={query}>{(bill) => <BillView bill={bill} after={after} />}</Loaded>;
}

function BillView({ bill, after }: BillPageProps & { readonly bill: Bill }) {
  const { t } = useTranslation('billing');
  const [language] = useLanguage();
  return (
    <Page
      title={t('bill.title', {
        unit: bill.unitLabel,
        item: bill.feeItemName,
        month: monthText(bill.month, language),
      })}
      intro={bill.communityName}
      parent={{ label: t('bill.parent'), to: paths.bills({ unitId: bill.unitId }) }}
      badge={<BillStateTag state={bill.state} />}
    >
      {bill.heldByPaymentId && (
        <Alert
          type="info"
          showIcon
          title={t('bill.held')}
          action={<Link to={paths.payment(bill.heldByPaymentId)}>{t('bill.heldLink')}</Link>}
        />
      )}
      <dl className="tiles">
        <Tile label={t('bills.amount')} value={<Money fen={bill.amountFen} />} />
        <Tile label={t('bills.paid')} value={<Money fen={bill.paidFen} />} />
        {bill.waivedFen > 0 && (
          <Tile label={t('bills.waived')} value={<Money fen={bill.waivedFen} />} />
        )}
        <Tile label={t('bills.open')} value={<Money fen={bill.openFen} />} />
      </dl>
      <Card title={<h2 className="card-title">{t('bill.why')}</h2>}>
        <p className="explanation">{bill.explanation[language]}</p>
        <BillFacts bill={bill} />
      </Card>
      {bill.state !== 'draft' && <BillAdjustments billId={bill.id} />}
      {after}
    </Page>
  );
}

function BillFacts({ bill }: { readonly bill: Bill }) {
  const { t } = useTranslation(['billing', 'estate', 'ui']);
  const [language] = useLanguage();
  const yuan = (value: string) => t('yuan', { value: decimalText(value, 2) });
  return (
    <Facts
      facts={[
        {
          label: t('bills.unit'),
          value: <Link to={paths.unit(bill.unitId)}>{bill.unitLabel}</Link>,
        },
        {
          label: t('bills.period'),
          value: t('bills.periodText', {
            from: dayText(bill.periodStart, language),
            to: dayText(bill.periodEnd, language),
          }),
        },
        { label: t('bills.dueOn'), value: dayText(bill.dueOn, language) },
        {
          label: t('bill.area'),
          value: bill.areaM2
            ? t('estate:area', { value: decimalText(bill.areaM2, 2) })
            : t('ui:none'),
        },
        { label: t('bill.price'), value: yuan(bill.price) },
        { label: t('bill.surcharge'), value: yuan(bill.surcharge) },
        { label: t('bill.months'), value: bill.months },
        {
          label: t('bill.tariff'),
          value: t('bill.tariffText', { name: bill.tariffName, version: bill.tariffVersion }),
        },
        {
          label: t('bill.publishedAt'),
          value: bill.publishedAt ? instantText(bill.publishedAt, language) : t('ui:none'),
        },
        {
          label: t('bill.run'),
          value: <Link to={paths.billRun(bill.runId)}>{t('bill.runLink')}</Link>,
        },
        {
          label: t('bill.paymentsLabel'),
          value: <Link to={paths.payments({ unitId: bill.unitId })}>{t('bill.payments')}</Link>,
        },
      ]}
    />
  );
}
