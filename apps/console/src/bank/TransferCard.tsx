import { Button, Card, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Body } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Facts } from '../ui/Facts.tsx';
import { SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { useAccountOptions } from './use-account-options.ts';
import './bank.css';

type Guide = Answer<'GET /api/units/:unitId/transfer'>;

interface TransferCardProps {
  readonly unitId: string;
  readonly unitLabel: string;
}

/** How to pay for a unit by transfer: account, bank and what to write into the remark. */
export function TransferCard({ unitId, unitLabel }: TransferCardProps) {
  const { t } = useTranslation('bank');
  const query = useRead('GET /api/units/:unitId/transfer', { params: { unitId } });
  return (
    <Card title={<h2 className="card-title">{t('transfer.title')}</h2>}>
      <Loaded query={query} lines={3}>
        {(guide) => <GuideView guide={guide} unitId={unitId} unitLabel={unitLabel} />}
      </Loaded>
    </Card>
  );
}

function GuideView({ guide, unitId, unitLabel }: TransferCardProps & { readonly guide: Guide }) {
  const { t } = useTranslation('bank');
  const { can } = useSession();
  if (guide.accounts.length === 0) {
    return (
      <EmptyNotice
        title={t('transfer.none')}
        hint={t('transfer.noneHint')}
        action={
          can('bank.write') && (
            <LinkButton to={paths.bankAccounts()}>{t('imports.toAccounts')}</LinkButton>
          )
        }
      />
    );
  }
  return (
    <div className="stack">
      {guide.accounts.map((account) => (
        <AccountFacts key={account.bankAccountId} account={account} />
      ))}
      <Reference guide={guide} unitId={unitId} />
      <div className="no-print">
        <LinkButton to={paths.unitTransfer(unitId)}>{t('transfer.print')}</LinkButton>
      </div>
      {can('bank.write') && <SubAccount guide={guide} unitId={unitId} unitLabel={unitLabel} />}
    </div>
  );
}

export function AccountFacts({ account }: { readonly account: Guide['accounts'][number] }) {
  const { t } = useTranslation('bank');
  const copied = (text: string) => (
    <Typography.Text copyable={{ text }} className="figure">
      {text}
    </Typography.Text>
  );
  return (
    <Facts
      columns={1}
      facts={[
        { label: t('transfer.holder'), value: copied(account.holder) },
        {
          label: t(account.isSubAccount ? 'transfer.ownNumber' : 'transfer.number'),
          value: copied(account.number),
        },
        {
          label: t('transfer.bank'),
          value: copied([account.bankName, account.branch].filter(Boolean).join(' ')),
        },
      ]}
    />
  );
}

function Reference({ guide, unitId }: { readonly guide: Guide; readonly unitId: string }) {
  const { t } = useTranslation('bank');
  const { failed } = useMessages();
  const make = useWrite('POST /api/units/:unitId/transfer');
  const { reference, referencePrinted } = guide;
  return (
    <div className="stack-tight">
      <span className="muted">{t('transfer.reference')}</span>
      {reference !== null && referencePrinted !== null ? (
        <Typography.Text copyable={{ text: reference }} className="mono bank-reference">
          {referencePrinted}
        </Typography.Text>
      ) : (
        <div className="row">
          <span>{t('transfer.noReference')}</span>
          <Button
            loading={make.isPending}
            onClick={() => make.mutate({ params: { unitId } }, { onError: failed })}
          >
            {t('transfer.make')}
          </Button>
        </div>
      )}
      <span className="muted">{t('transfer.hint')}</span>
    </div>
  );
}

function SubAccount({ guide, unitId, unitLabel }: TransferCardProps & { readonly guide: Guide }) {
  const { t } = useTranslation('bank');
  const [isOpen, setOpen] = useState(false);
  const { options } = useAccountOptions({ activeOnly: true });
  const save = useWrite('PUT /api/units/:unitId/sub-account');
  const remove = useWrite('DELETE /api/units/:unitId/sub-account');
  const own = guide.accounts.find(({ isSubAccount }) => isSubAccount);
  const params = { unitId };
  return (
    <div className="row no-print">
      <Button onClick={() => setOpen(true)}>{t('transfer.setSub')}</Button>
      {own && (
        <ConfirmButton
          label={t('transfer.removeSub')}
          danger
          title={t('transfer.removeSub')}
          consequences={[t('transfer.removeSubSays')]}
          confirmLabel={t('transfer.removeSub')}
          onConfirm={() => remove.mutateAsync({ params })}
        />
      )}
      <FormDrawer<Body<'PUT /api/units/:unitId/sub-account'>>
        title={t('transfer.subTitle', { unit: unitLabel })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        initialValues={own ? { bankAccountId: own.bankAccountId, number: own.number } : {}}
        onSubmit={(body) => save.mutateAsync({ params, body })}
      >
        <SelectField name="bankAccountId" label={t('entries.account')} required options={options} />
        <TextField
          name="number"
          label={t('transfer.subAccount')}
          required
          maxLength={34}
          rule={{ pattern: /^[0-9A-Za-z]{6,34}$/, message: t('transfer.subRule') }}
        />
      </FormDrawer>
    </div>
  );
}
