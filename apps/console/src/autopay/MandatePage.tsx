import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Facts } from '../ui/Facts.tsx';
import { dayText, instantText, monthText } from '../ui/format.ts';
import { History } from '../ui/History.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { MandateActions } from './MandateActions.tsx';
import { DebitStateTag, MandateStateTag } from './StateTags.tsx';

export type Detail = Answer<'GET /api/autopay/mandates/:mandateId'>;

/** One agreement: who, what, how much at most, every debit, and everything that happened. */
export function MandatePage() {
  const { mandateId = '' } = useParams();
  const query = useRead('GET /api/autopay/mandates/:mandateId', { params: { mandateId } });
  return <Loaded query={query}>{(one) => <MandateView key={one.id} one={one} />}</Loaded>;
}

interface OfDetail {
  readonly one: Detail;
}

function MandateView({ one }: OfDetail) {
  const { t } = useTranslation('autopay');
  const [language] = useLanguage();
  const name = one.residentName ?? one.phoneMasked ?? t('mandate.nobody');
  return (
    <Page
      title={t('mandate.title', { name })}
      intro={one.note[language]}
      parent={{ label: t('mandates.title'), to: paths.autopay() }}
      badge={<MandateStateTag state={one.state} />}
      actions={<MandateActions one={one} />}
    >
      <Card>
        <MandateFacts one={one} />
      </Card>
      <Card title={<h2 className="card-title">{t('mandate.items')}</h2>}>
        <Homes one={one} />
      </Card>
      {one.leftOut.length > 0 && (
        <Card title={<h2 className="card-title">{t('mandate.leftOut')}</h2>}>
          <LeftOut one={one} />
        </Card>
      )}
      <Card title={<h2 className="card-title">{t('mandate.debits')}</h2>}>
        {one.debits.length === 0 ? <p>{t('mandate.noDebits')}</p> : <Debits one={one} />}
      </Card>
      <Card title={<h2 className="card-title">{t('mandate.log')}</h2>}>
        <History
          entries={one.log.map(({ id, at, text }) => ({ key: id, at, what: text[language] }))}
        />
      </Card>
    </Page>
  );
}

function MandateFacts({ one }: OfDetail) {
  const { t } = useTranslation(['autopay', 'ui']);
  const [language] = useLanguage();
  const at = (instant: string | null) =>
    instant === null ? t('ui:none') : instantText(instant, language);
  const pair = (debitFen: number, monthFen: number) => (
    <>
      <Money fen={debitFen} /> / <Money fen={monthFen} />
    </>
  );
  return (
    <Facts
      facts={[
        { label: t('phone'), value: one.phoneMasked ?? t('ui:none') },
        { label: t('wallet'), value: one.wallet[language] },
        { label: t('mandate.account'), value: one.merchantAccountName },
        { label: t('limits'), value: pair(one.limitDebitFen, one.limitMonthFen) },
        { label: t('mandate.signedLimits'), value: pair(one.signedDebitFen, one.signedMonthFen) },
        { label: t('mandate.monthFen'), value: <Money fen={one.monthFen} /> },
        { label: t('mandate.first'), value: dayText(one.firstDebitOn, language) },
        { label: t('signedAt'), value: at(one.signedAt) },
        { label: t('endedAt'), value: at(one.endedAt) },
        { label: t('mandate.no'), value: <span className="mono">{one.mandateNo}</span> },
      ]}
    />
  );
}

function Homes({ one }: OfDetail) {
  const [language] = useLanguage();
  return (
    <ul>
      {one.homes.map(({ unitId, communityName, label, items, endedBecause }) => (
        <li key={unitId}>
          <Link to={paths.unit(unitId)}>
            {communityName} {label}
          </Link>
          {': '}
          {items.map(({ name }) => name).join(language === 'zh' ? '、' : ', ')}
          {endedBecause && <span className="muted"> · {endedBecause[language]}</span>}
        </li>
      ))}
    </ul>
  );
}

function LeftOut({ one }: OfDetail) {
  const { t } = useTranslation('autopay');
  const [language] = useLanguage();
  return (
    <DataTable<Detail['leftOut'][number]>
      label={t('mandate.leftOut')}
      dataSource={one.leftOut}
      rowKey="billId"
      columns={[
        {
          title: t('bills'),
          render: (_value, { billId, unitLabel, feeItemName, month }) => (
            <Link to={paths.bill(billId)}>
              {unitLabel} {feeItemName} {monthText(month, language)}
            </Link>
          ),
        },
        moneyColumn(t('amount'), ({ openFen }) => openFen, 'open'),
        {
          title: t('note'),
          render: (_value, { reason }) => <div className="wrapping">{reason[language]}</div>,
        },
      ]}
    />
  );
}

function Debits({ one }: OfDetail) {
  const { t } = useTranslation(['autopay', 'ui']);
  const [language] = useLanguage();
  return (
    <DataTable<Detail['debits'][number]>
      label={t('mandate.debits')}
      dataSource={one.debits}
      rowKey="id"
      columns={[
        {
          title: t('debitOn'),
          render: (_value, { debitOn }) => (
            <span className="nowrap">{dayText(debitOn, language)}</span>
          ),
        },
        moneyColumn(t('amount'), ({ amountFen }) => amountFen, 'amount'),
        { title: t('tryNo'), dataIndex: 'tryNo', align: 'right' },
        { title: t('state'), render: (_value, { state }) => <DebitStateTag state={state} /> },
        {
          title: t('note'),
          render: (_value, { note }) => (
            <div className="wrapping">{note?.[language] ?? t('ui:none')}</div>
          ),
        },
        {
          title: t('noticedAt'),
          render: (_value, { noticedAt }) =>
            noticedAt === null ? t('ui:none') : instantText(noticedAt, language),
        },
        {
          title: t('bills'),
          render: (_value, { bills }) => (
            <div className="wrapping">
              {bills.map(({ billId, unitLabel, feeItemName, month }) => (
                <div key={billId}>
                  <Link to={paths.bill(billId)}>
                    {unitLabel} {feeItemName} {monthText(month, language)}
                  </Link>
                </div>
              ))}
            </div>
          ),
        },
        {
          title: t('payment'),
          render: (_value, { paymentId }) =>
            paymentId === null ? (
              t('ui:none')
            ) : (
              <Link to={paths.payment(paymentId)}>{t('open')}</Link>
            ),
        },
      ]}
    />
  );
}
