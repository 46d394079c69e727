import { Button, Card } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Answer } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { Facts } from '../ui/Facts.tsx';
import { instantText } from '../ui/format.ts';
import { History } from '../ui/History.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import { StateTag } from '../ui/StateTag.tsx';
import { EndForm, type Ending } from './EndForm.tsx';

export type Resident = Answer<'GET /api/residents/:residentId'>;

/** One resident: their homes, ways in, devices, and what was done; access is ended here. */
export function ResidentPage() {
  const { residentId = '' } = useParams();
  const query = useRead('GET /api/residents/:residentId', { params: { residentId } });
  return <Loaded query={query}>{(resident) => <ResidentView resident={resident} />}</Loaded>;
}

function ResidentView({ resident }: { readonly resident: Resident }) {
  const { t } = useTranslation('resident');
  const [language] = useLanguage();
  const [ending, setEnding] = useState<Ending>();
  const { displayName, phoneMasked, state, allowedActions, sessions, history } = resident;
  const mayEndSessions = allowedActions.includes('end-sessions') && sessions.length > 0;
  const heading = (text: string) => <h2 className="card-title">{text}</h2>;
  return (
    <Page
      title={displayName ?? phoneMasked ?? t('residents.nameless')}
      parent={{ label: t('residents.title'), to: paths.residents() }}
      badge={
        <StateTag tone={state === 'active' ? 'success' : 'default'}>
          {t(`residents.state.${state}`)}
        </StateTag>
      }
      actions={
        mayEndSessions && (
          <Button onClick={() => setEnding({ kind: 'sessions', count: sessions.length })}>
            {t('detail.endSessions')}
          </Button>
        )
      }
    >
      <Card>
        <ResidentFacts resident={resident} />
      </Card>
      <Card title={heading(t('detail.homes'))}>
        <Bindings resident={resident} onEnd={setEnding} />
      </Card>
      <Card title={heading(t('detail.sessions'))}>
        <Sessions resident={resident} />
      </Card>
      <Card title={heading(t('detail.history'))}>
        <History
          entries={history.map(({ id, at, text, actorName }) => ({
            key: id,
            at,
            what: text[language],
            who: actorName ?? undefined,
          }))}
        />
      </Card>
      {ending && (
        <EndForm
          residentId={resident.residentId}
          ending={ending}
          onClose={() => setEnding(undefined)}
        />
      )}
    </Page>
  );
}

function ResidentFacts({ resident }: { readonly resident: Resident }) {
  const { t } = useTranslation(['resident', 'ui']);
  const [language] = useLanguage();
  const none = t('ui:none');
  const names = { 'wechat-pay': t('detail.wechat'), alipay: t('detail.alipay') } as const;
  const wallets = resident.wallets.map(({ channel, linkedAt }) => {
    const name = names[channel as keyof typeof names] ?? channel;
    return `${name}（${instantText(linkedAt, language)}）`;
  });
  return (
    <Facts
      facts={[
        { label: t('residents.phone'), value: resident.phoneMasked ?? none },
        { label: t('detail.email'), value: resident.emailMasked ?? none },
        { label: t('detail.wallets'), value: wallets.join('、') || none },
        { label: t('detail.language'), value: resident.language === 'zh' ? '中文' : 'English' },
        { label: t('detail.elder'), value: t(resident.isElder ? 'detail.on' : 'detail.off') },
        { label: t('residents.createdAt'), value: instantText(resident.createdAt, language) },
        {
          label: t('residents.lastSeenAt'),
          value: resident.lastSeenAt ? instantText(resident.lastSeenAt, language) : none,
        },
      ]}
    />
  );
}

const plain = { listStyle: 'none', margin: 0, padding: 0 } as const;

interface BindingsProps {
  readonly resident: Resident;
  readonly onEnd: (ending: Ending) => void;
}

function Bindings({ resident, onEnd }: BindingsProps) {
  const { t } = useTranslation('resident');
  const [language] = useLanguage();
  const { bindings, allowedActions } = resident;
  if (bindings.length === 0) return <EmptyNotice title={t('detail.noHomes')} />;
  return (
    <ul className="stack" style={plain}>
      {bindings.map((binding) => {
        const home = `${binding.communityName} ${binding.label}`;
        const { bindingId, unitId, role, boundBy, boundAt, addedBy, endedAt, endReason } = binding;
        const by = addedBy === null ? '' : ` · ${addedBy}`;
        return (
          <li key={bindingId} className="stack-tight">
            <span>
              <Link to={paths.unit(unitId)}>{home}</Link>（{t(`role.${role}`)}）
              {endedAt === null && allowedActions.includes('end-binding') && (
                <Button
                  size="small"
                  danger
                  aria-label={t('detail.endOf', { home })}
                  onClick={() => onEnd({ kind: 'binding', bindingId, home })}
                >
                  {t('detail.end')}
                </Button>
              )}
            </span>
            <span className="muted">
              {`${instantText(boundAt, language)} · ${t(`how.${boundBy}`)}${by}`}
              {endedAt !== null &&
                ` → ${instantText(endedAt, language)} ${t('detail.ended')} · ${endReason ?? ''}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Sessions({ resident }: { readonly resident: Resident }) {
  const { t } = useTranslation('resident');
  const [language] = useLanguage();
  if (resident.sessions.length === 0) return <EmptyNotice title={t('detail.noSessions')} />;
  return (
    <ul className="stack-tight" style={plain}>
      {resident.sessions.map(({ sessionId, surface, device, ip, createdAt, lastSeenAt }) => (
        <li key={sessionId}>
          {[t(`surface.${surface}`), device, ip].filter(Boolean).join(' · ')}
          <span className="muted">
            {` ${t('detail.sessionTimes', {
              begun: instantText(createdAt, language),
              seen: instantText(lastSeenAt, language),
            })}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
