import { company, login, openServerPage, surface, usePageParams } from '#platform';
import { Button, Heading, Page, Text } from '#ui';
import { type Body, request } from '../../api/index.ts';
import { useAction, useRead } from '../../data/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { CodeForm, startSession } from '../../sign-in/index.ts';
import { Buttons, Card, Failure, Hint, Notice } from '../../ui/index.ts';
import { texts } from './texts.ts';

/** As the server names it. */
function runsIn(): Body<'POST /api/resident/session/phone'>['surface'] {
  return surface;
}

/** 登录: by the wallet that the app was opened in, or by a code that comes by SMS. */
export default function SignInPage() {
  const t = useTexts(texts);
  const words = useWords();
  const { back, login: refused } = usePageParams('sign-in');
  const ways = useRead('GET /api/resident/sign-in-ways', { query: { company: company() } });
  const here = ways.data?.wallets.find(({ isHere }) => isHere);
  const isProgram = runsIn() !== 'h5';
  const byWallet = useAction(async () => {
    const proof = await login();
    if (!proof) return;
    const channel = proof.wallet === 'alipay' ? 'alipay' : 'wechat-pay';
    const body = { company: company(), channel, loginCode: proof.code };
    startSession(await request('POST /api/resident/session/wallet', { body }), back);
  });
  const openWallet = () => {
    const next = encodeURIComponent(back ?? `/r/${company()}/`);
    const channel = here?.channel ?? '';
    openServerPage(`/api/resident/wallet-login/${channel}?company=${company()}&next=${next}`);
  };
  return (
    <Page title={t('title')} hasNoBack>
      <Heading level={2}>{ways.data?.company.name ?? t('title')}</Heading>
      <Text>{t('hint')}</Text>
      {(isProgram || here) && (
        <Buttons>
          <Button kind="main" onTap={isProgram ? byWallet.run : openWallet} busy={byWallet.isBusy}>
            {here ? t('wallet', { wallet: words(here.label) }) : t('walletHere')}
          </Button>
        </Buttons>
      )}
      {refused !== undefined && byWallet.failure === undefined && (
        <Notice kind="bad" title={t('refused')}>
          {t('refusedHint')}
        </Notice>
      )}
      <Failure error={byWallet.failure} />
      <Card title={t('byPhone')}>
        <CodeForm
          kind="phone"
          action={t('signIn')}
          onSend={(phone) =>
            request('POST /api/resident/codes', { body: { company: company(), phone } })
          }
          onCode={async (codeId, code) => {
            const body = { company: company(), surface: runsIn(), codeId, code };
            startSession(await request('POST /api/resident/session/phone', { body }), back);
          }}
        />
      </Card>
      <Hint>{t('privacy')}</Hint>
    </Page>
  );
}
