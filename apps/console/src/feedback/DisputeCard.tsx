import { fenFromYuan } from '@wuye-pay/money';
import { Alert, Card } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Facts } from '../ui/Facts.tsx';
import { LongTextField, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { monthText } from '../ui/format.ts';
import { Money } from '../ui/Money.tsx';
import { newKey } from '../ui/new-key.ts';
import { useMessages } from '../ui/use-messages.ts';
import { type TicketDetail, whyNotOf } from './TicketPage.tsx';

type Dispute = NonNullable<TicketDetail['dispute']>;

/** The bill that is disputed, and its answer. */
export function DisputeCard({ one, dispute }: { one: TicketDetail; dispute: Dispute }) {
  const { t } = useTranslation(['feedback', 'ui']);
  const [language] = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const name = `${monthText(dispute.month, language)} ${dispute.feeItemName}`;
  const facts = [
    { label: t('dispute.bill'), value: <Link to={paths.bill(dispute.billId)}>{name}</Link> },
    { label: t('dispute.amount'), value: <Money fen={dispute.amountFen} /> },
    { label: t('dispute.paid'), value: <Money fen={dispute.paidFen} /> },
    { label: t('dispute.open'), value: <Money fen={dispute.openFen} /> },
    {
      label: t('dispute.state'),
      value: dispute.answer ? t(`dispute.${dispute.answer}`) : t('dispute.open.state'),
    },
    { label: t('dispute.text'), value: dispute.answerText ?? t('ui:none') },
  ];
  return (
    <Card
      title={<h2 className="card-title">{t('dispute.title')}</h2>}
      extra={
        <ActionButton
          type="primary"
          whyNot={whyNotOf(one, language)('answer-dispute')}
          onClick={() => setOpen(true)}
        >
          {t('dispute.answer')}
        </ActionButton>
      }
    >
      <div className="stack">
        {dispute.state === 'open' && dispute.adjustmentId && (
          <Alert type="warning" showIcon title={t('dispute.waits')} />
        )}
        <Facts facts={facts} />
      </div>
      <AnswerForm ticketId={one.id} isOpen={isOpen} onClose={() => setOpen(false)} />
    </Card>
  );
}

interface Values {
  readonly answer: 'explanation' | 'adjustment' | 'void';
  readonly adjustmentKind?: 'correction' | 'waiver';
  readonly yuan?: string;
  readonly text: string;
}

interface AnswerProps {
  readonly ticketId: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function AnswerForm({ ticketId, isOpen, onClose }: AnswerProps) {
  const { t } = useTranslation('feedback');
  const { done } = useMessages();
  const keys = useRef(new Map<string, string>());
  const send = useWrite('POST /api/disputes/:ticketId/answer');
  const submit = async ({ answer, adjustmentKind, yuan, text }: Values) => {
    const change =
      answer === 'adjustment' && yuan
        ? { amountFen: fenFromYuan(yuan.trim()), adjustmentKind: adjustmentKind ?? 'correction' }
        : {};
    const wish = { answer, text, ...change };
    const content = JSON.stringify(wish);
    const idempotencyKey = keys.current.get(content) ?? newKey();
    keys.current.set(content, idempotencyKey);
    const { dispute } = await send.mutateAsync({
      params: { ticketId },
      body: { ...wish, idempotencyKey },
    });
    done(t(dispute?.state === 'answered' ? 'dispute.done' : 'dispute.waits'));
  };
  const named = <Name extends string>(names: readonly Name[]) => names.map((value) => value);
  const answers = named(['explanation', 'adjustment', 'void'] as const);
  const kinds = named(['correction', 'waiver'] as const);
  const rule = { pattern: /^\s*\d{1,9}(\.\d{1,2})?\s*$/, message: t('dispute.yuanRule') };
  return (
    <FormDrawer<Values>
      title={t('dispute.answer')}
      isOpen={isOpen}
      onClose={onClose}
      initialValues={{ answer: 'explanation', adjustmentKind: 'correction' }}
      submitLabel={t('dispute.send')}
      onSubmit={submit}
    >
      <SelectField
        name="answer"
        label={t('dispute.how')}
        required
        options={answers.map((value) => ({ value, label: t(`dispute.${value}`) }))}
      />
      <SelectField
        name="adjustmentKind"
        label={t('dispute.kind')}
        options={kinds.map((value) => ({ value, label: t(`dispute.${value}`) }))}
      />
      <TextField name="yuan" label={t('dispute.fen')} rule={rule} maxLength={14} />
      <LongTextField name="text" label={t('dispute.text')} maxLength={2000} rows={5} required />
    </FormDrawer>
  );
}
