import { Alert } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/client.ts';

interface AssignmentPreviewProps {
  readonly preview: Answer<'POST /api/assignments/preview'>;
}

/** How many units the filter touches, before anything is written. */
export function AssignmentPreview({ preview }: AssignmentPreviewProps) {
  const { t } = useTranslation('charging');
  const { matched, toAssign, already, alreadyExamples, withoutArea } = preview;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <div ref={box}>
      <Alert
        type={toAssign === 0 || withoutArea > 0 ? 'warning' : 'info'}
        showIcon
        role="status"
        title={t('assignment.matched', { count: matched })}
        description={
          <ul className="confirm-figures">
            <li>
              {toAssign > 0
                ? t('assignment.toAssign', { count: toAssign })
                : t('assignment.doNone')}
            </li>
            {already > 0 && <li>{t('assignment.already', { count: already })}</li>}
            {withoutArea > 0 && <li>{t('assignment.withoutArea', { count: withoutArea })}</li>}
            {alreadyExamples.length > 0 && (
              <li>
                {t('assignment.examples')}
                {alreadyExamples
                  .map(({ unitLabel, tariffName }) =>
                    t('assignment.example', { unit: unitLabel, tariff: tariffName }),
                  )
                  .join('、')}
              </li>
            )}
          </ul>
        }
      />
    </div>
  );
}
