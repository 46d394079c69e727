import { Alert, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useChannels } from '../choices/use-channels.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { AccountFacts } from './AccountFacts.tsx';
import { AccountForm } from './AccountForm.tsx';
import { type Account, AccountTags } from './AccountTags.tsx';
import { AloneNotice } from './AloneNotice.tsx';
import { ChannelGuide } from './ChannelGuide.tsx';
import { ExpiryTable } from './ExpiryTable.tsx';
import { HealthCard } from './HealthCard.tsx';
import { Registrations } from './Registrations.tsx';
import { TestCard } from './TestCard.tsx';
import { useTellOutcome } from './use-propose.ts';

export function AccountPage() {
  const { id = '' } = useParams();
  const query = useRead('GET /api/merchant-accounts/:id', { params: { id } });
  return <Loaded query={query}>{(account) => <AccountView account={account} />}</Loaded>;
}

function AccountView({ account }: { readonly account: Account }) {
  const { t } = useTranslation('channels');
  const { find } = useChannels();
  const [isEditing, setEditing] = useState(false);
  const channel = find(account.channel);
  return (
    <Page
      title={account.name}
      parent={{ label: t('title'), to: paths.merchantAccounts() }}
      badge={<AccountTags account={account} />}
      actions={<Actions account={account} onEdit={() => setEditing(true)} />}
    >
      <AloneNotice />
      {account.previousUntil !== null && <Alert type="info" showIcon title={t('overlap')} />}
      <Card>
        <AccountFacts account={account} />
      </Card>
      <AccountTest account={account} />
      <Card title={<h2 className="card-title">{t('registrations')}</h2>}>
        <div className="stack">
          <Registrations registrations={account.registrations} />
          {channel && <ChannelGuide channel={{ ...channel, registrations: [] }} isOpen={false} />}
        </div>
      </Card>
      <Card title={<h2 className="card-title">{t('expiries')}</h2>}>
        <ExpiryTable account={account} />
      </Card>
      <HealthCard account={account} />
      <AccountForm account={account} isOpen={isEditing} onClose={() => setEditing(false)} />
    </Page>
  );
}

interface ActionsProps {
  readonly account: Account;
  readonly onEdit: () => void;
}

function Actions({ account, onEdit }: ActionsProps) {
  const { t } = useTranslation('channels');
  const { can } = useSession();
  const tell = useTellOutcome();
  const change = useWrite('PATCH /api/merchant-accounts/:id');
  const { name } = account;
  const verb = account.state === 'active' ? 'disable' : 'enable';
  const whyNot = account.openChangeId === null ? undefined : t('changeWaitsHint');
  return (
    <>
      <LinkButton to={paths.statement(account.id)}>{t('statement')}</LinkButton>
      {can('channels.write') && (
        <>
          <ActionButton whyNot={whyNot} onClick={onEdit}>
            {t('edit')}
          </ActionButton>
          <ConfirmButton
            label={t(verb)}
            danger={verb === 'disable'}
            title={t(`${verb}Title`, { name })}
            consequences={[t(`${verb}Says`), t('needsSecond')]}
            confirmLabel={t('submit')}
            whyNot={whyNot}
            onConfirm={async () => {
              const state = verb === 'disable' ? ('disabled' as const) : ('active' as const);
              tell(await change.mutateAsync({ params: { id: account.id }, body: { state } }));
            }}
          />
        </>
      )}
    </>
  );
}

function AccountTest({ account }: { readonly account: Account }) {
  const { t } = useTranslation('channels');
  const { can } = useSession();
  const test = useWrite('POST /api/merchant-accounts/:id/test');
  if (!can('channels.write')) return null;
  return (
    <TestCard
      help={t('testHelp')}
      test={test}
      onTest={() => test.mutate({ params: { id: account.id } })}
    />
  );
}
