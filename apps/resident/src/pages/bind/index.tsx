import { useState } from 'react';
import { canScan, replace, scan } from '#platform';
import { Button, Choice, Input, Page } from '#ui';
import { forgetAnswers, useAction, useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { ProvePhone } from '../../sign-in/index.ts';
import { Card, Failure, FormField, Hint } from '../../ui/index.ts';
import { Apply } from './Apply.tsx';
import { ByNumber } from './ByNumber.tsx';
import { MyApplications } from './MyApplications.tsx';
import { Offers } from './Offers.tsx';
import { texts } from './texts.ts';

const ways = ['number', 'invitation', 'apply'] as const;
type Way = (typeof ways)[number];

/** 绑定房屋: what the house list offers first, then the other ways, one form at a time. */
export default function BindPage() {
  const t = useTexts(texts);
  const [way, setWay] = useState<Way>('number');
  const me = useRead('GET /api/resident/me', {});
  const offers = useRead('GET /api/resident/home-offers', {});
  const applications = useRead('GET /api/resident/applications', {});
  const bound = () => {
    forgetAnswers();
    replace('bills');
  };
  const onPhone = () => {
    forgetAnswers();
    me.reload();
    offers.reload();
  };
  return (
    <Page title={t('title')}>
      {me.data?.phoneMasked === null && (
        <Card title={t('phone')}>
          <Hint>{t('phoneHint')}</Hint>
          <ProvePhone onLinked={onPhone} />
        </Card>
      )}
      {me.data?.phoneMasked !== null && offers.data?.items.length === 0 && (
        <Hint>{t('noOffers', { phone: me.data?.phoneMasked ?? '' })}</Hint>
      )}
      <Offers items={offers.data?.items ?? []} onBound={bound} />
      <MyApplications items={applications.data?.items ?? []} onChanged={applications.reload} />
      <Card title={t('otherWays')}>
        <Choice
          ariaLabel={t('otherWays')}
          value={way}
          options={ways.map((one) => ({ value: one, label: t(`way.${one}`) }))}
          onChange={(next) => setWay(ways.find((one) => one === next) ?? 'number')}
        />
      </Card>
      {way === 'number' && <ByNumber onBound={bound} />}
      {way === 'invitation' && <ByInvitation />}
      {way === 'apply' && <Apply onApplied={applications.reload} />}
    </Page>
  );
}

function ByInvitation() {
  const t = useTexts(texts);
  const [code, setCode] = useState('');
  const look = (text: string) => replace('invitation', { code: codeIn(text) });
  const scanning = useAction(async () => {
    const text = await scan();
    if (text) look(text);
  });
  return (
    <Card title={t('way.invitation')}>
      {canScan() && (
        <Button kind="main" onTap={scanning.run} busy={scanning.isBusy}>
          {t('scan')}
        </Button>
      )}
      <FormField label={t('invitation')} hint={t('invitationHint')}>
        {(field) => <Input {...field} value={code} maxLength={200} onChange={setCode} />}
      </FormField>
      <Failure error={scanning.failure} />
      <Button
        kind={canScan() ? 'second' : 'main'}
        onTap={() => look(code)}
        disabled={codeIn(code).length < 8}
      >
        {t('look')}
      </Button>
    </Card>
  );
}

/** A code as it was typed, or the end of the whole link. */
function codeIn(text: string): string {
  const tail = text.split(/[/?#]/).filter(Boolean).pop() ?? '';
  return tail.replace(/[\s-]/g, '');
}
