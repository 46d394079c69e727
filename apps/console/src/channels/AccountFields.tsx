import { Form } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { type Channel, useChannels } from '../choices/use-channels.ts';
import { useLanguage } from '../i18n/index.ts';
import { SelectField, TextField } from '../ui/Fields.tsx';
import type { Account } from './AccountTags.tsx';
import { type AccountValues, fieldsIn, type KeyMode, ruleOf } from './account-values.ts';
import { ChannelGuide } from './ChannelGuide.tsx';
import { PemField } from './PemField.tsx';
import './channels.css';

/** The fields of a merchant account, as its channel describes them. */
export function AccountFields({ account }: { readonly account: Account | undefined }) {
  const { t } = useTranslation(['channels', 'choices']);
  const { options, find } = useChannels();
  const form = Form.useFormInstance<AccountValues>();
  const name = Form.useWatch('channel', form) as string | undefined;
  const channel = name === undefined ? undefined : find(name);
  useFirstMode(channel, account);
  return (
    <>
      {account ? (
        <Form.Item name="channel" hidden noStyle>
          <input type="hidden" />
        </Form.Item>
      ) : (
        <SelectField name="channel" label={t('choices:channel')} required options={options} />
      )}
      {channel && <ChannelGuide channel={channel} isOpen={!account} />}
      <TextField
        name="name"
        label={t('name')}
        required
        maxLength={60}
        placeholder={t('nameHint')}
      />
      {channel && <ChannelFields channel={channel} account={account} />}
    </>
  );
}

/** A channel's recommended mode stands first; another channel may not have the one chosen. */
function useFirstMode(channel: Channel | undefined, account: Account | undefined): void {
  const form = Form.useFormInstance<AccountValues>();
  useEffect(() => {
    if (account || !channel) return;
    const chosen: KeyMode | undefined = form.getFieldValue('mode');
    if (channel.modes.some(({ mode }) => mode === chosen)) return;
    form.setFieldValue('mode', channel.modes[0]?.mode);
  }, [account, channel, form]);
}

interface ChannelFieldsProps {
  readonly channel: Channel;
  readonly account: Account | undefined;
}

function ChannelFields({ channel, account }: ChannelFieldsProps) {
  const { t } = useTranslation('channels');
  const [language] = useLanguage();
  const { isDemo } = useSession();
  const mode = Form.useWatch<KeyMode | undefined>('mode');
  return (
    <>
      {!account &&
        channel.ids.map(({ name, label, hint, pattern, isOptional }) => (
          <TextField
            key={name}
            name={name}
            label={label[language]}
            required={!isOptional}
            maxLength={64}
            help={hint?.[language]}
            {...ruleProps(pattern, t('wrongForm'))}
          />
        ))}
      <SelectField
        name="mode"
        label={t('mode')}
        required
        options={channel.modes.map(({ mode: value, label }) => ({
          value,
          label: label[language],
        }))}
      />
      <h3 className="card-title">{t('credentials')}</h3>
      <p className="page-intro form-intro">
        {t('credentialsHelp')} {account && t('credentialsKeep')}
      </p>
      {fieldsIn(channel.secrets, mode).map((field) => (
        <SecretField key={field.name} field={field} isNew={!account} />
      ))}
      {isDemo && <EndpointFields channel={channel} />}
    </>
  );
}

interface SecretFieldProps {
  readonly field: Channel['secrets'][number];
  readonly isNew: boolean;
}

function SecretField({ field, isNew }: SecretFieldProps) {
  const { t } = useTranslation('channels');
  const [language] = useLanguage();
  const shared = {
    name: ['credentials', field.name],
    label: field.label[language],
    required: isNew && !field.isOptional,
    help: field.hint?.[language],
  };
  if (field.kind === 'pem') return <PemField {...shared} />;
  return (
    <TextField
      {...shared}
      maxLength={512}
      {...(field.kind === 'secret' && { type: 'password' as const, autoComplete: 'new-password' })}
      {...ruleProps(field.pattern, t('wrongForm'))}
    />
  );
}

/** The channel's own addresses; only a demo may lead elsewhere, to the simulator. */
function EndpointFields({ channel }: { readonly channel: Channel }) {
  const { t } = useTranslation('channels');
  return (
    <>
      <h3 className="card-title">{t('endpoints')}</h3>
      <p className="page-intro form-intro">{t('endpointsHelp')}</p>
      {Object.entries(channel.endpoints).map(([name, address]) => (
        <TextField
          key={name}
          name={['endpoints', name]}
          label={name}
          maxLength={200}
          placeholder={address}
        />
      ))}
    </>
  );
}

function ruleProps(pattern: string | null, message: string) {
  const rule = ruleOf(pattern, message);
  return rule ? { rule } : {};
}
