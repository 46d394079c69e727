import { useTranslation } from 'react-i18next';
import type { Body } from '../api/client.ts';
import { useWrite } from '../api/hooks.ts';
import { useCommunityOptions } from '../choices/use-options.ts';
import { SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { useMessages } from '../ui/use-messages.ts';
import type { Account } from './AccountsPage.tsx';

type Values = Body<'POST /api/bank-accounts'> &
  Pick<Body<'PATCH /api/bank-accounts/:bankAccountId'>, 'state'>;

interface AccountFormProps {
  readonly edited: Account | 'new' | undefined;
  readonly onClose: () => void;
}

/** The number goes in once and never comes out; another number is another account. */
export function AccountForm({ edited, onClose }: AccountFormProps) {
  const { t } = useTranslation('bank');
  const { done } = useMessages();
  const communities = useCommunityOptions();
  const add = useWrite('POST /api/bank-accounts');
  const change = useWrite('PATCH /api/bank-accounts/:bankAccountId');
  const account = edited === 'new' ? undefined : edited;
  const save = async ({ number, state, ...values }: Values) => {
    const fields = {
      ...values,
      branch: values.branch ?? '',
      communityIds: values.communityIds ?? [],
    };
    if (account) {
      const params = { bankAccountId: account.id };
      await change.mutateAsync({ params, body: { ...fields, state } });
    } else await add.mutateAsync({ body: { ...fields, number } });
    done(t('accounts.saved'));
  };
  return (
    <FormDrawer<Values>
      title={account ? t('accounts.editTitle', { name: account.name }) : t('accounts.add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      initialValues={
        account
          ? { ...account, communityIds: account.communities.map(({ id }) => id) }
          : { communityIds: [] }
      }
      onSubmit={save}
    >
      <TextField
        name="name"
        label={t('accounts.name')}
        help={t('accounts.nameHint')}
        required
        maxLength={60}
      />
      <TextField name="holder" label={t('accounts.holder')} required maxLength={60} />
      <TextField name="bankName" label={t('accounts.bank')} required maxLength={60} />
      <TextField name="branch" label={t('accounts.branch')} maxLength={80} />
      {account ? (
        <SelectField
          name="state"
          label={t('accounts.state')}
          required
          options={(['active', 'closed'] as const).map((value) => ({
            value,
            label: t(`accounts.state.${value}`),
          }))}
        />
      ) : (
        <TextField
          name="number"
          label={t('accounts.number')}
          help={t('accounts.numberHint')}
          required
          maxLength={40}
          rule={{
            pattern: /^\s*[0-9][0-9 -]{5,38}[0-9]\s*$/,
            message: t('accounts.numberRule'),
          }}
        />
      )}
      <SelectField
        name="communityIds"
        label={t('accounts.communities')}
        help={t('accounts.communitiesHint')}
        multiple
        options={communities.options}
        loading={communities.isLoading}
      />
    </FormDrawer>
  );
}
