import { useState } from 'react';
import {
  company,
  keepSession,
  login,
  openServerPage,
  replace,
  returnTo,
  surface,
  usePageParams,
} from '#platform';
import { Button, Heading, Input, Page, Text } from '#ui';
import { type Answer, type Body, request } from '../../api/index.ts';
import { forgetAnswers, useAction, useRead } from '../../data/index.ts';
import { useTexts, useWords } from '../../i18n/index.ts';
import { Buttons, Card, Failure, FormField, Hint, Notice } from '../../ui/index.ts';
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
  const done = ({ token, me }: Answer<'POST /api/resident/session/phone'>) => {
    if (token !== null) keepSession(token);
    forgetAnswers();
    // Whoever was invited has no home yet and comes for that one.
    const isInvited = back !== undefined && /(^|\/)invitation[/?]/.test(back);
    if (me.homes === 0 && !isInvited) replace('bind');
    else returnTo(back);
  };
  const byWallet = useAction(async () => {
    const proof = await login();
    if (!proof) return;
    const channel = proof.wallet === 'alipay' ? 'alipay' : 'wechat-pay';
    const body = { company: company(), channel, loginCode: proof.code };
    done(await request('POST /api/resident/session/wallet', { body }));
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
      <PhoneForm onDone={done} />
      <Hint>{t('privacy')}</Hint>
    </Page>
  );
}

interface PhoneFormProps {
  readonly onDone: (answer: Answer<'POST /api/resident/session/phone'>) => void;
}

/** One question after the other: the phone, then the code that came to it. */
function PhoneForm({ onDone }: PhoneFormProps) {
  const t = useTexts(texts);
  const [phone, setPhone] = useState('');
  const [code, setCode] = useState('');
  const [codeId, setCodeId] = useState<string>();
  const ask = useAction(async () => {
    const body = { company: company(), phone };
    const sent = await request('POST /api/resident/codes', { body });
    setCodeId(sent.codeId);
    setCode('');
  });
  const type = useAction(async () => {
    const body = { company: company(), surface: runsIn(), codeId: codeId ?? '', code };
    onDone(await request('POST /api/resident/session/phone', { body }));
  });
  if (codeId === undefined) {
    const isWhole = /^1[3-9]\d{9}$/.test(phone);
    return (
      <Card title={t('byPhone')}>
        <FormField label={t('phone')}>
          {(field) => (
            <Input {...field} kind="phone" value={phone} maxLength={11} onChange={setPhone} />
          )}
        </FormField>
        <Failure error={ask.failure} />
        <Button kind="second" onTap={ask.run} busy={ask.isBusy} disabled={!isWhole}>
          {t('sendCode')}
        </Button>
      </Card>
    );
  }
  return (
    <Card title={t('byPhone')}>
      <FormField label={t('code', { phone })} hint={t('codeHint')}>
        {(field) => <Input {...field} kind="code" value={code} maxLength={6} onChange={setCode} />}
      </FormField>
      <Failure error={type.failure ?? ask.failure} />
      <Buttons>
        <Button kind="main" onTap={type.run} busy={type.isBusy} disabled={!/^\d{6}$/.test(code)}>
          {t('signIn')}
        </Button>
        <Button kind="plain" onTap={ask.run} busy={ask.isBusy}>
          {t('again')}
        </Button>
        <Button kind="plain" onTap={() => setCodeId(undefined)}>
          {t('otherPhone')}
        </Button>
      </Buttons>
    </Card>
  );
}
