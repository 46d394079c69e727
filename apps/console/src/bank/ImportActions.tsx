import { fen, yuanAmount } from '@wuye-pay/money';
import { Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { addressOf } from '../api/client.ts';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import type { BankImport } from './ImportPage.tsx';
import type { Totals } from './ImportTotals.tsx';

export function ImportActions({ one }: { readonly one: BankImport }) {
  const { t } = useTranslation('bank');
  const { can } = useSession();
  const navigate = useNavigate();
  const remove = useWrite('DELETE /api/bank-imports/:bankImportId', { leavesPage: true });
  const recheck = useWrite('POST /api/bank-imports/:bankImportId/check');
  const params = { bankImportId: one.id };
  if (one.state === 'applied') {
    return (
      <>
        <Button href={addressOf('/api/bank-entries.csv', {}, { bankImportId: one.id })} download>
          {t('import.download')}
        </Button>
        <LinkButton type="primary" to={paths.bankEntries({ bankImportId: one.id })}>
          {t('import.toEntries')}
        </LinkButton>
      </>
    );
  }
  if (!can('bank.import')) return null;
  return (
    <>
      {one.allowedActions.includes('delete') && (
        <ConfirmButton
          label={t('import.delete')}
          danger
          title={t('import.deleteTitle')}
          consequences={[t('import.deleteSays')]}
          confirmLabel={t('import.delete')}
          onConfirm={async () => {
            await remove.mutateAsync({ params });
            void navigate(paths.bankImports(), { replace: true });
          }}
        />
      )}
      {one.allowedActions.includes('check') && (
        <Button loading={recheck.isPending} onClick={() => recheck.mutate({ params })}>
          {t('import.recheck')}
        </Button>
      )}
      {one.state === 'checked' && one.totals && <ApplyButton one={one} totals={one.totals} />}
    </>
  );
}

function ApplyButton({ one, totals }: { readonly one: BankImport; readonly totals: Totals }) {
  const { t } = useTranslation(['bank', 'ui']);
  const [isOpen, setOpen] = useState(false);
  const [isCompared, setCompared] = useState(false);
  const apply = useWrite('POST /api/bank-imports/:bankImportId/apply');
  const { credits, debits, notPayments, repeats, lookAlikes, rows } = totals;
  const whyNot = one.allowedActions.includes('apply') ? undefined : (one.applyBlockedBy ?? '');
  const submit = async () => {
    const body = { acceptLookAlikes: isCompared };
    await apply.mutateAsync({ params: { bankImportId: one.id }, body });
    setOpen(false);
  };
  const amount = yuanAmount(fen(credits.amountFen));
  return (
    <>
      <ActionButton type="primary" whyNot={whyNot} onClick={() => setOpen(true)}>
        {t(one.failure ? 'import.resume' : 'import.apply')}
      </ActionButton>
      <Modal
        open={isOpen}
        title={t('import.applyTitle', { file: one.fileName })}
        okText={t('import.applyDo', { count: rows - repeats })}
        cancelText={t('ui:cancel')}
        okButtonProps={{
          loading: apply.isPending,
          disabled: lookAlikes > 0 && !isCompared,
        }}
        // What goes wrong is shown in the dialog.
        onOk={() => void submit().catch(() => undefined)}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <div className="stack">
          <ul className="confirm-figures">
            <li>{t('import.applyNew', { count: credits.count, amount })}</li>
            {notPayments.count > 0 && <li>{t('import.applyNot', { count: notPayments.count })}</li>}
            {debits.count > 0 && <li>{t('import.applyDebits', { count: debits.count })}</li>}
            {repeats > 0 && <li>{t('import.applyRepeats', { count: repeats })}</li>}
            <li>{t('import.applyOnce')}</li>
          </ul>
          {lookAlikes > 0 && (
            <>
              <span>{t('import.lookHint')}</span>
              <Checkbox
                checked={isCompared}
                onChange={(event) => setCompared(event.target.checked)}
              >
                {t('import.acceptLook', { count: lookAlikes })}
              </Checkbox>
            </>
          )}
          {apply.isError && <FailureNotice error={apply.error} />}
        </div>
      </Modal>
    </>
  );
}
