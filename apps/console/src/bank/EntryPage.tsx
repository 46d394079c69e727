import { fen, yuanAmount } from '@wuye-pay/money';
import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Facts } from '../ui/Facts.tsx';
import { dayText, instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { Page } from '../ui/Page.tsx';
import { Tile } from '../ui/Tile.tsx';
import { EntryMatch } from './EntryMatch.tsx';
import { EntryStateTag } from './EntryStateTag.tsx';
import { RevealEntry } from './RevealEntry.tsx';

export type EntryDetail = Answer<'GET /api/bank-entries/:entryId'>;

export function EntryPage() {
  const { entryId = '' } = useParams();
  const query = useRead('GET /api/bank-entries/:entryId', { params: { entryId } });
  return <Loaded query={query}>{(one) => <EntryView key={one.id} one={one} />}</Loaded>;
}

function EntryView({ one }: { readonly one: EntryDetail }) {
  const { t } = useTranslation('bank');
  const [language] = useLanguage();
  const { can } = useSession();
  const day = dayText(one.bookedOn, language);
  const amount = yuanAmount(fen(one.amountFen));
  const isCredit = one.direction === 'credit';
  return (
    <Page
      title={t(isCredit ? 'entry.title' : 'entry.debitTitle', { day, amount })}
      intro={one.text}
      parent={{ label: t('entry.parent'), to: paths.bankEntries() }}
      badge={<EntryStateTag state={one.state} />}
      actions={can('estate.reveal') && <RevealEntry entryId={one.id} />}
    >
      {one.suspenseFen > 0 && (
        <dl className="tiles">
          <Tile label={t('entries.amount')} value={<Money fen={one.amountFen} />} />
          <Tile label={t('entries.suspense')} value={<Money fen={one.suspenseFen} />} />
        </dl>
      )}
      {one.isProposed && one.caseId && (
        <Alert
          type="info"
          showIcon
          title={t('entry.proposed')}
          action={<Link to={paths.suspenseCase(one.caseId)}>{t('entry.proposedLink')}</Link>}
        />
      )}
      <Reasons one={one} />
      {one.suspenseFen > 0 && !one.isProposed && <EntryMatch one={one} />}
      <Matches one={one} />
      <Card>
        <EntryFacts one={one} />
      </Card>
      {(one.paymentId !== null || one.matches.length > 0) && (
        <details>
          <summary>{t('entry.wrong')}</summary>
          <p>{t('entry.wrongHint')}</p>
        </details>
      )}
    </Page>
  );
}

function Reasons({ one }: { readonly one: EntryDetail }) {
  const { t } = useTranslation('bank');
  const [language] = useLanguage();
  const kind = one.notPaymentKind && t(`kind.${one.notPaymentKind}`);
  const reasons = one.reasons.map((reason) => reason[language]);
  return (
    <Card title={<h2 className="card-title">{t('entry.why')}</h2>}>
      <ul className="confirm-figures">
        {[...(kind ? [kind] : []), ...reasons].map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
        {!kind && reasons.length === 0 && <li>{t('entry.whyNone')}</li>}
      </ul>
    </Card>
  );
}

function Matches({ one }: { readonly one: EntryDetail }) {
  const { t } = useTranslation('bank');
  const [language] = useLanguage();
  type Match = EntryDetail['matches'][number];
  if (one.matches.length === 0) return null;
  return (
    <Card title={<h2 className="card-title">{t('matches.title')}</h2>}>
      <DataTable<Match>
        label={t('matches.title')}
        dataSource={one.matches}
        rowKey="paymentId"
        columns={[
          {
            title: t('entries.unit'),
            render: (_value, { unitId, unitLabel, communityName }) => (
              <Link to={paths.unit(unitId)}>
                {communityName} {unitLabel}
              </Link>
            ),
          },
          moneyColumn<Match>(t('entries.amount'), ({ amountFen }) => amountFen, 'amount'),
          { title: t('matches.by'), dataIndex: 'matchedBy' },
          {
            title: t('matches.at'),
            render: (_value, { matchedAt }) => instantText(matchedAt, language),
          },
          {
            title: t('entry.payment'),
            render: (_value, { paymentId }) => (
              <Link to={paths.payment(paymentId)}>{t('entry.paymentLink')}</Link>
            ),
          },
        ]}
      />
    </Card>
  );
}

function EntryFacts({ one }: { readonly one: EntryDetail }) {
  const { t } = useTranslation(['bank', 'ui']);
  const [language] = useLanguage();
  const none = t('ui:none');
  const facts = [
    {
      label: t('entries.counterparty'),
      value:
        [one.counterpartyMasked, one.counterpartyAccountMasked].filter(Boolean).join(' ') || none,
    },
    { label: t('entry.counterpartyBank'), value: one.counterpartyBank || none },
    {
      label: t('entries.unit'),
      value: one.unitId ? (
        <Link to={paths.unit(one.unitId)}>
          {one.communityName} {one.unitLabel}
        </Link>
      ) : (
        none
      ),
    },
    { label: t('entries.account'), value: one.bankAccountName },
    {
      label: t('entry.reference'),
      value: <span className="mono">{one.bankReference ?? none}</span>,
    },
    {
      label: t('entry.balance'),
      value: one.balanceFen === null ? none : <Money fen={one.balanceFen} />,
    },
    {
      label: t('entry.file'),
      value: (
        <Link to={paths.bankImport(one.bankImportId)}>
          {t('entry.fileRow', { file: one.fileName, row: one.row })}
        </Link>
      ),
    },
    { label: t('entry.importedAt'), value: instantText(one.importedAt, language) },
    ...(one.endToEndId ? [{ label: t('entry.endToEnd'), value: one.endToEndId }] : []),
    ...(one.subAccount ? [{ label: t('entry.subAccount'), value: one.subAccount }] : []),
    ...(one.paymentId
      ? [
          {
            label: t('entry.payment'),
            value: <Link to={paths.payment(one.paymentId)}>{t('entry.paymentLink')}</Link>,
          },
        ]
      : []),
    ...(one.caseId
      ? [
          {
            label: t('entry.case'),
            value: <Link to={paths.suspenseCase(one.caseId)}>{one.caseNo}</Link>,
          },
        ]
      : []),
  ];
  return <Facts facts={facts} />;
}
