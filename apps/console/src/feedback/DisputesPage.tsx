import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Answer, addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { CommunityFilter } from '../choices/ChoiceFilters.tsx';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { instantText, monthText } from '../ui/format.ts';
import { moneyColumn } from '../ui/Money.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { useUrlFilters } from '../ui/url-state.ts';

type Dispute = Answer<'GET /api/disputes'>['items'][number];

const states = ['open', 'answered'] as const;
const stateKeys = { open: 'dispute.open.state', answered: 'dispute.answered' } as const;

/** Bills that somebody disputes: what waits, and how the others ended. */
export function DisputesPage() {
  const { t } = useTranslation(['feedback', 'ui']);
  const [language] = useLanguage();
  const { values, after, set, clear, isFiltered } = useUrlFilters(['state', 'communityId']);
  const filter = { ...values, state: states.find((one) => one === values.state) };
  const query = useRead('GET /api/disputes', { query: { ...filter, after } });
  return (
    <DataPage<Dispute>
      title={t('disputes.title')}
      intro={t('disputes.intro')}
      label={t('disputes.title')}
      query={query}
      rowKey={({ ticketId }) => ticketId}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/disputes.csv', {}, filter)}
      empty={{ title: t('disputes.empty'), hint: t('disputes.emptyHint') }}
      filters={
        <>
          <FilterSelect
            label={t('dispute.state')}
            value={values.state}
            onChange={(state) => set({ state })}
            options={states.map((value) => ({ value, label: t(stateKeys[value]) }))}
          />
          <CommunityFilter
            value={values.communityId}
            onChange={(communityId) => set({ communityId })}
          />
        </>
      }
      columns={[
        {
          title: t('list.no'),
          render: (_value, { ticketId, ticketNo }) => (
            <Link to={paths.ticket(ticketId)}>{ticketNo}</Link>
          ),
        },
        {
          title: t('dispute.state'),
          render: (_value, { state, answer }) => (
            <StateTag tone={state === 'open' ? 'warning' : 'success'}>
              {answer ? t(`dispute.${answer}`) : t('dispute.open.state')}
            </StateTag>
          ),
        },
        {
          title: t('list.place'),
          render: (_value, { communityName, unitId, unitLabel }) => (
            <Link to={paths.unit(unitId)}>
              {communityName} {unitLabel}
            </Link>
          ),
        },
        {
          title: t('dispute.bill'),
          render: (_value, { billId, month, feeItemName }) => (
            <Link to={paths.bill(billId)}>
              {monthText(month, language)} {feeItemName}
            </Link>
          ),
        },
        moneyColumn<Dispute>(t('dispute.open'), ({ openFen }) => openFen, 'open'),
        {
          title: t('list.text'),
          render: (_value, { text }) => <div className="wrapping">{text.slice(0, 60)}</div>,
        },
        {
          title: t('list.opened'),
          render: (_value, { openedAt }) => instantText(openedAt, language),
        },
      ]}
    />
  );
}
