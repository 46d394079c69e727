import type { PhotoView } from '@wuye-pay/contract';
import { useState } from 'react';
import { replace, usePageParams } from '#platform';
import { Button, Choice, Page, Picker, TextArea } from '#ui';
import { request, sendPhoto } from '../../api/index.ts';
import { useAction, useRead } from '../../data/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import type { Photo } from '../../platform/types.ts';
import { Failure, FormField, Loaded, Notice, PhotoPicker } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** A new ticket; with a bill it disputes that bill. */
export default function NewTicketPage() {
  const t = useTexts(texts);
  const { unitId, billId, paymentId, errorCode } = usePageParams('ticket-new');
  const homes = useRead('GET /api/resident/homes', {}, { keeps: true });
  return (
    <Page title={t(billId ? 'disputeTitle' : 'title')}>
      <Loaded read={homes}>
        {({ items }) => (
          <Form
            homes={items.map((home) => ({ value: home.unitId, label: home.label }))}
            firstUnitId={unitId ?? items[0]?.unitId ?? ''}
            billId={billId}
            paymentId={paymentId}
            errorCode={errorCode}
          />
        )}
      </Loaded>
    </Page>
  );
}

interface FormProps {
  readonly homes: readonly { readonly value: string; readonly label: string }[];
  readonly firstUnitId: string;
  readonly billId: string | undefined;
  readonly paymentId: string | undefined;
  readonly errorCode: string | undefined;
}

function Form({ homes, firstUnitId, billId, paymentId, errorCode }: FormProps) {
  const t = useTexts(texts);
  const words = useWords();
  const categories = useRead('GET /api/resident/ticket-categories', {}, { keeps: true });
  const [unitId, setUnitId] = useState(firstUnitId);
  const [chosenId, setCategoryId] = useState<string>();
  const [text, setText] = useState('');
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const offered = (categories.data?.items ?? []).filter(({ isDispute }) => !isDispute);
  const isAboutPaying = paymentId !== undefined || errorCode !== undefined;
  const categoryId = chosenId ?? offered.find(({ isPayment }) => isAboutPaying && isPayment)?.id;
  // Sent photos keep their ids, so that a retry after a lost answer sends them once.
  const [sent] = useState(() => new Map<Photo, string>());
  const send = useAction(async (once: string) => {
    for (const photo of photos) {
      if (sent.has(photo)) continue;
      const { id } = await sendPhoto<PhotoView>('/api/resident/photos', photo, 'file');
      sent.set(photo, id);
    }
    const photoIds = photos.map((photo) => sent.get(photo) ?? '');
    const about = billId ? { billId } : { ...(categoryId && { categoryId }) };
    const context = {
      page: 'ticket-new',
      ...(paymentId && { paymentId }),
      ...(errorCode && { errorCode }),
    };
    const wish = { unitId, text: text.trim(), photoIds, context, ...about };
    const ticket = await request('POST /api/resident/tickets', {
      body: { ...wish, idempotencyKey: once },
    });
    replace('ticket', { ticketId: ticket.id });
  });
  const isReady = text.trim() !== '' && (billId !== undefined || categoryId !== undefined);
  return (
    <>
      {billId !== undefined && <Notice kind="info">{t('disputeHint')}</Notice>}
      {isAboutPaying && <Notice kind="info">{t('comesAlong')}</Notice>}
      {billId === undefined && homes.length > 1 && (
        <FormField label={t('home')}>
          {(field) => <Picker {...field} value={unitId} options={homes} onChange={setUnitId} />}
        </FormField>
      )}
      {billId === undefined && (
        <Choice
          ariaLabel={t('category')}
          value={categoryId}
          options={offered.map(({ id, name }) => ({ value: id, label: words(name) }))}
          onChange={setCategoryId}
        />
      )}
      <FormField label={t('text')} hint={t('textHint')}>
        {(field) => <TextArea {...field} value={text} onChange={setText} maxLength={2000} />}
      </FormField>
      <FormField label={t('photos')}>
        {() => <PhotoPicker photos={photos} onChange={setPhotos} most={6} />}
      </FormField>
      {send.failure !== undefined && <Failure error={send.failure} />}
      <Button kind="main" busy={send.isBusy} disabled={!isReady} onTap={() => send.run()}>
        {t('send')}
      </Button>
    </>
  );
}
