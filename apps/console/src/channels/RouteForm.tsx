import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Body } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import { useChannels } from '../choices/use-channels.ts';
import { useCommunityOptions, useFeeItemOptions } from '../choices/use-options.ts';
import { Field, SelectField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import type { Route } from './RoutesPage.tsx';
import { useTellOutcome } from './use-propose.ts';
import './channels.css';

type RouteBody = Body<'POST /api/channel-routes'>;

/** An empty field is any. */
interface RouteValues {
  readonly communityId?: string;
  readonly feeItemId?: string;
  readonly product?: RouteBody['product'];
  readonly merchantAccountId: string;
  readonly priority: number;
}

interface RouteFormProps {
  readonly edited: Route | 'new' | undefined;
  readonly onClose: () => void;
}

const usualPriority = 100;

export function RouteForm({ edited, onClose }: RouteFormProps) {
  const { t } = useTranslation('channels');
  const tell = useTellOutcome();
  const add = useWrite('POST /api/channel-routes');
  const change = useWrite('PUT /api/channel-routes/:routeId');
  const route = edited === 'new' ? undefined : edited;
  const save = async (values: RouteValues) => {
    const body = bodyOf(values);
    tell(
      route
        ? await change.mutateAsync({ params: { routeId: route.id }, body })
        : await add.mutateAsync({ body }),
    );
  };
  return (
    <FormDrawer<RouteValues>
      title={t(route ? 'routes.edit' : 'routes.add')}
      isOpen={edited !== undefined}
      onClose={onClose}
      initialValues={route ? valuesOf(route) : { priority: usualPriority }}
      submitLabel={t('submit')}
      onSubmit={save}
    >
      <p className="page-intro form-intro">{t('routes.formHelp')}</p>
      <RouteFields />
      <p className="page-intro form-intro">{t('needsSecond')}</p>
    </FormDrawer>
  );
}

function RouteFields() {
  const { t } = useTranslation(['channels', 'choices']);
  const communities = useCommunityOptions();
  const feeItems = useFeeItemOptions();
  const { label, find } = useChannels();
  const accounts = useRead('GET /api/merchant-accounts', {}).data?.items ?? [];
  const accountId = Form.useWatch<string | undefined>('merchantAccountId');
  const channel = accounts.find(({ id }) => id === accountId)?.channel;
  const products = (channel === undefined ? undefined : find(channel)?.products) ?? [];
  return (
    <>
      <SelectField
        name="feeItemId"
        label={t('choices:feeItem')}
        options={feeItems.options}
        loading={feeItems.isLoading}
        placeholder={t('routes.any')}
      />
      <SelectField
        name="communityId"
        label={t('choices:community')}
        options={communities.options}
        loading={communities.isLoading}
        placeholder={t('routes.any')}
      />
      <SelectField
        name="merchantAccountId"
        label={t('routes.account')}
        required
        options={accounts.map(({ id, name, channel: of }) => ({
          value: id,
          label: `${name}（${label(of)}）`,
        }))}
      />
      <SelectField
        name="product"
        label={t('choices:product')}
        options={products.map((value) => ({ value, label: t(`choices:product.${value}`) }))}
        placeholder={t('routes.any')}
        help={t('routes.productHelp')}
      />
      <Field name="priority" label={t('routes.priority')} required help={t('routes.priorityHelp')}>
        <InputNumber min={1} max={999} precision={0} />
      </Field>
    </>
  );
}

function bodyOf(values: RouteValues): RouteBody {
  return {
    communityId: values.communityId ?? null,
    feeItemId: values.feeItemId ?? null,
    product: values.product ?? null,
    merchantAccountId: values.merchantAccountId,
    priority: values.priority,
  };
}

function valuesOf({ communityId, feeItemId, product, ...rest }: Route): RouteValues {
  return {
    merchantAccountId: rest.merchantAccountId,
    priority: rest.priority,
    ...(communityId !== null && { communityId }),
    ...(feeItemId !== null && { feeItemId }),
    ...(product !== null && { product }),
  };
}
