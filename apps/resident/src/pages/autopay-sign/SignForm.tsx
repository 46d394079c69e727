import type { AutopayOption } from '@wuye-pay/contract';
import { useState } from 'react';
import { Button, Choice, Page, Text, View } from '#ui';
import { LimitFields, type LimitTexts, limitsIn } from '../../autopay/index.ts';
import { dayText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { yuanOf } from '../../pay/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Card, Hint, List, ListItem, Notice } from '../../ui/index.ts';
import { AgreeSheet } from './AgreeSheet.tsx';
import { ChooseItems } from './ChooseItems.tsx';
import { homesIn, itemKey, possibleItems } from './chosen-items.ts';
import { texts } from './texts.ts';

interface SignFormProps {
  readonly firstDebitOn: string;
  readonly options: readonly AutopayOption[];
}

export function SignForm({ firstDebitOn, options }: SignFormProps) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const [accountId, setAccountId] = useState(options[0]?.merchantAccountId);
  const option = options.find((one) => one.merchantAccountId === accountId) ?? options[0];
  const [unticked, setUnticked] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState<LimitTexts>();
  const [isReading, setReading] = useState(false);
  if (!option) return null;
  const suggested = {
    debit: yuanOf(option.suggestedDebitFen),
    month: yuanOf(option.suggestedMonthFen),
  };
  const limits = limitsIn(typed ?? suggested);
  const isTicked = (key: string) => !unticked.includes(key);
  const homes = homesIn(possibleItems(option).filter((item) => isTicked(itemKey(item))));
  const { channel, merchantAccountId, isHere } = option;
  const wish =
    limits && homes.length > 0
      ? { channel, merchantAccountId, homes, firstDebitOn, ...limits }
      : undefined;
  const foot = isHere && (
    <Button kind="main" disabled={wish === undefined} onTap={() => setReading(true)}>
      {t('read')}
    </Button>
  );
  return (
    <Page title={t('title')} foot={foot}>
      <Text>{t('what')}</Text>
      {options.length > 1 && (
        <Card title={t('wallet')}>
          <Choice
            ariaLabel={t('wallet')}
            value={merchantAccountId}
            options={options.map((one) => ({
              value: one.merchantAccountId,
              label: words(one.wallet),
              hint: [one.accountName, one.isHere ? '' : t('notHere')].filter(Boolean).join(' · '),
            }))}
            onChange={setAccountId}
          />
        </Card>
      )}
      <How option={option} />
      <ChooseItems
        option={option}
        isTicked={isTicked}
        onTick={(key, on) =>
          setUnticked(on ? unticked.filter((one) => one !== key) : [...unticked, key])
        }
      />
      {homes.length === 0 && <Notice kind="warning">{t('nothing')}</Notice>}
      <Card title={t('limits')}>
        <LimitFields value={typed ?? suggested} onChange={setTyped} />
        <Hint>{t('suggested')}</Hint>
        <Hint>{t('first', { day: dayText(firstDebitOn, language) })}</Hint>
      </Card>
      <List>
        <ListItem icon="help" title={t('help')} to="help-article" params={{ key: 'autopay' }} />
      </List>
      {wish && isReading && (
        <AgreeSheet wish={wish} wallet={option.wallet} onClose={() => setReading(false)} />
      )}
    </Page>
  );
}

/** Step by step, as whoever signs sees it; a warning where it has to be done elsewhere. */
function How({ option }: { readonly option: AutopayOption }) {
  const t = useTexts(texts);
  const words = useWords();
  const steps = option.guide.map((step) => <Text key={step.zh}>{words(step)}</Text>);
  return option.isHere ? (
    <Card title={t('how')}>
      <View className="facts">{steps}</View>
    </Card>
  ) : (
    <Notice kind="warning" title={t('notHere')}>
      {steps}
    </Notice>
  );
}
