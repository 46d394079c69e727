import { fen, yuanAmount } from '@wuye-pay/money';
import { Alert } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { LongTextField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { RefundEffects } from './RefundEffects.tsx';
import type { Refund } from './RefundPage.tsx';

interface Values {
  readonly voucherNo: string;
  readonly payeeName: string;
  readonly note: string;
}

interface PayOutButtonProps {
  readonly refund: Refund;
  readonly whyNot: string | undefined;
}

/** The desk gave the money back and has the signed voucher in hand. */
export function PayOutButton({ refund, whyNot }: PayOutButtonProps) {
  const { t } = useTranslation('refund');
  const { done } = useMessages();
  const [isOpen, setOpen] = useState(false);
  const payOut = useWrite('POST /api/refunds/:refundId/pay-out');
  const amount = yuanAmount(fen(refund.amountFen));
  return (
    <>
      <ActionButton type="primary" whyNot={whyNot} onClick={() => setOpen(true)}>
        {t('pay-out')}
      </ActionButton>
      <FormDrawer<Values>
        title={t('payOutTitle', { amount })}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        submitLabel={t('payOutSubmit', { amount })}
        onSubmit={async (body) => {
          await payOut.mutateAsync({ params: { refundId: refund.id }, body });
          done(t('paidOut'));
        }}
      >
        <Alert
          type="info"
          showIcon
          title={t('payOutHelp')}
          description={<RefundEffects effects={refund.effects} />}
          style={{ marginBottom: 16 }}
        />
        <TextField
          name="voucherNo"
          label={t('voucherNo')}
          help={t('voucherNoHelp')}
          maxLength={40}
          required
        />
        <TextField
          name="payeeName"
          label={t('payeeName')}
          help={t('payeeNameHelp')}
          maxLength={40}
          required
        />
        <LongTextField name="note" label={t('payoutNote')} help={t('payoutNoteHelp')} required />
      </FormDrawer>
    </>
  );
}
