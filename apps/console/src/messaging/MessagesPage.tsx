import type { TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { DataPage } from '../ui/DataPage.tsx';
import { FilterSelect } from '../ui/Filters.tsx';
import { instantText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { useUrlFilters } from '../ui/url-state.ts';
import { type Message, MessageStateTag, messageStates, messageVias } from './MessageStateTag.tsx';
import { purposes, usePurposeName, useTemplateName } from './use-template-name.ts';

const names = ['state', 'purpose', 'via', 'messageAccountId'] as const;

/** Every message, what became of it and what it cost; those that failed are one filter away. */
export function MessagesPage() {
  const { t } = useTranslation(['messaging', 'ui']);
  const { values, after, set, clear, isFiltered } = useUrlFilters(names);
  const purposeName = usePurposeName();
  const accounts = useRead('GET /api/message-accounts', {});
  const state = messageStates.find((one) => one === values.state);
  const via = messageVias.find((one) => one === values.via);
  const filter = { ...values, state, via };
  const query = useRead('GET /api/messages', { query: { ...filter, after } });
  const accountsLink = (
    <LinkButton to={paths.messageAccounts()}>{t('messages.accounts')}</LinkButton>
  );
  return (
    <DataPage<Message>
      title={t('messages.title')}
      intro={t('messages.intro')}
      label={t('messages.title')}
      query={query}
      rowKey={({ id }) => id}
      columns={useColumns()}
      isFiltered={isFiltered}
      onClearFilters={clear}
      exportUrl={addressOf('/api/messages.csv', {}, filter)}
      empty={{
        title: t('messages.emptyTitle'),
        hint: t('messages.emptyHint'),
        action: accountsLink,
      }}
      filters={
        <>
          <FilterSelect
            label={t('messages.state')}
            value={values.state}
            onChange={(next) => set({ state: next })}
            options={messageStates.map((value) => ({ value, label: t(`state.${value}`) }))}
          />
          <FilterSelect
            label={t('messages.purpose')}
            value={values.purpose}
            onChange={(purpose) => set({ purpose })}
            options={purposes.map((value) => ({ value, label: purposeName(value) }))}
          />
          <FilterSelect
            label={t('messages.via')}
            value={values.via}
            onChange={(next) => set({ via: next })}
            options={messageVias.map((value) => ({ value, label: t(`via.${value}`) }))}
          />
          <FilterSelect
            label={t('messages.account')}
            value={values.messageAccountId}
            onChange={(messageAccountId) => set({ messageAccountId })}
            options={(accounts.data?.items ?? []).map(({ id, name }) => ({
              value: id,
              label: name,
            }))}
          />
        </>
      }
    />
  );
}

function useColumns(): NonNullable<TableProps<Message>['columns']> {
  const { t } = useTranslation(['messaging', 'ui']);
  const [language] = useLanguage();
  const templateName = useTemplateName();
  return [
    {
      title: t('messages.at'),
      render: (_value, { id, createdAt }) => (
        <Link to={paths.message(id)} className="nowrap">
          {instantText(createdAt, language)}
        </Link>
      ),
    },
    {
      title: t('messages.template'),
      render: (_value, { templateKey }) => templateName(templateKey),
    },
    {
      title: t('messages.state'),
      render: (_value, { state }) => <MessageStateTag state={state} />,
    },
    {
      title: t('messages.via'),
      render: (_value, { via }) => (via ? t(`via.${via}`) : t('ui:none')),
    },
    {
      title: t('messages.to'),
      render: (_value, { to }) => <span className="mono nowrap">{to ?? t('ui:none')}</span>,
    },
    {
      title: t('messages.account'),
      render: (_value, { accountName }) => accountName ?? t('ui:none'),
    },
    {
      title: t('messages.reason'),
      render: (_value, { reasonText }) => (
        <div className="wrapping">{reasonText?.[language] ?? t('ui:none')}</div>
      ),
    },
    {
      title: t('messages.cost'),
      align: 'right',
      render: (_value, { costYuan }) => (costYuan === null ? t('ui:none') : Number(costYuan)),
    },
  ];
}
