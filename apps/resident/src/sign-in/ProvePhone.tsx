import { useState } from 'react';
import { Button, hasPhoneButton, PhoneButton, Sheet, Text } from '#ui';
import { type Answer, request } from '../api/index.ts';
import { useAction } from '../data/index.ts';
import { useTexts } from '../i18n/index.ts';
import type { PhoneProof } from '../platform/types.ts';
import { Buttons, Failure, Hint, Notice } from '../ui/index.ts';
import { CodeForm } from './CodeForm.tsx';
import { startSession } from './start-session.ts';
import { texts } from './texts.ts';

type Proved = Answer<'PUT /api/resident/me/phone'>;

/**
 * Proves the phone of the account that is signed in: by the wallet, where it can tell, or by a
 * code. A phone of another account leads to the question whether to go on as that one.
 */
export function ProvePhone({ onLinked }: { readonly onLinked: () => void }) {
  const t = useTexts(texts);
  const [taken, setTaken] = useState<Proved>();
  const [isRefused, setRefused] = useState(false);
  const heard = (proved: Proved) => {
    if (proved.kind === 'linked') onLinked();
    else setTaken(proved);
  };
  const byWallet = useAction(async (_once, proof: PhoneProof) => {
    setRefused(false);
    const body =
      proof.wallet === 'wechat'
        ? { channel: 'wechat-pay' as const, code: proof.code }
        : { channel: 'alipay' as const, encrypted: proof.encrypted };
    heard(await request('PUT /api/resident/me/wallet-phone', { body }));
  });
  return (
    <>
      {hasPhoneButton && (
        <>
          <PhoneButton
            disabled={byWallet.isBusy}
            onPhone={byWallet.run}
            onRefused={() => setRefused(true)}
          >
            {t('fromWallet')}
          </PhoneButton>
          <Hint>{t('fromWalletHint')}</Hint>
          {isRefused && <Notice kind="warning">{t('refused')}</Notice>}
          <Failure error={byWallet.failure} />
          <Text>{t('orByCode')}</Text>
        </>
      )}
      <CodeForm
        kind="phone"
        action={t('prove')}
        onSend={(phone) => request('POST /api/resident/me/phone-codes', { body: { phone } })}
        onCode={async (codeId, code) =>
          heard(await request('PUT /api/resident/me/phone', { body: { codeId, code } }))
        }
      />
      {taken && <OtherAccount taken={taken} onStay={() => setTaken(undefined)} />}
    </>
  );
}

interface OtherAccountProps {
  readonly taken: Proved;
  readonly onStay: () => void;
}

/** The phone is another account's: nothing is joined by itself, so it is asked. */
function OtherAccount({ taken, onStay }: OtherAccountProps) {
  const t = useTexts(texts);
  const change = useAction(async (_once, moveWallet: boolean) => {
    const body = { ticket: taken.ticket ?? '', moveWallet };
    startSession(await request('POST /api/resident/session/switch', { body }));
  });
  const wallet = t(nameOf(taken.me.wallets[0]?.channel));
  const { mayMoveWallet } = taken;
  return (
    <Sheet
      isOpen
      title={t('taken')}
      onClose={onStay}
      foot={
        <Buttons>
          {mayMoveWallet && (
            <Button kind="main" busy={change.isBusy} onTap={() => change.run(true)}>
              {t('moveWallet', { wallet })}
            </Button>
          )}
          <Button
            kind={mayMoveWallet ? 'second' : 'main'}
            busy={change.isBusy}
            onTap={() => change.run(false)}
          >
            {t(mayMoveWallet ? 'switchOnce' : 'switch')}
          </Button>
          <Button kind="plain" onTap={onStay}>
            {t('stay')}
          </Button>
        </Buttons>
      }
    >
      <Text>{t('takenWhat')}</Text>
      {mayMoveWallet ? (
        <>
          <Text>{t('takenMove', { wallet })}</Text>
          <Notice kind="warning">{t('takenMoveRisk', { wallet })}</Notice>
        </>
      ) : (
        <Text>{t('takenStays')}</Text>
      )}
      <Failure error={change.failure} />
    </Sheet>
  );
}

function nameOf(channel: string | undefined) {
  return channel === 'wechat-pay' || channel === 'alipay'
    ? (`wallet.${channel}` as const)
    : 'wallet.other';
}
