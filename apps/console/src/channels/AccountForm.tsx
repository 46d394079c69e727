import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { LongTextField, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { useMessages } from '../ui/use-messages.ts';
import {
  type AccountValues,
  credentialsOf,
  givenOf,
  modes,
  publicKeyOf,
} from './account-values.ts';
import type { Account } from './MerchantAccountsPage.tsx';

interface AccountFormProps {
  readonly edited: Account | 'new' | undefined;
  readonly onClose: () => void;
}

/** Keys go in and never come out: when editing, an empty field means "as before". */
export function AccountForm({ edited, onClose }: AccountFormProps) {
  const { t } = useTranslation('channels');
  const { done } = useMessages();
  const add = useWrite('POST /api/merchant-accounts');
  const change = useWrite('PATCH /api/merchant-accounts/:id');
  const account = edited === 'new' ? undefined : edited;
  const isNew = edited === 'new';
  const save = async (values: AccountValues) => {
    const { name, mode } = values;
    const publicKey = publicKeyOf(values);
    if (account) {
      const credentials = givenOf(values.credentials);
      const body = {
        name,
        mode,
        ...(credentials && { credentials }),
        ...(publicKey && { publicKey }),
      };
      await change.mutateAsync({ params: { id: account.id }, body });
    } else {
      const { mchId, appId } = values;
      const credentials = credentialsOf(values.credentials);
      const body = { channel: 'wechat-pay' as const, name, mchId, appId, mode, credentials };
      await add.mutateAsync({ body: { ...body, ...(publicKey && { publicKey }) } });
    }
    done(t('saved'));
  };
  return (
    <FormDrawer<AccountValues>
      title={account ? t('editTitle', { name: account.name }) : t('add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      width={560}
      initialValues={account ? { name: account.name, mode: account.mode } : { mode: 'public-key' }}
      onSubmit={save}
    >
      <TextField
        name="name"
        label={t('name')}
        required
        maxLength={60}
        placeholder={t('nameHint')}
      />
      {isNew && (
        <>
          <TextField
            name="mchId"
            label={t('mchId')}
            required
            maxLength={32}
            rule={{ pattern: /^\d{8,32}$/, message: t('wrongMchId') }}
          />
          <TextField
            name="appId"
            label={t('appId')}
            required
            maxLength={32}
            rule={{ pattern: /^wx[0-9A-Za-z]{8,30}$/, message: t('wrongAppId') }}
          />
        </>
      )}
      <SelectField
        name="mode"
        label={t('mode')}
        required
        options={modes.map((value) => ({ value, label: t(`mode.${value}`) }))}
      />
      <KeyFields isNew={isNew} />
    </FormDrawer>
  );
}

function KeyFields({ isNew }: { readonly isNew: boolean }) {
  const { t } = useTranslation('channels');
  const mode = Form.useWatch<AccountValues['mode'] | undefined>('mode');
  const secret = { type: 'password' as const, autoComplete: 'new-password', required: isNew };
  return (
    <>
      <h3 className="card-title">{t('credentials')}</h3>
      <p className="page-intro">
        {t('credentialsHelp')} {!isNew && t('credentialsKeep')}
      </p>
      <TextField
        name={['credentials', 'merchantSerial']}
        label={t('merchantSerial')}
        required={isNew}
        maxLength={64}
        rule={{ pattern: /^[0-9A-Fa-f]{8,64}$/, message: t('wrongSerial') }}
      />
      <LongTextField
        name={['credentials', 'privateKeyPem']}
        label={t('privateKeyPem')}
        required={isNew}
        maxLength={8000}
        rows={4}
        placeholder="-----BEGIN PRIVATE KEY-----"
      />
      <TextField
        name={['credentials', 'apiV3Key']}
        label={t('apiV3Key')}
        maxLength={32}
        rule={{ pattern: /^.{32}$/, message: t('wrongApiV3Key') }}
        {...secret}
      />
      <TextField
        name={['credentials', 'appSecret']}
        label={t('appSecret')}
        maxLength={128}
        {...secret}
      />
      {mode === 'public-key' && (
        <>
          <h3 className="card-title">{t('publicKey')}</h3>
          <TextField
            name={['publicKey', 'id']}
            label={t('publicKeyId')}
            required={isNew}
            maxLength={80}
            placeholder="PUB_KEY_ID_…"
            rule={{ pattern: /^PUB_KEY_ID_\w{4,64}$/, message: t('wrongPublicKeyId') }}
          />
          <LongTextField
            name={['publicKey', 'pem']}
            label={t('publicKeyPem')}
            required={isNew}
            maxLength={4000}
            rows={4}
            placeholder="-----BEGIN PUBLIC KEY-----"
          />
        </>
      )}
    </>
  );
}
