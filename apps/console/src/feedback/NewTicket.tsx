import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { useCommunityOptions } from '../choices/use-options.ts';
import { LongTextField, SelectField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { useMessages } from '../ui/use-messages.ts';
import { newKey } from './new-key.ts';
import { useCategoryOptions } from './use-ticket-choices.ts';

interface Values {
  readonly communityId: string;
  readonly categoryId: string;
  readonly reporter: string;
  readonly phone?: string;
  readonly text: string;
}

interface NewTicketProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Somebody came to the desk, or called. */
export function NewTicket({ isOpen, onClose }: NewTicketProps) {
  const { t } = useTranslation('feedback');
  const { done } = useMessages();
  const keys = useRef(new Map<string, string>());
  const { ordinary } = useCategoryOptions();
  const { options } = useCommunityOptions();
  const open = useWrite('POST /api/tickets');
  const submit = async ({ phone, ...values }: Values) => {
    const wish = { ...values, ...(phone && { phone: phone.trim() }), photoIds: [] };
    const content = JSON.stringify(wish);
    const idempotencyKey = keys.current.get(content) ?? newKey();
    keys.current.set(content, idempotencyKey);
    const { ticketNo } = await open.mutateAsync({ body: { ...wish, idempotencyKey } });
    keys.current.clear();
    done(ticketNo);
  };
  const rule = { pattern: /^\s*1[3-9]\d{9}\s*$/, message: t('new.phoneRule') };
  return (
    <FormDrawer<Values>
      title={t('new.title')}
      isOpen={isOpen}
      onClose={onClose}
      submitLabel={t('new.save')}
      onSubmit={submit}
    >
      <SelectField name="communityId" label={t('new.community')} options={options} required />
      <SelectField name="categoryId" label={t('list.category')} options={ordinary} required />
      <TextField name="reporter" label={t('new.reporter')} maxLength={40} required />
      <TextField name="phone" label={t('new.phone')} maxLength={20} rule={rule} />
      <LongTextField name="text" label={t('one.opened')} maxLength={2000} rows={6} required />
    </FormDrawer>
  );
}
