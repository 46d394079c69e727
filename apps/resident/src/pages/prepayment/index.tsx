import { go, usePageParams } from '#platform';
import { Link, Page, Picker, Switch, Text, View } from '#ui';
import type { Answer } from '../../api/index.ts';
import { request } from '../../api/index.ts';
import { useAction, useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Amount, Empty, Failure, FormField, Hint, List, ListItem, Loaded } from '../../ui/index.ts';
import { TopUp } from './TopUp.tsx';
import { texts } from './texts.ts';
import './prepayment.css';

type Homes = Answer<'GET /api/resident/homes'>['items'];

/** 预存: what a home has paid ahead, and how to add to it. */
export default function PrepaymentPage() {
  const t = useTexts(texts);
  const { unitId } = usePageParams('prepayment');
  const homes = useRead('GET /api/resident/homes', {}, { keeps: true });
  // A payer may pay bills of a home; its balance is not theirs to see.
  const own = homes.data?.items.filter(({ role }) => role !== 'payer');
  const chosen = own?.find((home) => home.unitId === unitId) ?? own?.[0];
  if (own !== undefined && chosen !== undefined) {
    return <HomePrepayment key={chosen.unitId} homes={own} unitId={chosen.unitId} />;
  }
  return (
    <Page title={t('title')}>
      <Loaded read={homes}>
        {() => (
          <Empty icon="home" title={t('noHome')} hint={t('noHomeHint')}>
            <Link to="bind">{t('bindHome')}</Link>
          </Empty>
        )}
      </Loaded>
    </Page>
  );
}

interface HomePrepaymentProps {
  readonly homes: Homes;
  readonly unitId: string;
}

function HomePrepayment({ homes, unitId }: HomePrepaymentProps) {
  const t = useTexts(texts);
  const options = useRead('GET /api/resident/homes/:unitId/prepayment', { params: { unitId } });
  return (
    <TopUp unitId={unitId} options={options.data}>
      {homes.length > 1 && (
        <FormField label={t('home')}>
          {(field) => (
            <Picker
              {...field}
              value={unitId}
              options={homes.map((home) => ({
                value: home.unitId,
                label: `${home.communityName} ${home.label}`,
              }))}
              onChange={(next) => go('prepayment', { unitId: next })}
            />
          )}
        </FormField>
      )}
      <Loaded read={options}>
        {(data) => <Balance unitId={unitId} data={data} onChange={options.reload} />}
      </Loaded>
    </TopUp>
  );
}

interface BalanceProps {
  readonly unitId: string;
  readonly data: Answer<'GET /api/resident/homes/:unitId/prepayment'>;
  readonly onChange: () => void;
}

/** What is there, and whether new bills take it by themselves. */
function Balance({ unitId, data, onChange }: BalanceProps) {
  const t = useTexts(texts);
  const switching = useAction(async (_once, usesItself: boolean) => {
    await request('PUT /api/resident/homes/:unitId/prepayment', {
      params: { unitId },
      body: { usesItself },
    });
    onChange();
  });
  return (
    <>
      <View className="card prepayment-sum">
        <Text>{t('balance')}</Text>
        <Amount fen={data.balanceFen} size="large" />
        {data.reservedFen > 0 && (
          <View className="hint">
            {t('reserved')} <Amount fen={data.reservedFen} size="small" />
          </View>
        )}
        <Link to="movements" params={{ unitId }}>
          {t('movements')}
        </Link>
      </View>
      <Failure error={switching.failure} />
      <List>
        <ListItem
          title={t('usesItself')}
          hint={t(data.shortBalance === 'part' ? 'usesItselfPart' : 'usesItselfWait')}
          aside={
            <Switch
              checked={data.usesItself}
              disabled={switching.isBusy}
              ariaLabel={t('usesItself')}
              onChange={switching.run}
            />
          }
        />
      </List>
      {data.openFen > 0 && (
        <Hint>
          {t('openBills')} <Amount fen={data.openFen} size="small" />{' '}
          <Link to="bills">{t('toBills')}</Link>
        </Hint>
      )}
    </>
  );
}
