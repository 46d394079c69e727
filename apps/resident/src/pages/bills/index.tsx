import type { OpenBills } from '@wuye-pay/contract';
import { useState } from 'react';
import { useKept, usePageParams } from '#platform';
import { Button, Link, Page, View } from '#ui';
import { useTexts } from '../../i18n/index.ts';
import {
  chosenOf,
  everything,
  firstSelection,
  type Selection,
  useOpenBills,
} from '../../pay/index.ts';
import { ScanButton } from '../../scan/ScanButton.tsx';
import { useAccountSettings } from '../../settings/account.ts';
import { Empty, Loaded, Notice } from '../../ui/index.ts';
import { HomeCard } from './HomeCard.tsx';
import { PayBills } from './PayBills.tsx';
import { TourCard } from './TourCard.tsx';
import { texts } from './texts.ts';
import './bills.css';

/** What the reader chose, and of which code; another code starts anew. */
interface Kept {
  readonly code: string | undefined;
  readonly selection: Selection;
}

/**
 * 缴费: the open bills of one's homes, all ticked, and one button. Opened with a code that was
 * scanned, or with the link of a message, its home comes first and is ticked alone.
 */
export default function BillsPage() {
  const t = useTexts(texts);
  const { code: given, login } = usePageParams('bills');
  const [closed, close] = useState<string>();
  const code = given === closed ? undefined : given;
  const open = useOpenBills(code);
  const [kept, keep] = useKept<Kept | undefined>('selection', undefined);
  const first = open.data ? firstSelection(open.data) : everything;
  const selection = kept && kept.code === code ? kept.selection : first;
  const select = (next: Selection) => keep({ code, selection: next });
  const closeCode = () => close(code);
  useAccountSettings();
  const hasBills = open.data?.homes.some(({ bills }) => bills.length > 0) ?? false;
  return (
    <Page
      title={t('title')}
      tab="bills"
      foot={
        open.data && hasBills ? (
          <PayBills open={open.data} code={code} selection={selection} reading={open.failure} />
        ) : undefined
      }
    >
      {login !== undefined && <WalletRefused code={login} />}
      <TourCard />
      <Loaded read={open}>
        {(data) => (
          <>
            <Homes
              open={data}
              selection={selection}
              select={select}
              reload={open.reload}
              onClose={closeCode}
            />
            <View className="bills-links">
              <Link to="history">{t('history')}</Link>
            </View>
          </>
        )}
      </Loaded>
      {code !== undefined && open.failure !== undefined && (
        <Button onTap={closeCode}>{t('ownBills')}</Button>
      )}
      <ScanButton />
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
  /** Puts the home away that was opened by a code. */
  readonly onClose: () => void;
}

function Homes({ open, selection, select, reload, onClose }: HomesProps) {
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
          {...(open.opened?.unitId === home.unitId && { opened: open.opened, onClose })}
        />
      ))}
    </>
  );
}
