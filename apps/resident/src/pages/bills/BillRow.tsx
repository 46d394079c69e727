import type { ResidentBill } from '@wuye-pay/contract';
import { useState } from 'react';
import { Button, Checkbox, Link, Text, View } from '#ui';
import { periodText } from '../../format/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import {
  BillDisputeNote,
  BillLine,
  isTicked,
  payFenOf,
  type Selection,
  tick,
} from '../../pay/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Disclosure, Tag } from '../../ui/index.ts';
import { PartSheet } from './PartSheet.tsx';
import { texts } from './texts.ts';

interface BillRowProps {
  readonly bill: ResidentBill;
  readonly allowsPart: boolean;
  /** Whether its page may be opened: it says more than is to be paid. */
  readonly hasDetail: boolean;
  readonly selection: Selection;
  readonly select: (next: Selection) => void;
}

/** One bill: ticked or not, why it has this amount, and a way to pay a part of it. */
export function BillRow({ bill, allowsPart, hasDetail, selection, select }: BillRowProps) {
  const t = useTexts(texts);
  const words = useWords();
  const { language } = useSettings();
  const [isParting, setParting] = useState(false);
  return (
    <View
      className="bill-row"
      role="group"
      ariaLabel={`${bill.feeItemName} ${periodText(bill.periodStart, bill.periodEnd, language)}`}
    >
      <Checkbox
        checked={isTicked(bill, selection)}
        onChange={(on) => select(tick(selection, [bill.id], on))}
      >
        <BillLine bill={bill} payFen={payFenOf(bill, selection)} />
      </Checkbox>
      {bill.dispute !== null && <BillDisputeNote dispute={bill.dispute} />}
      {bill.heldBy !== null && (
        <View className="bill-more">
          <Tag kind="warning">{t(bill.heldBy === 'me' ? 'heldByMe' : 'heldByOther')}</Tag>
        </View>
      )}
      <View className="bill-more">
        <Disclosure title={t('why')}>
          <Text>{words(bill.explanation)}</Text>
          {hasDetail && (
            <Link to="bill" params={{ billId: bill.id }}>
              {t('whyMore')}
            </Link>
          )}
        </Disclosure>
        {allowsPart && (
          <Button kind="plain" className="disclosure-button" onTap={() => setParting(true)}>
            {t('payPart')}
          </Button>
        )}
      </View>
      {isParting && (
        <PartSheet
          bill={bill}
          selection={selection}
          onClose={() => setParting(false)}
          onChange={select}
        />
      )}
    </View>
  );
}
