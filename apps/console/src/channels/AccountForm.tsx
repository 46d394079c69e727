import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useChannels } from '../choices/use-channels.ts';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { AccountFields } from './AccountFields.tsx';
import { type AccountValues, changeOf, newAccountOf } from './account-values.ts';
import type { Account } from './MerchantAccountsPage.tsx';

interface AccountFormProps {
  readonly edited: Account | 'new' | undefined;
  readonly onClose: () => void;
}

/** Keys go in and never come out: when editing, an empty field means "as before". */
export function AccountForm({ edited, onClose }: AccountFormProps) {
  const { t } = useTranslation('channels');
  const { done } = useMessages();
  const { all } = useChannels();
  const add = useWrite('POST /api/merchant-accounts');
  const change = useWrite('PATCH /api/merchant-accounts/:id');
  const account = edited === 'new' ? undefined : edited;
  const save = async (values: AccountValues) => {
    if (account) {
      const body = changeOf(values, account);
      await change.mutateAsync({ params: { id: account.id }, body });
    } else {
      await add.mutateAsync({ body: newAccountOf(values) });
    }
    done(t('saved'));
  };
  const [first] = all;
  return (
    <FormDrawer<AccountValues>
      title={account ? t('editTitle', { name: account.name }) : t('add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      width={640}
      initialValues={account ? valuesOf(account) : first ? { channel: first.name } : {}}
      onSubmit={save}
    >
      <AccountFields account={account} />
    </FormDrawer>
  );
}

function valuesOf({ channel, name, mode, endpoints }: Account): AccountValues {
  return { channel, name, mode, endpoints };
}
