import { fen, yuanAmount } from '@wuye-pay/money';
import { Alert, Button, Card } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, addressOf, type Item } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Facts } from '../ui/Facts.tsx';
import { instantText } from '../ui/format.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Money, moneyColumn } from '../ui/Money.tsx';
import { newKey } from '../ui/new-key.ts';
import { useMessages } from '../ui/use-messages.ts';

type Detail = Answer<'GET /api/units/:unitId/prepayment'>;
type Movement = Item<'GET /api/units/:unitId/prepayment/movements'>;

const newest = 20;

/** What a unit has paid ahead, what moved it, and what can be done with it. */
export function UnitPrepayment({ unitId }: { readonly unitId: string }) {
  const { t } = useTranslation('prepayment');
  const query = useRead('GET /api/units/:unitId/prepayment', { params: { unitId } });
  return (
    <Card title={<h2 className="card-title">{t('title')}</h2>}>
      <Loaded query={query} lines={3}>
        {(detail) => <DetailView detail={detail} />}
      </Loaded>
    </Card>
  );
}

function DetailView({ detail }: { readonly detail: Detail }) {
  const { t } = useTranslation(['prepayment', 'ui']);
  const [language] = useLanguage();
  const { unitId, balanceFen, reservedFen, openFen, monthlyFen, usesItself } = detail;
  return (
    <div className="stack">
      {detail.warnings.map((warning) => (
        <Alert key={warning.zh} type="warning" showIcon title={warning[language]} />
      ))}
      <Facts
        facts={[
          { label: t('balance'), value: <Money fen={balanceFen} strong /> },
          { label: t('free'), value: <Money fen={balanceFen - reservedFen} /> },
          { label: t('reserved'), value: <Money fen={reservedFen} /> },
          { label: t('open'), value: <Money fen={openFen} /> },
          {
            label: t('monthly'),
            value: monthlyFen === null ? t('ui:none') : <Money fen={monthlyFen} />,
          },
          { label: t('auto'), value: t(usesItself ? 'auto.on' : 'auto.off') },
        ]}
      />
      <div className="row">
        <UseButton detail={detail} />
        <SwitchButton detail={detail} />
        <Button href={addressOf('/api/units/:unitId/prepayment/movements.csv', { unitId }, {})}>
          {t('export')}
        </Button>
      </div>
      <Movements unitId={unitId} />
    </div>
  );
}

function whyNotOf(detail: Detail, name: 'use' | 'switch', language: 'zh' | 'en') {
  const action = detail.allowedActions.find((one) => one.action === name);
  return action?.allowed ? undefined : (action?.reason?.[language] ?? '');
}

function UseButton({ detail }: { readonly detail: Detail }) {
  const { t } = useTranslation('prepayment');
  const [language] = useLanguage();
  const { done } = useMessages();
  const write = useWrite('POST /api/units/:unitId/prepayment/uses');
  const key = useRef(newKey());
  const { unitId, unitLabel, balanceFen, reservedFen, openFen } = detail;
  const use = async () => {
    const body = { idempotencyKey: key.current };
    const { usedFen } = await write.mutateAsync({ params: { unitId }, body });
    key.current = newKey();
    done(usedFen > 0 ? t('useDone', { amount: yuanAmount(fen(usedFen)) }) : t('useNothing'));
  };
  const amount = yuanAmount(fen(balanceFen - reservedFen));
  return (
    <ConfirmButton
      label={t('use')}
      title={t('useTitle', { unit: unitLabel })}
      consequences={[t('useBalance', { amount, open: yuanAmount(fen(openFen)) }), t('useOrder')]}
      confirmLabel={t('use')}
      whyNot={whyNotOf(detail, 'use', language)}
      onConfirm={use}
    />
  );
}

function SwitchButton({ detail }: { readonly detail: Detail }) {
  const { t } = useTranslation('prepayment');
  const [language] = useLanguage();
  const { done } = useMessages();
  const write = useWrite('PUT /api/units/:unitId/prepayment');
  const { unitId, usesItself } = detail;
  const label = t(usesItself ? 'switchOff' : 'switchOn');
  return (
    <ConfirmButton
      label={label}
      title={label}
      consequences={[t(usesItself ? 'switchOffSays' : 'switchOnSays')]}
      confirmLabel={label}
      whyNot={whyNotOf(detail, 'switch', language)}
      onConfirm={async () => {
        await write.mutateAsync({ params: { unitId }, body: { usesItself: !usesItself } });
        done(t('switched'));
      }}
    />
  );
}

function Movements({ unitId }: { readonly unitId: string }) {
  const { t } = useTranslation('prepayment');
  const [language] = useLanguage();
  const query = useRead('GET /api/units/:unitId/prepayment/movements', {
    params: { unitId },
    query: { limit: newest },
  });
  return (
    <Loaded query={query} lines={3}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyNotice title={t('movementsEmpty')} hint={t('movementsHint')} />
        ) : (
          <DataTable<Movement>
            label={t('movements')}
            size="small"
            dataSource={items}
            rowKey="id"
            columns={[
              {
                title: t('at'),
                render: (_value, { at }) => (
                  <span className="figure">{instantText(at, language)}</span>
                ),
              },
              { title: t('what'), render: (_value, { text }) => text[language] },
              moneyColumn<Movement>(t('amount'), ({ amountFen }) => amountFen, 'amount'),
              moneyColumn<Movement>(t('after'), ({ balanceAfterFen }) => balanceAfterFen, 'after'),
              { title: t('by'), dataIndex: 'actor' },
            ]}
          />
        )
      }
    </Loaded>
  );
}
