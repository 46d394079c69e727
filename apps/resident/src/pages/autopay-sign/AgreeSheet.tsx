import { useState } from 'react';
import { openAgreement, replace, surface } from '#platform';
import { Button, Sheet, Text, View } from '#ui';
import { request } from '../../api/index.ts';
import { useAction } from '../../data/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { Buttons, Failure, Hint, Loading, Notice } from '../../ui/index.ts';
import { texts } from './texts.ts';
import { useTerms, type Wish } from './use-terms.ts';

interface AgreeSheetProps {
  readonly wish: Wish;
  readonly wallet: { readonly zh: string; readonly en: string };
  readonly onClose: () => void;
}

/** What is agreed to, in plain words, and the way to the wallet. */
export function AgreeSheet({ wish, wallet, onClose }: AgreeSheetProps) {
  const t = useTexts(texts);
  const words = useWords();
  const terms = useTerms(wish);
  const [isStuck, setStuck] = useState(false);
  const signing = useAction(async (idempotencyKey) => {
    setStuck(false);
    const { mandateId, url } = await request('POST /api/resident/autopay', {
      body: { ...wish, surface, idempotencyKey },
    });
    // A page is left for good: what one comes back to has to be there before.
    if (surface === 'h5') replace('autopay-result', { mandateId });
    const led = await openAgreement(url);
    if (led === 'fail') setStuck(true);
    else if (surface !== 'h5') replace('autopay-result', { mandateId });
  });
  const values = { wallet: words(wallet) };
  const agree = (
    <Buttons>
      <Button
        kind="main"
        busy={signing.isBusy}
        disabled={terms.lines === undefined}
        onTap={signing.run}
      >
        {t('agree')}
      </Button>
    </Buttons>
  );
  return (
    <Sheet isOpen title={t('terms')} onClose={onClose} foot={agree}>
      <Failure error={signing.failure ?? terms.failure} />
      {isStuck && <Notice kind="bad" title={t('stuck', values)} />}
      {terms.lines === undefined && terms.failure === undefined && <Loading />}
      <View className="facts">
        {terms.lines?.map((line) => (
          <Text key={line.zh}>{words(line)}</Text>
        ))}
      </View>
      <Hint>{t('agreeHint', values)}</Hint>
    </Sheet>
  );
}
