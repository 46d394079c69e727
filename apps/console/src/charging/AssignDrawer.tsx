import { Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, type Body, call } from '../api/client.ts';
import { useRead, useWrite } from '../api/hooks.ts';
import {
  type UnitKind,
  useBuildingOptions,
  useCommunityOptions,
  useFeeItemOptions,
  useKindOptions,
} from '../choices/use-options.ts';
import { DayField, SelectField } from '../ui/Fields.tsx';
import { FormDrawer } from '../ui/FormDrawer.tsx';
import { todayOf } from '../ui/format.ts';
import { useMessages } from '../ui/use-messages.ts';
import { AssignmentPreview } from './AssignmentPreview.tsx';

interface AssignValues {
  readonly communityId: string;
  readonly buildingIds?: string[];
  readonly kinds?: UnitKind[];
  readonly feeItemId: string;
  readonly tariffName: string;
  readonly fromOn: string;
  readonly toOn?: string;
}

interface AssignDrawerProps {
  readonly isOpen: boolean;
  readonly communityId: string | undefined;
  readonly feeItemId: string | undefined;
  readonly onClose: () => void;
}

type Preview = Answer<'POST /api/assignments/preview'>;

/** Chooses units by filter and a tariff; the second press of the button assigns what was shown. */
export function AssignDrawer({ isOpen, communityId, feeItemId, onClose }: AssignDrawerProps) {
  const { t } = useTranslation('charging');
  const { done } = useMessages();
  const assign = useWrite('POST /api/assignments');
  const [shown, setShown] = useState<{ readonly of: string; readonly preview: Preview }>();
  const close = () => {
    setShown(undefined);
    onClose();
  };
  const previewOf = (values: AssignValues) =>
    shown?.of === JSON.stringify(bodyOf(values)) ? shown.preview : undefined;
  const submit = async (values: AssignValues) => {
    const body = bodyOf(values);
    if ((previewOf(values)?.toAssign ?? 0) > 0) {
      done(t('assignment.done', await assign.mutateAsync({ body })));
      setShown(undefined);
      return undefined;
    }
    const preview = await call('POST /api/assignments/preview', { body });
    setShown({ of: JSON.stringify(body), preview });
    return 'stay';
  };
  return (
    <FormDrawer<AssignValues>
      title={t('assignment.add')}
      isOpen={isOpen}
      onClose={close}
      width={520}
      submitLabel={(values) => {
        const count = previewOf(values)?.toAssign ?? 0;
        return count > 0 ? t('assignment.do', { count }) : t('assignment.preview');
      }}
      initialValues={{
        ...(communityId !== undefined && { communityId }),
        ...(feeItemId !== undefined && { feeItemId }),
        fromOn: `${todayOf().slice(0, 7)}-01`,
      }}
      onSubmit={submit}
    >
      <AssignFields />
      <Form.Item noStyle shouldUpdate>
        {({ getFieldsValue }) => {
          const preview = previewOf(getFieldsValue());
          return preview ? <AssignmentPreview preview={preview} /> : null;
        }}
      </Form.Item>
    </FormDrawer>
  );
}

function AssignFields() {
  const { t } = useTranslation('charging');
  const form = Form.useFormInstance<AssignValues>();
  const communityId = Form.useWatch('communityId', form);
  const feeItemId = Form.useWatch('feeItemId', form);
  const communities = useCommunityOptions();
  const buildings = useBuildingOptions(communityId);
  const feeItems = useFeeItemOptions();
  const tariffs = useRead(
    'GET /api/tariffs',
    { query: { feeItemId, latest: true, limit: 200 } },
    { enabled: feeItemId !== undefined },
  );
  const names = feeItemId === undefined ? [] : (tariffs.data?.items ?? []);
  const hasNone = feeItemId !== undefined && tariffs.data?.items.length === 0;
  return (
    <>
      <SelectField
        name="communityId"
        label={t('assignment.community')}
        required
        options={communities.options}
      />
      <SelectField
        name="buildingIds"
        label={t('assignment.buildings')}
        multiple
        options={buildings.options}
        placeholder={t('assignment.buildingsHint')}
      />
      <SelectField
        name="kinds"
        label={t('assignment.kinds')}
        multiple
        options={useKindOptions()}
        placeholder={t('assignment.kindsHint')}
      />
      <SelectField
        name="feeItemId"
        label={t('assignment.feeItem')}
        required
        options={feeItems.options}
      />
      <SelectField
        name="tariffName"
        label={t('assignment.tariff')}
        required
        options={names.map(({ name }) => ({ value: name, label: name }))}
        {...(hasNone && { help: t('assignment.noTariff') })}
      />
      <DayField name="fromOn" label={t('assignment.from')} required />
      <DayField name="toOn" label={t('assignment.to')} />
    </>
  );
}

function bodyOf(values: AssignValues): Body<'POST /api/assignments'> {
  const { communityId, buildingIds, kinds, feeItemId, tariffName, fromOn, toOn } = values;
  return {
    filter: {
      communityId,
      ...(buildingIds && buildingIds.length > 0 && { buildingIds }),
      ...(kinds && kinds.length > 0 && { kinds }),
    },
    feeItemId,
    tariffName,
    fromOn,
    ...(toOn && { toOn }),
  };
}
