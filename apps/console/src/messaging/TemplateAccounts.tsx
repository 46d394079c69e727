import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { LongTextField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { useMessages } from '../ui/use-messages.ts';
import type { Account, Provider } from './AccountsPage.tsx';
import { placesOf, placesText } from './places.ts';
import type { Template } from './TemplatePage.tsx';

interface Row {
  readonly account: Account;
  readonly provider: Provider;
  readonly language: 'zh' | 'en';
  readonly at: Template['atAccounts'][number] | undefined;
}

/** Under which number each account knows the template, and which place takes which variable. */
export function TemplateAccounts({ template }: { readonly template: Template }) {
  const { t } = useTranslation('messaging');
  const [edited, setEdited] = useState<Row | undefined>();
  const accounts = useRead('GET /api/message-accounts', {});
  const providers = useRead('GET /api/message-providers', {});
  return (
    <Card title={<h2 className="card-title">{t('template.atAccounts')}</h2>}>
      <p>{t('template.atAccountsHint')}</p>
      <Loaded query={accounts}>
        {({ items }) => (
          <AccountRows
            rows={rowsOf(template, items, providers.data?.items ?? [])}
            onEdit={setEdited}
          />
        )}
      </Loaded>
      <AtAccountForm template={template} row={edited} onClose={() => setEdited(undefined)} />
    </Card>
  );
}

/** Accounts that need a number, in both languages. */
function rowsOf(
  { atAccounts }: Template,
  accounts: readonly Account[],
  providers: readonly Provider[],
): Row[] {
  return accounts.flatMap((account) => {
    const provider = providers.find(({ name }) => name === account.provider);
    if (!provider?.needsTemplate) return [];
    return (['zh', 'en'] as const).map((language) => ({
      ...{ account, provider, language },
      at: atAccounts.find((each) => each.accountId === account.id && each.language === language),
    }));
  });
}

function AccountRows({
  rows,
  onEdit,
}: {
  readonly rows: readonly Row[];
  readonly onEdit: (row: Row) => void;
}) {
  const { t } = useTranslation('messaging');
  const { can } = useSession();
  if (rows.length === 0) return <p>{t('template.noAccounts')}</p>;
  return (
    <DataTable<Row>
      label={t('template.atAccounts')}
      dataSource={rows}
      rowKey={({ account, language }) => `${account.id}/${language}`}
      columns={[
        { title: t('messages.account'), render: (_value, { account }) => account.name },
        {
          title: t('template.inLanguage'),
          render: (_value, { language }) => t(`template.language.${language}`),
        },
        {
          title: t('template.number'),
          render: (_value, { at }) =>
            at ? <span className="mono">{at.providerTemplateId}</span> : t('template.none'),
        },
        {
          title: t('template.places'),
          render: (_value, { at }) => (
            <div className="wrapping mono">
              {at?.places.map(({ place, variable }) => `${place}=${variable}`).join(' ')}
            </div>
          ),
        },
        ...(can('messaging.write')
          ? [
              {
                title: t('accounts.actions'),
                key: 'edit',
                render: (_value: unknown, row: Row) => (
                  <Button
                    onClick={() => onEdit(row)}
                    aria-label={`${t('accounts.editTitle', { name: row.account.name })} ${t(`template.language.${row.language}`)}`}
                  >
                    {t('accounts.edit')}
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

interface Values {
  readonly providerTemplateId?: string;
  readonly places?: string;
}

interface AtAccountFormProps {
  readonly template: Template;
  readonly row: Row | undefined;
  readonly onClose: () => void;
}

function AtAccountForm({ template, row, onClose }: AtAccountFormProps) {
  const { t } = useTranslation('messaging');
  const [language] = useLanguage();
  const { done } = useMessages();
  const save = useWrite(
    'PUT /api/message-templates/:templateKey/accounts/:messageAccountId/:language',
  );
  const names = [
    ...template.variables.map(({ name }) => name),
    ...(template.hasLink ? ['linkCode', 'link'] : []),
  ];
  return (
    <FormDrawer<Values>
      title={t('accounts.editTitle', { name: row?.account.name ?? '' })}
      isOpen={row !== undefined}
      onClose={onClose}
      initialValues={{
        providerTemplateId: row?.at?.providerTemplateId ?? '',
        places: placesText(row?.at?.places ?? []),
      }}
      onSubmit={async ({ providerTemplateId, places }) => {
        if (!row) return;
        await save.mutateAsync({
          params: {
            ...{ templateKey: template.key, messageAccountId: row.account.id },
            language: row.language,
          },
          body: {
            providerTemplateId: providerTemplateId?.trim() ?? '',
            places: placesOf(places ?? ''),
          },
        });
        done(t('accounts.saved'));
      }}
    >
      <TextField
        name="providerTemplateId"
        label={t('template.number')}
        help={t('template.numberHint')}
        maxLength={80}
      />
      <LongTextField
        name="places"
        label={t('template.places')}
        help={
          <>
            {t('template.placesHint')} {row?.provider.places?.[language]}{' '}
            {t('template.placesNames', { names: names.join(' ') })}
          </>
        }
        rows={6}
        maxLength={1000}
        placeholder={'thing1=unit\namount2=amount'}
      />
    </FormDrawer>
  );
}
