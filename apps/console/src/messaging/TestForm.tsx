import { Alert } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import type { Account, Provider } from './AccountsPage.tsx';

interface Values {
  readonly to: string;
  readonly templateKey: string;
}

interface TestFormProps {
  readonly providers: readonly Provider[];
  readonly tested: Account | undefined;
  readonly onClose: () => void;
}

type Outcome = Answer<'POST /api/message-accounts/:messageAccountId/test'>;

/** Really sends one message, so that staff see it arrive. */
export function TestForm({ providers, tested, onClose }: TestFormProps) {
  const { t } = useTranslation('messaging');
  const [language] = useLanguage();
  const [outcome, setOutcome] = useState<Outcome | undefined>();
  const templates = useRead('GET /api/message-templates', {}, { enabled: tested !== undefined });
  const send = useWrite('POST /api/message-accounts/:messageAccountId/test');
  const provider = providers.find(({ name }) => name === tested?.provider);
  const known = templates.data?.items ?? [];
  const usable = provider?.needsTemplate
    ? known.filter(({ atAccounts }) => atAccounts.some((at) => at.accountId === tested?.id))
    : known;
  const close = () => {
    setOutcome(undefined);
    onClose();
  };
  return (
    <FormDrawer<Values>
      title={t('test.title', { name: tested?.name ?? '' })}
      isOpen={tested !== undefined}
      onClose={close}
      submitLabel={t('test.send')}
      onSubmit={async (body) => {
        if (!tested) return;
        setOutcome(undefined);
        const params = { messageAccountId: tested.id };
        setOutcome(await send.mutateAsync({ params, body }));
        return 'stay';
      }}
    >
      {outcome && (
        <Alert
          type={outcome.ok ? 'success' : 'error'}
          showIcon
          title={outcome.message[language]}
          {...(!outcome.ok && { description: outcome.code })}
        />
      )}
      {provider?.needsTemplate && usable.length === 0 && (
        <Alert type="warning" showIcon title={t('test.noTemplate')} />
      )}
      <TextField name="to" label={provider?.testTo[language] ?? ''} required maxLength={200} />
      <SelectField
        name="templateKey"
        label={t('messages.template')}
        help={t('test.hint')}
        required
        options={usable.map(({ key, label }) => ({ value: key, label: label[language] }))}
      />
    </FormDrawer>
  );
}
