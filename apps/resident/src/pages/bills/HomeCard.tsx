import type { HomeBills, OpenBills } from '@wuye-pay/contract';
import { Button, Checkbox, Heading, Link, Text, View } from '#ui';
import { useTexts } from '../../i18n/index.ts';
import { isTicked as isChosen, type Selection, tick } from '../../pay/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Amount } from '../../ui/index.ts';
import { BillRow } from './BillRow.tsx';
import { texts } from './texts.ts';
import { UseBalance } from './UseBalance.tsx';

interface HomeCardProps {
  readonly home: HomeBills;
  readonly isOnly: boolean;
  readonly allowsPart: boolean;
  readonly selection: Selection;
  readonly select: (next: Selection) => void;
  readonly reload: () => void;
  /** Where it is the home of a code that was scanned. */
  readonly opened?: OpenBills['opened'];
  readonly onClose?: () => void;
}

/** A home with its open bills; of several homes each can be ticked as a whole. */
export function HomeCard(props: HomeCardProps) {
  const { home, isOnly, allowsPart, selection, select, reload, opened, onClose } = props;
  const isVisit = opened?.isBound === false;
  const t = useTexts(texts);
  const { isElder } = useSettings();
  const ids = home.bills.map(({ id }) => id);
  const isTicked = home.bills.some((bill) => isChosen(bill, selection));
  const name = (
    <>
      <Heading level={2}>{home.label}</Heading>
      <Text className="hint">{home.communityName}</Text>
    </>
  );
  return (
    <View className="card" role="group" ariaLabel={`${home.communityName} ${home.label}`}>
      <View className="card-head">
        {isOnly || ids.length === 0 ? (
          <View>{name}</View>
        ) : (
          <Checkbox
            checked={isTicked}
            onChange={(on) => select(tick(selection, ids, on))}
            ariaLabel={t('allOf', { home: home.label })}
          >
            {name}
          </Checkbox>
        )}
        {ids.length > 1 && !isOnly && <Amount fen={home.openFen} />}
      </View>
      {isVisit && <Visit onClose={onClose} />}
      {ids.length === 0 && <Text className="hint">{t('homeClear')}</Text>}
      {home.bills.map((bill) => (
        <BillRow
          key={bill.id}
          bill={bill}
          allowsPart={allowsPart && !isElder}
          hasDetail={!isVisit}
          selection={selection}
          select={select}
        />
      ))}
      {home.balance && (
        <View className="bills-balance">
          <Link to="prepayment" params={{ unitId: home.unitId }}>
            {t('balance')}
          </Link>
          <Amount fen={home.balance.balanceFen} />
        </View>
      )}
      {home.balance && home.balance.balanceFen > 0 && ids.length > 0 && (
        <UseBalance home={home} selection={selection} onUsed={reload} />
      )}
    </View>
  );
}

/** Of a home that the reader has no access to: it is paid as it is, or bound first. */
function Visit({ onClose }: { readonly onClose: (() => void) | undefined }) {
  const t = useTexts(texts);
  return (
    <View className="bills-visit">
      <Text className="hint">{t('visit')}</Text>
      <Link to="bind">{t('visitBind')}</Link>
      {onClose && (
        <Button kind="plain" onTap={onClose}>
          {t('visitClose')}
        </Button>
      )}
    </View>
  );
}
