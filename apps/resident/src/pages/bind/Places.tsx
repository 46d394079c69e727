import { useState } from 'react';
import { Picker } from '#ui';
import { useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { FormField } from '../../ui/index.ts';
import { texts } from './texts.ts';

interface PlacesProps {
  readonly unitId: string | undefined;
  readonly onUnit: (unitId: string | undefined) => void;
}

/** Community, building and door, one after the other. */
export function Places({ unitId, onUnit }: PlacesProps) {
  const t = useTexts(texts);
  const [communityId, setCommunity] = useState<string>();
  const [buildingId, setBuilding] = useState<string>();
  const communities = useRead('GET /api/resident/communities', {});
  return (
    <>
      <PlacePicker
        label={t('community')}
        places={communities.data?.items ?? []}
        value={communityId}
        onChange={(next) => {
          setCommunity(next);
          setBuilding(undefined);
          onUnit(undefined);
        }}
      />
      {communityId !== undefined && (
        <Buildings
          key={communityId}
          communityId={communityId}
          value={buildingId}
          onChange={(next) => {
            setBuilding(next);
            onUnit(undefined);
          }}
        />
      )}
      {buildingId !== undefined && (
        <Doors key={buildingId} buildingId={buildingId} value={unitId} onChange={onUnit} />
      )}
    </>
  );
}

interface Picked {
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
}

function Buildings({ communityId, ...picked }: Picked & { readonly communityId: string }) {
  const t = useTexts(texts);
  const read = useRead('GET /api/resident/communities/:communityId/buildings', {
    params: { communityId },
  });
  return <PlacePicker label={t('building')} places={read.data?.items ?? []} {...picked} />;
}

function Doors({ buildingId, ...picked }: Picked & { readonly buildingId: string }) {
  const t = useTexts(texts);
  const read = useRead('GET /api/resident/buildings/:buildingId/units', { params: { buildingId } });
  return <PlacePicker label={t('unit')} places={read.data?.items ?? []} {...picked} />;
}

interface PlacePickerProps extends Picked {
  readonly label: string;
  readonly places: readonly { readonly id: string; readonly name: string }[];
}

function PlacePicker({ label, places, value, onChange }: PlacePickerProps) {
  return (
    <FormField label={label}>
      {({ id, ariaLabel }) => (
        <Picker
          id={id}
          ariaLabel={ariaLabel}
          value={value}
          options={places.map((place) => ({ value: place.id, label: place.name }))}
          onChange={onChange}
        />
      )}
    </FormField>
  );
}
