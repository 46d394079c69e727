import type { AutopayMandate } from '@wuye-pay/contract';
import { Link, Text, View } from '#ui';
import { dayText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Amount, Card, Facts, Tag } from '../../ui/index.ts';
import { ChangeLimits } from './ChangeLimits.tsx';
import { LeftOut } from './LeftOut.tsx';
import { NextDebit } from './NextDebit.tsx';
import { Recent } from './Recent.tsx';
import { StopAutopay } from './StopAutopay.tsx';
import { texts } from './texts.ts';

export interface OfMandate {
  readonly mandate: AutopayMandate;
  /** Something was changed: the page reads again. */
  readonly onChange: () => void;
}

/** One agreement: what comes next, what it covers, and how to change or end it. */
export function MandateCard({ mandate, onChange }: OfMandate) {
  const t = useTexts(texts);
  const words = useWords();
  const { state, wallet, note, id: mandateId } = mandate;
  const isOn = state === 'active';
  return (
    <>
      <Card
        title={words(wallet)}
        aside={<Tag kind={isOn ? 'good' : 'plain'}>{t(`state.${state}`)}</Tag>}
      >
        <Text>{words(note)}</Text>
        {state === 'requested' && (
          <Link to="autopay-result" params={{ mandateId }}>
            {t('toResult')}
          </Link>
        )}
        {isOn && <Limits mandate={mandate} />}
        <Homes mandate={mandate} />
        {isOn && <ChangeLimits mandate={mandate} onChange={onChange} />}
      </Card>
      {isOn && <NextDebit mandate={mandate} onChange={onChange} />}
      {isOn && mandate.leftOut.length > 0 && <LeftOut bills={mandate.leftOut} />}
      {state !== 'requested' && <Recent mandate={mandate} onChange={onChange} />}
      <StopAutopay mandate={mandate} onChange={onChange} />
    </>
  );
}

function Limits({ mandate }: Pick<OfMandate, 'mandate'>) {
  const t = useTexts(texts);
  const { language } = useSettings();
  const { limitDebitFen, limitMonthFen, monthFen, firstDebitOn } = mandate;
  return (
    <Facts
      items={[
        { label: t('debitLimit'), value: <Amount fen={limitDebitFen} /> },
        { label: t('monthLimit'), value: <Amount fen={limitMonthFen} /> },
        { label: t('monthUsed'), value: <Amount fen={monthFen} /> },
        { label: t('first'), value: dayText(firstDebitOn, language) },
      ]}
    />
  );
}

function Homes({ mandate }: Pick<OfMandate, 'mandate'>) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  return (
    <View role="list" ariaLabel={t('homes')}>
      {mandate.homes.map(({ unitId, communityName, label, items, endedBecause }) => (
        <View key={unitId} role="listitem">
          <Text>
            {communityName} {label}
          </Text>
          <Text className="hint">
            {items.map(({ name }) => name).join(language === 'zh' ? '、' : ', ')}
          </Text>
          {endedBecause && <Text className="hint">{words(endedBecause)}</Text>}
        </View>
      ))}
    </View>
  );
}
