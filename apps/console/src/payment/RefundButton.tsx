import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import type { Payment } from './PaymentPage.tsx';
import { RefundForm } from './RefundForm.tsx';

/** Asks for some of a payment to go back; says why not where that is not possible. */
export function RefundButton({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation('refund');
  const [language] = useLanguage();
  const { can } = useSession();
  const [isOpen, setOpen] = useState(false);
  const action = payment.allowedActions.find((one) => one.action === 'refund');
  if (!action) return null;
  const reason = action.allowed ? undefined : (action.reason?.[language] ?? '');
  return (
    <>
      <ActionButton
        whyNot={can('refund.request') ? reason : t('noPermission')}
        onClick={() => setOpen(true)}
      >
        {t('ask')}
      </ActionButton>
      <RefundForm payment={payment} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
