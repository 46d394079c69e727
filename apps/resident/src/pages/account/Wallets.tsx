import { useState } from 'react';
import { company, login, openServerPage, surface } from '#platform';
import { Button, Text } from '#ui';
import { type Answer, request } from '../../api/index.ts';
import { useAction, useRead } from '../../data/index.ts';
import { instantDayText } from '../../format/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useSettings } from '../../settings/index.ts';
import { Card, Confirm, Failure, Hint, List, ListItem } from '../../ui/index.ts';
import { texts } from './texts.ts';

type Me = Answer<'GET /api/resident/me'>;
type Wallet = Me['wallets'][number];

interface WalletsProps {
  readonly me: Me;
  readonly onChanged: () => void;
}

/** Which wallets sign in by themselves; the last way in stays. */
export function Wallets({ me, onChanged }: WalletsProps) {
  const t = useTexts(texts);
  const { language } = useSettings();
  const [chosen, setChosen] = useState<Wallet>();
  const unlink = useAction(async (_once, { walletId }: Wallet) => {
    await request('DELETE /api/resident/me/wallets/:walletId', { params: { walletId } });
    setChosen(undefined);
    onChanged();
  });
  const isLastWay = me.phoneMasked === null && me.wallets.length === 1;
  const chosenName = t(nameOf(chosen?.channel));
  return (
    <Card title={t('wallets')}>
      {me.wallets.length === 0 && <Hint>{t('walletsNone')}</Hint>}
      {me.wallets.length > 0 && (
        <List label={t('wallets')}>
          {me.wallets.map((wallet) => {
            const name = t(nameOf(wallet.channel));
            return (
              <ListItem
                key={wallet.walletId}
                icon="done"
                title={name}
                hint={t('linked', { day: instantDayText(wallet.linkedAt, language) })}
                aside={
                  <Button
                    disabled={isLastWay}
                    ariaLabel={t('unlinkOf', { wallet: name })}
                    onTap={() => {
                      unlink.clear();
                      setChosen(wallet);
                    }}
                  >
                    {t('unlink')}
                  </Button>
                }
              />
            );
          })}
        </List>
      )}
      {isLastWay && <Hint>{t('lastWay')}</Hint>}
      <LinkHere me={me} onLinked={onChanged} />
      <Confirm
        isOpen={chosen !== undefined}
        title={t('unlinkTitle', { wallet: chosenName })}
        action={t('unlink')}
        isDangerous
        isBusy={unlink.isBusy}
        onConfirm={() => chosen && unlink.run(chosen)}
        onClose={() => setChosen(undefined)}
      >
        <Failure error={unlink.failure} />
        <Text>{t('unlinkWhat', { wallet: chosenName })}</Text>
      </Confirm>
    </Card>
  );
}

/** The wallet that the app runs in, unless it signs in already. */
function LinkHere({ me, onLinked }: { readonly me: Me; readonly onLinked: () => void }) {
  const t = useTexts(texts);
  const ways = useRead('GET /api/resident/sign-in-ways', { query: { company: company() } });
  const own = channelOf(surface);
  const here = ways.data?.wallets.find(({ isHere, channel }) => isHere || channel === own);
  const link = useAction(async () => {
    if (!here) return;
    const { channel } = here;
    const proof = await login();
    if (!proof) {
      const next = encodeURIComponent(`/r/${company()}/account`);
      const query = `company=${company()}&link=1&next=${next}`;
      openServerPage(`/api/resident/wallet-login/${channel}?${query}`);
      return;
    }
    const body = { channel, loginCode: proof.code };
    await request('POST /api/resident/me/wallets', { body });
    onLinked();
  });
  const isKnown = me.wallets.some(
    ({ channel, appId }) => channel === here?.channel && appId === here.appId,
  );
  if (!here || isKnown) return null;
  const wallet = t(nameOf(here.channel));
  return (
    <>
      <Button onTap={link.run} busy={link.isBusy}>
        {t('link', { wallet })}
      </Button>
      <Hint>{t('linkHint', { wallet })}</Hint>
      <Failure error={link.failure} />
    </>
  );
}

function channelOf(where: typeof surface): string | undefined {
  if (where === 'h5') return undefined;
  return where === 'alipay' ? 'alipay' : 'wechat-pay';
}

function nameOf(channel: string | undefined) {
  return channel === 'wechat-pay' || channel === 'alipay'
    ? (`wallet.${channel}` as const)
    : 'wallet.other';
}
