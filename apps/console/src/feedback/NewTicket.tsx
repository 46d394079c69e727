import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../api/hooks.ts';
import { LongTextField, TextField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { newKey } from '../ui/new-key.ts';
import { useMessages } from '../ui/use-messages.ts';
import { PhotosField } from './PhotosField.tsx';
import { PlaceFields } from './PlaceFields.tsx';
import { sendPhoto } from './send-photo.ts';

interface Values {
  readonly communityId: string;
  readonly unitId?: string;
  readonly billId?: string;
  readonly categoryId?: string;
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
  const [files, setFiles] = useState<readonly File[]>([]);
  // Sent photos keep their ids, so that a second try sends them once.
  const sent = useRef(new Map<File, string>());
  const open = useWrite('POST /api/tickets');
  const submit = async ({ phone, unitId, billId, categoryId, ...values }: Values) => {
    for (const file of files) {
      if (!sent.current.has(file)) sent.current.set(file, await sendPhoto(file));
    }
    const photoIds = files.map((file) => sent.current.get(file) ?? '');
    const about = billId ? { billId } : { ...(categoryId && { categoryId }) };
    const place = { ...(unitId && { unitId }), ...about };
    const wish = { ...values, ...place, ...(phone && { phone: phone.trim() }), photoIds };
    const content = JSON.stringify(wish);
    const idempotencyKey = keys.current.get(content) ?? newKey();
    keys.current.set(content, idempotencyKey);
    const { ticketNo } = await open.mutateAsync({ body: { ...wish, idempotencyKey } });
    keys.current.clear();
    setFiles([]);
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
      <PlaceFields />
      <TextField name="reporter" label={t('new.reporter')} maxLength={40} required />
      <TextField name="phone" label={t('new.phone')} maxLength={20} rule={rule} />
      <LongTextField name="text" label={t('one.opened')} maxLength={2000} rows={6} required />
      <PhotosField files={files} onChange={setFiles} />
    </FormDrawer>
  );
}
