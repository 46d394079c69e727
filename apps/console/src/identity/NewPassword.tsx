import { Alert, Button, Modal, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

export interface ShownPassword {
  readonly name: string;
  readonly password: string;
}

interface NewPasswordProps {
  readonly shown: ShownPassword | undefined;
  readonly onClose: () => void;
}

/** A generated password, shown this once. */
export function NewPassword({ shown, onClose }: NewPasswordProps) {
  const { t } = useTranslation(['identity', 'ui']);
  return (
    <Modal
      open={shown !== undefined}
      title={t('staff.newPassword', { name: shown?.name ?? '' })}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('ui:dismiss')}
        </Button>
      }
    >
      <div className="stack">
        <Alert type="warning" showIcon title={t('staff.newPasswordSays')} />
        <Typography.Text copyable className="mono" style={{ fontSize: 18 }}>
          {shown?.password ?? ''}
        </Typography.Text>
      </div>
    </Modal>
  );
}
