import { callPhone, company } from '#platform';
import { Button } from '#ui';
import { useRead } from '../data/index.ts';
import { useTexts } from '../i18n/index.ts';
import { Hint } from './layout.tsx';
import { uiTexts } from './texts.ts';

interface CallOfficeProps {
  /** Of the home in question; without it the company's phone, or the only one that there is. */
  readonly communityName?: string | undefined;
}

/** Calls the office; nothing where no telephone is known. Kept, so that it is there offline too. */
export function CallOffice({ communityName }: CallOfficeProps) {
  const t = useTexts(uiTexts);
  const query = { company: company() };
  const { data } = useRead('GET /api/resident/office', { query }, { keeps: true });
  const { service = null, communities = [] } = data ?? {};
  const own = communities.find((one) => one.communityName === communityName);
  const only = communities.length === 1 ? communities[0] : undefined;
  const found = own?.service ?? service ?? only?.service;
  if (!found) return null;
  return (
    <>
      <Button onTap={() => callPhone(found.phone.replace(/ /g, ''))}>
        {t('callOffice', { phone: found.phone })}
      </Button>
      {found.hours !== null && <Hint>{found.hours}</Hint>}
    </>
  );
}
