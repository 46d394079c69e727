import { useState } from 'react';
import { openDocument, saveImage } from '#platform';
import { Button, View } from '#ui';
import { useTexts } from '../i18n/index.ts';
import { useSettings } from '../settings/index.ts';
import { Failure } from '../ui/index.ts';
import { payTexts } from './texts.ts';

/** The receipt of a paid payment, as a document and as a picture to keep. */
export function Receipts({ paymentId }: { readonly paymentId: string }) {
  const t = useTexts(payTexts);
  const { language } = useSettings();
  const [failure, setFailure] = useState<unknown>();
  const path = (kind: string) =>
    `/api/resident/payments/${paymentId}/receipt.${kind}?lang=${language}`;
  const show = (opening: Promise<void>) => {
    setFailure(undefined);
    opening.catch(setFailure);
  };
  return (
    <>
      <View className="receipts">
        <Button onTap={() => show(openDocument(path('pdf')))}>{t('receipt')}</Button>
        <Button onTap={() => show(saveImage(path('png')))}>{t('receiptPicture')}</Button>
      </View>
      <Failure error={failure} />
    </>
  );
}
