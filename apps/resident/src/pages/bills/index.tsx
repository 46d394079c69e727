import type { OpenBills } from '@wuye-pay/contract';
import { useState } from 'react';
import { go, storage, useKept, usePageParams } from '#platform';
import { Link, Page, View } from '#ui';
import { useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import {
  chosenOf,
  everything,
  hasChoice,
  needsNoConfirming,
  PayFoot,
  type Selection,
  usePayment,
  usePlan,
  wayOf,
} from '../../pay/index.ts';
import { keepSelection } from '../../pay/kept-selection.ts';
import { useAccountSettings } from '../../settings/account.ts';
import { Empty, Loaded, Notice } from '../../ui/index.ts';
import { HomeCard } from './HomeCard.tsx';
import { TourCard } from './TourCard.tsx';
import { texts } from './texts.ts';
import './bills.css';

/** 缴费: the open bills of one's homes, all ticked, and one button. */
export default function BillsPage() {
  const t = useTexts(texts);
  const open = useRead('GET /api/resident/bills', {}, { keeps: true });
  const [selection, select] = useKept<Selection>('selection', everything);
  const { login } = usePageParams('bills');
  useAccountSettings();
  const hasBills = open.data?.homes.some(({ bills }) => bills.length > 0) ?? false;
  return (
    <Page
      title={t('title')}
      tab="bills"
      foot={
        open.data && hasBills ? (
          <Foot open={open.data} selection={selection} reading={open.failure} />
        ) : undefined
      }
    >
      {login !== undefined && <WalletRefused code={login} />}
      <TourCard />
      <Loaded read={open}>
        {(data) => (
          <>
            <Homes open={data} selection={selection} select={select} reload={open.reload} />
            <View className="bills-links">
              <Link to="history">{t('history')}</Link>
            </View>
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** On coming back from a wallet that was to say who pays. */
function WalletRefused({ code }: { readonly code: string }) {
  const t = useTexts(texts);
  const isTaken = code === 'WALLET_OF_OTHER_ACCOUNT';
  return (
    <Notice kind="bad" title={t(isTaken ? 'walletTaken' : 'walletFailed')}>
      {t(isTaken ? 'walletTakenHint' : 'walletFailedHint')}
    </Notice>
  );
}

interface HomesProps {
  readonly open: OpenBills;
  readonly selection: Selection;
  readonly select: (next: Selection) => void;
  readonly reload: () => void;
}

function Homes({ open, selection, select, reload }: HomesProps) {
  const t = useTexts(texts);
  if (open.homes.length === 0) {
    return (
      <Empty icon="home" title={t('noHome')} hint={t('noHomeHint')}>
        <Link to="bind">{t('bindHome')}</Link>
      </Empty>
    );
  }
  const isClear = open.homes.every(({ bills }) => bills.length === 0);
  const { leftOut } = chosenOf(open, selection);
  return (
    <>
      {isClear && <Empty icon="done" title={t('nothingDue')} hint={t('nothingDueHint')} />}
      {leftOut > 0 && <Notice kind="info">{t('leftOut', { count: leftOut })}</Notice>}
      {open.homes.map((home) => (
        <HomeCard
          key={home.unitId}
          home={home}
          isOnly={open.homes.length === 1}
          allowsPart={open.allowsPart}
          selection={selection}
          select={select}
          reload={reload}
        />
      ))}
    </>
  );
}

interface FootProps extends Pick<HomesProps, 'open' | 'selection'> {
  /** Why the bills could not be read again. */
  readonly reading: unknown;
}

/** The total and the button: straight to the wallet when there is nothing to decide. */
function Foot({ open, selection, reading }: FootProps) {
  const t = useTexts(texts);
  const chosen = chosenOf(open, selection);
  const cart = { items: chosen.items };
  const plan = usePlan(chosen.count > 0 ? cart : undefined);
  const payment = usePayment();
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  const confirm = () => {
    keepSelection(selection);
    go('confirm');
  };
  const pay = () => {
    setFailure(undefined);
    if (!needsNoConfirming(chosen)) return confirm();
    setAsking(true);
    plan
      .get()
      .then((found) => {
        const preferred = storage.read('way');
        const way = wayOf(found, preferred);
        if (!way || hasChoice(found, preferred)) confirm();
        else payment.start(cart, way);
      }, setFailure)
      .finally(() => setAsking(false));
  };
  return (
    <PayFoot
      totalFen={chosen.totalFen}
      note={t('chosen', { count: chosen.count })}
      verb="pay"
      phase={payment.phase}
      isBusy={payment.isBusy || isAsking}
      reading={reading}
      failure={failure ?? payment.failure}
      onPay={pay}
    />
  );
}
