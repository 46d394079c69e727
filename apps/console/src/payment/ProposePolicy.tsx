import { Checkbox, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { LongTextField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { fenOfText } from './cash.ts';
import './payment.css';

interface Values {
  readonly secondPayment: boolean;
  readonly closedPayment: boolean;
  readonly most: string;
  readonly reason: string;
}

/** Proposes a policy; another person puts it in force. */
export function ProposePolicy() {
  const { t } = useTranslation('refund');
  const { can } = useSession();
  const { done } = useMessages();
  const [isOpen, setOpen] = useState(false);
  const propose = useWrite('POST /api/refund-policies');
  return (
    <>
      <ActionButton
        type="primary"
        whyNot={can('refund.approve') ? undefined : t('policy.noPermission')}
        onClick={() => setOpen(true)}
      >
        {t('policy.propose')}
      </ActionButton>
      <FormDrawer<Values>
        title={t('policy.propose')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        submitLabel={t('policy.proposeSubmit')}
        initialValues={{ secondPayment: true, closedPayment: true }}
        onSubmit={async ({ secondPayment, closedPayment, most, reason }) => {
          const body = {
            secondPayment,
            closedPayment,
            mostFen: fenOfText(most) ?? 0,
            reason: reason.trim(),
          };
          await propose.mutateAsync({ body });
          done(t('askDone'));
        }}
      >
        <fieldset className="desk-bills">
          <legend>{t('policy.what')}</legend>
          <Form.Item name="secondPayment" valuePropName="checked" noStyle>
            <Checkbox>{t('policy.second')}</Checkbox>
          </Form.Item>
          <Form.Item name="closedPayment" valuePropName="checked">
            <Checkbox>{t('policy.closed')}</Checkbox>
          </Form.Item>
        </fieldset>
        <TextField
          name="most"
          label={t('policy.most')}
          help={t('policy.mostHelp')}
          maxLength={12}
          required
          rule={{ pattern: /^\s*\d{1,8}(\.\d{1,2})?\s*$/, message: t('policy.mostWrong') }}
        />
        <LongTextField name="reason" label={t('policy.reason')} required />
      </FormDrawer>
    </>
  );
}
