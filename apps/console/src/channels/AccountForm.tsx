import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useChannels } from '../choices/use-channels.ts';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { AccountFields } from './AccountFields.tsx';
import type { Account } from './AccountTags.tsx';
import { type AccountValues, changeOf, newAccountOf } from './account-values.ts';
import { useTellOutcome } from './use-propose.ts';

interface AccountFormProps {
  /** Absent for a new one. */
  readonly account?: Account;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Keys go in and never come out: when editing, an empty field means "as before". */
export function AccountForm({ account, isOpen, onClose }: AccountFormProps) {
  const { t } = useTranslation('channels');
  const tell = useTellOutcome();
  const { all } = useChannels();
  const add = useWrite('POST /api/merchant-accounts');
  const change = useWrite('PATCH /api/merchant-accounts/:id');
  const save = async (values: AccountValues) => {
    if (account) {
      const body = changeOf(values, account);
      tell(await change.mutateAsync({ params: { id: account.id }, body }));
    } else {
      tell(await add.mutateAsync({ body: newAccountOf(values) }));
    }
  };
  const [first] = all;
  return (
    <FormDrawer<AccountValues>
      title={account ? t('editTitle', { name: account.name }) : t('add')}
      isOpen={isOpen}
      onClose={onClose}
      width={640}
      initialValues={account ? valuesOf(account) : first ? { channel: first.name } : {}}
      submitLabel={t('submit')}
      onSubmit={save}
    >
      <AccountFields account={account} />
      <p className="page-intro form-intro">{t('needsSecond')}</p>
    </FormDrawer>
  );
}

function valuesOf({ channel, name, mode, endpoints }: Account): AccountValues {
  return { channel, name, mode, endpoints };
}
