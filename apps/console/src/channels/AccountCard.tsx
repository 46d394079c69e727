import { Alert, Button, Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { Facts } from '../ui/Facts.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { instantText } from '../ui/format.ts';
import { StateTag } from '../ui/StateTag.tsx';
import type { Account } from './MerchantAccountsPage.tsx';

interface AccountCardProps {
  readonly account: Account;
  readonly onEdit: () => void;
}

export function AccountCard({ account, onEdit }: AccountCardProps) {
  const { t } = useTranslation('channels');
  const { can } = useSession();
  const test = useWrite('POST /api/merchant-accounts/:id/test');
  const change = useWrite('PATCH /api/merchant-accounts/:id');
  const params = { id: account.id };
  const { name } = account;
  const verb = account.state === 'active' ? 'disable' : 'enable';
  return (
    <Card
      title={
        <div className="row">
          <h2 className="card-title">{name}</h2>
          <StateTag tone={account.state === 'active' ? 'success' : 'default'}>
            {t(`state.${account.state}`)}
          </StateTag>
        </div>
      }
    >
      <div className="stack">
        <AccountFacts account={account} />
        {test.isError && <FailureNotice error={test.error} />}
        {test.data && (
          <Alert
            type={test.data.ok ? 'success' : 'error'}
            showIcon
            role="status"
            title={test.data.ok ? t('testOk', { ms: test.data.durationMs }) : test.data.message}
            {...(!test.data.ok && { description: t('testCode', { code: test.data.code }) })}
          />
        )}
        {can('channels.write') && (
          <div className="row">
            <Button type="primary" loading={test.isPending} onClick={() => test.mutate({ params })}>
              {t('test')}
            </Button>
            <Button onClick={onEdit}>{t('edit')}</Button>
            <ConfirmButton
              label={t(verb)}
              danger={verb === 'disable'}
              title={t(`${verb}Title`, { name })}
              consequences={[t(`${verb}Says`)]}
              confirmLabel={t(verb)}
              onConfirm={() =>
                change.mutateAsync({
                  params,
                  body: { state: verb === 'disable' ? 'disabled' : 'active' },
                })
              }
            />
          </div>
        )}
      </div>
    </Card>
  );
}

function AccountFacts({ account }: { readonly account: Account }) {
  const { t } = useTranslation(['channels', 'choices', 'ui']);
  const [language] = useLanguage();
  const channels = useChannels();
  const mode = channels.find(account.channel)?.modes.find((one) => one.mode === account.mode);
  const keys = account.platformKeys.map(({ serial, validTo }) =>
    validTo ? t('keyUntil', { serial, until: instantText(validTo, language) }) : serial,
  );
  return (
    <Facts
      columns={2}
      facts={[
        { label: t('mchId'), value: <span className="mono">{account.mchId}</span> },
        { label: t('choices:channel'), value: channels.label(account.channel) },
        { label: t('mode'), value: mode?.label[language] ?? account.mode },
        {
          label: t('refused'),
          value: (
            <div>
              <div className="figure">{t('refusedCount', { count: account.refusedNotices })}</div>
              {account.refusedNotices > 0 && <div className="muted">{t('refusedHint')}</div>}
            </div>
          ),
        },
        {
          label: t('notifyUrl'),
          value: (
            <Typography.Text copyable className="mono">
              {account.notifyUrl}
            </Typography.Text>
          ),
        },
        {
          label: t('keys'),
          value:
            keys.length === 0 ? t('keysNone') : <span className="mono">{keys.join('；')}</span>,
        },
      ]}
    />
  );
}
