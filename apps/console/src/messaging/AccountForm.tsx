import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { Field, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { useMessages } from '../ui/use-messages.ts';
import type { Account, Provider } from './AccountsPage.tsx';

interface Values {
  readonly provider: string;
  readonly name: string;
  readonly appId?: string;
  readonly credentials?: Record<string, string | undefined>;
  readonly endpoints?: Record<string, string | undefined>;
  readonly unitPriceYuan?: string;
  readonly priority?: string;
  readonly state: 'active' | 'disabled';
}

interface AccountFormProps {
  readonly providers: readonly Provider[];
  readonly edited: Account | 'new' | undefined;
  readonly onClose: () => void;
}

/** Secrets go in and never come out; left empty they stay as they are. */
export function AccountForm({ providers, edited, onClose }: AccountFormProps) {
  const { t } = useTranslation('messaging');
  const { done } = useMessages();
  const add = useWrite('POST /api/message-accounts');
  const change = useWrite('PATCH /api/message-accounts/:messageAccountId');
  const account = edited === 'new' ? undefined : edited;
  const save = async ({ provider, name, appId, state, priority, ...values }: Values) => {
    const shared = {
      name,
      credentials: account ? changed(values.credentials, account) : given(values.credentials),
      endpoints: given(values.endpoints),
      unitPriceYuan: values.unitPriceYuan?.trim() || '0',
      priority: Number(priority ?? 10),
    };
    if (account) {
      const params = { messageAccountId: account.id };
      await change.mutateAsync({ params, body: { ...shared, state } });
    } else await add.mutateAsync({ body: { ...shared, provider, ...(appId && { appId }) } });
    done(t('accounts.saved'));
  };
  return (
    <FormDrawer<Values>
      title={account ? t('accounts.editTitle', { name: account.name }) : t('accounts.add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      initialValues={
        account
          ? {
              ...{ provider: account.provider, name: account.name, state: account.state },
              credentials: account.settings,
              endpoints: account.endpoints,
              unitPriceYuan: account.unitPriceYuan,
              priority: String(account.priority),
            }
          : { priority: '10', state: 'active' }
      }
      onSubmit={save}
      width={560}
    >
      <AccountFields providers={providers} account={account} />
    </FormDrawer>
  );
}

/** What was typed; an empty field is nothing. */
function given(values: Values['credentials']): Record<string, string> {
  const typed = Object.entries(values ?? {}).map(([name, value]) => [name, value?.trim() ?? '']);
  return Object.fromEntries(typed.filter(([, value]) => value !== ''));
}

/** What is no secret is sent as it stands, so that emptying it takes it away. */
function changed(values: Values['credentials'], { settings }: Account): Record<string, string> {
  const emptied = Object.keys(settings).map((name) => [name, values?.[name]?.trim() ?? '']);
  return { ...Object.fromEntries(emptied), ...given(values) };
}

function AccountFields({
  providers,
  account,
}: Pick<AccountFormProps, 'providers'> & { readonly account: Account | undefined }) {
  const { t } = useTranslation('messaging');
  const [language] = useLanguage();
  const { isDemo } = useSession();
  const name = Form.useWatch<string | undefined>('provider') ?? account?.provider;
  const provider = providers.find((one) => one.name === name);
  return (
    <>
      {account ? (
        <Form.Item name="provider" hidden noStyle>
          <input type="hidden" />
        </Form.Item>
      ) : (
        <SelectField
          name="provider"
          label={t('accounts.provider')}
          required
          options={providers.map((one) => ({ value: one.name, label: one.label[language] }))}
        />
      )}
      {provider && <Guide provider={provider} isOpen={!account} />}
      <TextField name="name" label={t('accounts.name')} required maxLength={60} />
      {provider && <ProviderFields provider={provider} account={account} />}
      <TextField
        name="priority"
        label={t('accounts.priority')}
        help={t('accounts.priorityHint')}
        required
        maxLength={3}
        rule={{ pattern: /^[1-9]\d{0,2}$/, message: t('accounts.priorityRule') }}
      />
      {provider?.isPriced && (
        <TextField
          name="unitPriceYuan"
          label={t('accounts.price')}
          help={t('accounts.priceHint')}
          type="decimal"
        />
      )}
      {account && (
        <SelectField
          name="state"
          label={t('accounts.state')}
          required
          options={(['active', 'disabled'] as const).map((value) => ({
            value,
            label: t(`accounts.${value}`),
          }))}
        />
      )}
      {isDemo &&
        Object.keys(provider?.endpoints ?? {}).map((endpoint) => (
          <TextField
            key={endpoint}
            name={['endpoints', endpoint]}
            label={t('accounts.endpoint', { name: endpoint })}
            placeholder={provider?.endpoints[endpoint] ?? ''}
            maxLength={200}
          />
        ))}
    </>
  );
}

function Guide({ provider, isOpen }: { readonly provider: Provider; readonly isOpen: boolean }) {
  const { t } = useTranslation('messaging');
  const [language] = useLanguage();
  return (
    <details open={isOpen} className="form-guide">
      <summary>{t('accounts.guide')}</summary>
      <ol>
        {provider.guide.map((step) => (
          <li key={step.zh}>{step[language]}</li>
        ))}
      </ol>
    </details>
  );
}

function ProviderFields({
  provider,
  account,
}: {
  readonly provider: Provider;
  readonly account: Account | undefined;
}) {
  return (
    <>
      {provider.appId && !account && <OneField field={provider.appId} name="appId" isSet={false} />}
      {provider.fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          name={['credentials', field.name]}
          isSet={account?.secretsSet.includes(field.name) ?? false}
        />
      ))}
    </>
  );
}

interface OneFieldProps {
  readonly field: Provider['fields'][number];
  readonly name: string | string[];
  /** A secret is there and is not shown. */
  readonly isSet: boolean;
}

function OneField({ field, name, isSet }: OneFieldProps) {
  const { t } = useTranslation('messaging');
  const [language] = useLanguage();
  const label = field.label[language];
  const hint = field.hint?.[language];
  const shared = {
    ...{ name, label },
    help: isSet ? t('accounts.secretSet') : hint,
    required: !field.isOptional && !isSet,
    ...(field.pattern !== null && {
      rule: { pattern: new RegExp(`^(?:${field.pattern})$`), message: hint ?? t('accounts.form') },
    }),
  };
  switch (field.kind) {
    case 'choice':
      return (
        <SelectField
          {...shared}
          options={field.choices.map((one) => ({ value: one.value, label: one.label[language] }))}
        />
      );
    case 'pem':
      return (
        <Field {...shared}>
          <Input.TextArea rows={3} className="mono" autoComplete="off" spellCheck={false} />
        </Field>
      );
    default:
      return (
        <TextField
          {...shared}
          type={field.kind === 'secret' ? 'password' : 'text'}
          autoComplete={field.kind === 'secret' ? 'new-password' : 'off'}
          maxLength={200}
        />
      );
  }
}
