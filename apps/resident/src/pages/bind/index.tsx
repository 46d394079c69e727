import { useState } from 'react';
import { replace } from '#platform';
import { Button, Choice, Input, Page, Picker, Text, TextArea } from '#ui';
import { request } from '../../api/index.ts';
import { forgetAnswers, useAction, useRead } from '../../data/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { Card, Failure, FormField, List, ListItem, Notice } from '../../ui/index.ts';
import { texts } from './texts.ts';

const ways = ['number', 'invitation', 'apply'] as const;
type Way = (typeof ways)[number];

/** 绑定房屋: what the house list offers first, then the other ways, one form at a time. */
export default function BindPage() {
  const t = useTexts(texts);
  const [way, setWay] = useState<Way>('number');
  const bound = () => {
    forgetAnswers();
    replace('bills');
  };
  return (
    <Page title={t('title')}>
      <Offers onBound={bound} />
      <Card title={t('otherWays')}>
        <Choice
          ariaLabel={t('otherWays')}
          value={way}
          options={ways.map((one) => ({ value: one, label: t(`way.${one}`) }))}
          onChange={(next) => setWay(ways.find((one) => one === next) ?? 'number')}
        />
      </Card>
      {way === 'number' && <ByNumber onBound={bound} />}
      {way === 'invitation' && <ByInvitation />}
      {way === 'apply' && <Apply />}
    </Page>
  );
}

interface BoundProps {
  readonly onBound: () => void;
}

/** Homes that the house list names with the phone. */
function Offers({ onBound }: BoundProps) {
  const t = useTexts(texts);
  const offers = useRead('GET /api/resident/home-offers', {});
  const items = offers.data?.items ?? [];
  const take = useAction(async () => {
    const unitIds = items.map(({ unitId }) => unitId);
    await request('POST /api/resident/homes/by-phone', { body: { unitIds } });
    onBound();
  });
  if (items.length === 0) return null;
  return (
    <Card title={t('offers')}>
      <List label={t('offers')}>
        {items.map(({ unitId, label, communityName, role }) => (
          <ListItem
            key={unitId}
            icon="home"
            title={label}
            hint={`${communityName} · ${t(`role.${role}`)}`}
          />
        ))}
      </List>
      <Failure error={take.failure} />
      <Button kind="main" onTap={take.run} busy={take.isBusy}>
        {t('takeOffers', { count: items.length })}
      </Button>
    </Card>
  );
}

const givenRoles = ['family', 'tenant', 'payer'] as const;

function ByNumber({ onBound }: BoundProps) {
  const t = useTexts(texts);
  const [accountNumber, setNumber] = useState('');
  const [doorNo, setDoor] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof givenRoles)[number]>('family');
  const bind = useAction(async () => {
    const body = { accountNumber, doorNo, name, role };
    await request('POST /api/resident/homes/by-account-number', { body });
    onBound();
  });
  const isWhole = accountNumber.length >= 4 && doorNo.trim() !== '' && name.trim() !== '';
  return (
    <Card title={t('way.number')}>
      <FormField label={t('number')} hint={t('numberHint')}>
        {(field) => <Input {...field} value={accountNumber} maxLength={30} onChange={setNumber} />}
      </FormField>
      <FormField label={t('door')} hint={t('doorHint')}>
        {(field) => <Input {...field} value={doorNo} maxLength={30} onChange={setDoor} />}
      </FormField>
      <FormField label={t('name')} hint={t('nameHint')}>
        {(field) => <Input {...field} value={name} maxLength={60} onChange={setName} />}
      </FormField>
      <Choice
        ariaLabel={t('who')}
        value={role}
        options={givenRoles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
        onChange={(next) => setRole(givenRoles.find((one) => one === next) ?? 'family')}
      />
      <Failure error={bind.failure} />
      <Button kind="main" onTap={bind.run} busy={bind.isBusy} disabled={!isWhole}>
        {t('bind')}
      </Button>
    </Card>
  );
}

function ByInvitation() {
  const t = useTexts(texts);
  const [code, setCode] = useState('');
  return (
    <Card title={t('way.invitation')}>
      <FormField label={t('invitation')} hint={t('invitationHint')}>
        {(field) => <Input {...field} value={code} maxLength={40} onChange={setCode} />}
      </FormField>
      <Button
        kind="main"
        onTap={() => replace('invitation', { code: code.replace(/[\s-]/g, '') })}
        disabled={code.length < 8}
      >
        {t('look')}
      </Button>
    </Card>
  );
}

const roles = ['owner', ...givenRoles] as const;

function Apply() {
  const t = useTexts(texts);
  const [unitId, setUnit] = useState<string>();
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('owner');
  const [isSent, setSent] = useState(false);
  const send = useAction(async () => {
    const body = { unitId: unitId ?? '', role, name, reason };
    await request('POST /api/resident/applications', { body });
    setSent(true);
  });
  if (isSent) return <Notice kind="good" title={t('applied')} />;
  const isWhole = unitId !== undefined && name.trim() !== '' && reason.trim() !== '';
  return (
    <Card title={t('way.apply')}>
      <Text>{t('applyHint')}</Text>
      <Places unitId={unitId} onUnit={setUnit} />
      <FormField label={t('ownName')}>
        {(field) => <Input {...field} value={name} maxLength={60} onChange={setName} />}
      </FormField>
      <Choice
        ariaLabel={t('who')}
        value={role}
        options={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
        onChange={(next) => setRole(roles.find((one) => one === next) ?? 'owner')}
      />
      <FormField label={t('reason')} hint={t('reasonHint')}>
        {(field) => <TextArea {...field} value={reason} maxLength={300} onChange={setReason} />}
      </FormField>
      <Failure error={send.failure} />
      <Button kind="main" onTap={send.run} busy={send.isBusy} disabled={!isWhole}>
        {t('send')}
      </Button>
    </Card>
  );
}

interface PlacesProps {
  readonly unitId: string | undefined;
  readonly onUnit: (unitId: string | undefined) => void;
}

function Places({ unitId, onUnit }: PlacesProps) {
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
