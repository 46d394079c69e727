import type { AutopayMandate } from '@wuye-pay/contract';
import { replace, usePageParams } from '#platform';
import { Button, Page, Text } from '#ui';
import { dayText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Amount, Buttons, Card, Facts, Failure, Loading, Outcome } from '../../ui/index.ts';
import { texts } from './texts.ts';
import { useSignature } from './use-signature.ts';

/** Whoever comes back from the wallet reads here what happened there. */
export default function AutopayResultPage() {
  const t = useTexts(texts);
  const { mandateId } = usePageParams('autopay-result');
  const { mandate, failure, isAsking, ask } = useSignature(mandateId);
  return (
    <Page
      title={t('title')}
      hasNoBack
      foot={mandate && <Next mandate={mandate} isAsking={isAsking} onAsk={ask} />}
    >
      <Failure error={failure} onRetry={ask} />
      {mandate ? (
        <Result mandate={mandate} isAsking={isAsking} />
      ) : (
        failure === undefined && <Loading />
      )}
    </Page>
  );
}

interface ResultProps {
  readonly mandate: AutopayMandate;
  readonly isAsking: boolean;
}

function Result({ mandate, isAsking }: ResultProps) {
  const t = useTexts(texts);
  const words = useWords();
  const { state, note } = mandate;
  const isOn = state === 'active';
  const [icon, title, hint] =
    state === 'requested'
      ? isAsking
        ? (['waiting', t('waiting'), t('waitingHint')] as const)
        : (['info', t('unsigned'), t('unsignedHint')] as const)
      : isOn
        ? (['done', t('signed'), t('signedHint')] as const)
        : (['info', t('ended'), words(note)] as const);
  return (
    <>
      <Outcome icon={icon} title={title} tone={isOn ? 'good' : undefined}>
        <Text>{hint}</Text>
      </Outcome>
      {isOn && <Agreed mandate={mandate} />}
    </>
  );
}

function Agreed({ mandate }: Pick<ResultProps, 'mandate'>) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const { wallet, limitDebitFen, limitMonthFen, firstDebitOn } = mandate;
  return (
    <Card title={words(wallet)}>
      <Facts
        items={[
          { label: t('debitLimit'), value: <Amount fen={limitDebitFen} /> },
          { label: t('monthLimit'), value: <Amount fen={limitMonthFen} /> },
          { label: t('first'), value: dayText(firstDebitOn, language) },
        ]}
      />
    </Card>
  );
}

function Next({ mandate, isAsking, onAsk }: ResultProps & { readonly onAsk: () => void }) {
  const t = useTexts(texts);
  if (mandate.state === 'active') {
    return (
      <Buttons>
        <Button kind="main" onTap={() => replace('autopay')}>
          {t('toAutopay')}
        </Button>
      </Buttons>
    );
  }
  return (
    <Buttons>
      {mandate.state === 'requested' && (
        <Button kind="main" busy={isAsking} onTap={onAsk}>
          {t('check')}
        </Button>
      )}
      <Button onTap={() => replace('autopay-sign')}>{t('again')}</Button>
      <Button kind="plain" onTap={() => replace('autopay')}>
        {t('later')}
      </Button>
    </Buttons>
  );
}
