import type { BillWhy } from '@wuye-pay/contract';
import { go, usePageParams } from '#platform';
import { Button, Page, Text, View } from '#ui';
import { useRead } from '../../data/index.ts';
import { instantText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { BillDisputeNote, BillLine } from '../../pay/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Amount, CallOffice, Card, type Fact, Facts, Hint, Loaded } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** 为什么是这个金额: all that a bill was worked out from. */
export default function BillPage() {
  const t = useTexts(texts);
  const { billId } = usePageParams('bill');
  const bill = useRead('GET /api/resident/bills/:billId', { params: { billId } }, { keeps: true });
  return (
    <Page title={t('title')}>
      <Loaded read={bill}>{(data) => <Why bill={data} />}</Loaded>
    </Page>
  );
}

function Why({ bill }: { readonly bill: BillWhy }) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const taken: readonly (readonly [string, number])[] = [
    [t('paid'), -bill.paidFen],
    [t('fromBalance'), bill.fromBalanceFen],
    [t('waived'), -bill.waivedFen],
  ];
  const sums: Fact[] = [
    { label: t('amount'), value: <Amount fen={bill.amountFen} /> },
    ...taken
      .filter(([, fen]) => fen !== 0)
      .map(([label, fen]) => ({ label, value: <Amount fen={fen} /> })),
    { label: t('open'), value: <Amount fen={bill.openFen} /> },
  ];
  return (
    <>
      <Card title={bill.label} aside={<Text className="hint">{bill.communityName}</Text>}>
        <BillLine bill={bill} payFen={bill.openFen} />
      </Card>
      <Card title={t('why')}>
        <Text>{words(bill.explanation)}</Text>
        <Facts
          items={bill.steps.map(({ label, value }) => ({
            label: words(label),
            value: words(value),
          }))}
        />
      </Card>
      <Card title={t('sums')}>
        <Facts items={sums} />
      </Card>
      {bill.dispute !== null && <BillDisputeNote dispute={bill.dispute} isWhole />}
      {bill.openFen > 0 && bill.dispute?.state !== 'open' && (
        <Button
          kind="plain"
          onTap={() => go('ticket-new', { billId: bill.id, unitId: bill.unitId })}
        >
          {t('dispute')}
        </Button>
      )}
      <CallOffice communityName={bill.communityName} />
      <View>
        {bill.publishedAt !== null && (
          <Hint>{t('published', { at: instantText(bill.publishedAt, language) })}</Hint>
        )}
      </View>
    </>
  );
}
