import type { AutopayLeftOut } from '@wuye-pay/contract';
import { Link, Text } from '#ui';
import { monthText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Amount, Card, List, ListItem } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** Open bills that are left to the reader, each with its reason. */
export function LeftOut({ bills }: { readonly bills: readonly AutopayLeftOut[] }) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  return (
    <Card title={t('leftOut')} aside={<Link to="bills">{t('toBills')}</Link>}>
      <List label={t('leftOut')}>
        {bills.map(({ billId, unitLabel, feeItemName, month, openFen, reason }) => (
          <ListItem
            key={billId}
            title={`${unitLabel} ${feeItemName} ${monthText(month, language)}`}
            hint={<Text>{words(reason)}</Text>}
            aside={<Amount fen={openFen} />}
          />
        ))}
      </List>
    </Card>
  );
}
