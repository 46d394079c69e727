import { UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../api/client.ts';
import { forgetSession, useSession } from '../api/session.ts';
import { paths } from '../paths.ts';
import { useMessages } from '../ui/use-messages.ts';

/** What one can do with one's own account. */
export function AccountMenu() {
  const { t } = useTranslation('shell');
  const { staffName } = useSession();
  const { failed } = useMessages();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const signOut = async () => {
    try {
      await call('DELETE /api/session', {});
      forgetSession(queryClient);
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'password', label: t('password') },
          { key: 'signOut', label: t('signOut') },
        ],
        onClick: ({ key }) => {
          if (key === 'password') void navigate(paths.password());
          else void signOut();
        },
      }}
    >
      <Button
        type="text"
        icon={<UserOutlined aria-hidden />}
        aria-label={t('account', { name: staffName })}
      >
        <span className="shell-staff">{staffName}</span>
      </Button>
    </Dropdown>
  );
}
