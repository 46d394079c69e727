import { PrinterOutlined } from '@ant-design/icons';
import { Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/client.ts';
import { useWrite } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { useLanguage } from '../i18n/index.ts';
import { paths } from '../paths.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { EmptyNotice } from '../ui/EmptyNotice.tsx';
import { instantText } from '../ui/format.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import { MakeCodeButton } from './MakeCodeButton.tsx';
import type { Unit } from './UnitPage.tsx';

/** The code on the door: shown, printed, replaced. */
export function RoomCodeCard({ unit }: { readonly unit: Unit }) {
  const { t } = useTranslation('estate');
  return (
    <Card title={<h2 className="card-title">{t('code.title')}</h2>}>
      {unit.roomCode ? (
        <CodeView unit={unit} code={unit.roomCode} />
      ) : (
        <EmptyNotice
          title={t('code.none')}
          hint={t('code.intro')}
          action={<MakeCodeButton unitId={unit.id} />}
        />
      )}
    </Card>
  );
}

interface CodeViewProps {
  readonly unit: Unit;
  readonly code: NonNullable<Unit['roomCode']>;
}

function CodeView({ unit, code }: CodeViewProps) {
  const { t } = useTranslation('estate');
  const [language] = useLanguage();
  const { can } = useSession();
  const replace = useWrite('POST /api/units/:unitId/room-code/replace');
  const params = { unitId: unit.id };
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <img
        // The code is in the address, so that a replaced code is not shown from the cache.
        src={addressOf('/api/units/:unitId/room-code.svg', params, { code: code.code })}
        alt={t('code.image', { label: unit.label })}
        width={148}
        height={148}
      />
      <div className="stack-tight" style={{ flex: '1 1 220px', minWidth: 0 }}>
        <Typography.Text copyable={{ text: code.url }} className="mono">
          {code.code}
        </Typography.Text>
        <span className="muted">
          {t('code.createdAt')}：{instantText(code.createdAt, language)}
        </span>
        {code.replaced.length > 0 && (
          <span className="muted">{t('code.replacedCodes', { count: code.replaced.length })}</span>
        )}
        <a href={code.url} target="_blank" rel="noreferrer">
          {t('code.open')}
        </a>
        <div className="row" style={{ marginTop: 8 }}>
          <LinkButton to={paths.roomCode(unit.id)} icon={<PrinterOutlined aria-hidden />}>
            {t('code.printPage')}
          </LinkButton>
          {can('estate.write') && (
            <ConfirmButton
              label={t('code.replace')}
              danger
              title={t('code.replaceTitle', { label: unit.label })}
              consequences={[t('code.replaceOld', { code: code.code }), t('code.replaceNew')]}
              confirmLabel={t('code.replaceDo')}
              reasonLabel={t('code.replaceReason')}
              onConfirm={(reason) => replace.mutateAsync({ params, body: { reason } })}
            />
          )}
        </div>
      </div>
    </div>
  );
}
