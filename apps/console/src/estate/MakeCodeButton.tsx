import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client.ts';
import { refreshAll } from '../api/hooks.ts';
import { useMessages } from '../ui/use-messages.ts';

/** Asking for the code makes it. */
export function MakeCodeButton({ unitId }: { readonly unitId: string }) {
  const { t } = useTranslation('estate');
  const { failed } = useMessages();
  const queryClient = useQueryClient();
  const [isPending, setPending] = useState(false);
  const make = async () => {
    setPending(true);
    try {
      await call('GET /api/units/:unitId/room-code', { params: { unitId } });
      await refreshAll(queryClient);
    } catch (error) {
      failed(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <Button type="primary" loading={isPending} onClick={() => void make()}>
      {t('code.make')}
    </Button>
  );
}
