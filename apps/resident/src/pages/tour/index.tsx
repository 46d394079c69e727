import { useState } from 'react';
import { replace, storage } from '#platform';
import { Button, Heading, Page, Text, View } from '#ui';
import { useTexts } from '../../i18n/index.ts';
import { Buttons, Icon, type IconName, Steps } from '../../ui/index.ts';
import { texts } from './texts.ts';
import './tour.css';

const steps = ['bills', 'pay', 'receipt', 'help'] as const;
const icons: Readonly<Record<(typeof steps)[number], IconName>> = {
  bills: 'bills',
  pay: 'done',
  receipt: 'receipt',
  help: 'tickets',
};

/** First steps, one thing a screen; can be left at any of them. */
export default function TourPage() {
  const t = useTexts(texts);
  const [index, setIndex] = useState(0);
  const step = steps[index] ?? 'bills';
  const isLast = index === steps.length - 1;
  const finish = () => {
    storage.write('tour', 'seen');
    replace('bills');
  };
  return (
    <Page
      title={t('title')}
      foot={
        <Buttons>
          <Button kind="main" onTap={isLast ? finish : () => setIndex(index + 1)}>
            {t(isLast ? 'finish' : 'next')}
          </Button>
          {!isLast && (
            <Button kind="plain" onTap={finish}>
              {t('skip')}
            </Button>
          )}
        </Buttons>
      }
    >
      <Steps step={index + 1} count={steps.length} />
      <View className="tour-step" role="region" ariaLabel={t(`${step}.title`)}>
        <View className="tour-picture" ariaHidden>
          <Icon name={icons[step]} />
        </View>
        <Heading level={2}>{t(`${step}.title`)}</Heading>
        <Text>{t(`${step}.text`)}</Text>
      </View>
    </Page>
  );
}
