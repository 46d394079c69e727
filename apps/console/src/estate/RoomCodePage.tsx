import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { addressOf } from '../api/client.ts';
import { useRead } from '../api/hooks.ts';
import { useSession } from '../api/session.ts';
import { paths } from '../paths.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Page } from '../ui/Page.tsx';
import './room-code.css';

/** A sheet to print and put on the door. */
export function RoomCodePage() {
  const { t } = useTranslation('estate');
  const { unitId = '' } = useParams();
  const { companyName } = useSession();
  const params = { unitId };
  const unit = useRead('GET /api/units/:unitId', { params });
  const code = useRead('GET /api/units/:unitId/room-code', { params });
  return (
    <Page
      title={t('code.title')}
      parent={{ label: unit.data?.label ?? t('unit.parent'), to: paths.unit(unitId) }}
      actions={
        <Button
          type="primary"
          icon={<PrinterOutlined aria-hidden />}
          onClick={() => window.print()}
        >
          {t('code.print')}
        </Button>
      }
    >
      <Loaded query={unit}>
        {({ label, communityName }) => (
          <Loaded query={code}>
            {(roomCode) => (
              <div className="code-sheet">
                <p className="code-sheet-head">{t('code.sheetTitle')}</p>
                <p>{communityName}</p>
                <p className="code-sheet-unit">{label}</p>
                <img
                  src={addressOf('/api/units/:unitId/room-code.svg', params, {
                    code: roomCode.code,
                  })}
                  alt={t('code.image', { label })}
                  width={280}
                  height={280}
                />
                <p>{t('code.sheetHow')}</p>
                <p className="muted">{t('code.sheetWarn')}</p>
                <p className="mono">{roomCode.code}</p>
                <p>{companyName}</p>
              </div>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
