import { a5, createWriter, renderPng } from '../platform/paper/index.ts';
import { createClient, type DemoClient } from './client.ts';
import { lakesideName, ownerPhoneOf } from './house-list.ts';
import type { SimulatorPlace } from './simulated-accounts.ts';
import { alipayUserCode, wechatUserCode } from './simulated-wallets.ts';

interface Person {
  /** Number of the simulated wallets' user. */
  readonly user: number;
  readonly name: string;
  /** As the house list has it, for whoever owns a home. */
  readonly phone?: string;
  readonly isElder?: boolean;
}

/** The simulated wallets' people live here; their fourth user is new, as everybody once was. */
const owner: Person = { user: 1, name: '王小明', phone: ownerPhoneOf(0) };
const family: Person = { user: 2, name: '李芳' };
const elder: Person = { user: 3, name: '陈伯伯', phone: ownerPhoneOf(3), isElder: true };

const shortCode = 'demo';
const applicantPhone = '13600002468';

export interface Place extends SimulatorPlace {
  readonly origin: string;
}

interface Me {
  readonly phoneMasked: string | null;
  readonly wallets: readonly { readonly channel: string }[];
}

interface Home {
  readonly unitId: string;
  readonly label: string;
  readonly kind: string;
}

/**
 * Residents as they come: an owner with a home and a parking space, their family, an old
 * neighbour whose bills the family pays, and somebody who asks for a home.
 */
export async function ensureResidents(client: DemoClient, place: Place): Promise<void> {
  const [ming, fang, chen] = [
    await signedIn(place, owner),
    await signedIn(place, family),
    await signedIn(place, elder),
  ];
  await letIn(await homeOf(ming), { host: ming, guest: fang, role: 'family', note: '妻子' });
  await letIn(await homeOf(chen), { host: chen, guest: fang, role: 'payer', note: '女儿代缴' });
  await applyForHome(client, place);
}

export async function signedInByWallet(place: Place, user: number): Promise<DemoClient> {
  const loginCode = await wechatUserCode(place, user);
  return await sessionOf(place, 'wallet', { channel: 'wechat-pay', loginCode });
}

/** Signed in by the wallet of WeChat; that of Alipay signs in to the same account. */
async function signedIn(place: Place, person: Person): Promise<DemoClient> {
  const resident = await signedInByWallet(place, person.user);
  const me = await resident.get<Me>('/api/resident/me');
  if (!me.wallets.some(({ channel }) => channel === 'alipay')) {
    const alipayCode = await alipayUserCode(place, person.user);
    const wallet = { channel: 'alipay', loginCode: alipayCode };
    await resident.post('/api/resident/me/wallets', wallet);
  }
  const { name: displayName, isElder = false } = person;
  await resident.post('/api/resident/me', { displayName, isElder });
  if (person.phone !== undefined && me.phoneMasked === null) {
    await linkPhone(place, resident, person.phone);
  }
  const { items } = await resident.get<{ items: Home[] }>('/api/resident/home-offers');
  if (items.length > 0) {
    const unitIds = items.map(({ unitId }) => unitId);
    await resident.post('/api/resident/homes/by-phone', { unitIds });
  }
  return resident;
}

async function sessionOf(place: Place, way: 'wallet' | 'phone', proof: object) {
  const anybody = createClient(place.origin);
  const body = { company: shortCode, ...proof };
  const { token } = await anybody.post<{ token: string }>(`/api/resident/session/${way}`, body);
  return createClient(place.origin, { authorization: `Bearer ${token}` });
}

/** The wallet tells the phone, as its user agreed. */
async function linkPhone(place: Place, resident: DemoClient, phone: string): Promise<void> {
  const simulator = createClient(place.simulatorUrl);
  const path = '/control/messages/phone-codes';
  const { code } = await simulator.post<{ code: string }>(path, { phone });
  await resident.put('/api/resident/me/wallet-phone', { channel: 'wechat-pay', code });
}

async function homeOf(resident: DemoClient): Promise<Home> {
  const { items } = await resident.get<{ items: Home[] }>('/api/resident/homes');
  const home = items.find(({ kind }) => kind === 'home');
  if (!home) throw new Error('demo set-up: the house list names no home with this phone');
  return home;
}

interface Letting {
  readonly host: DemoClient;
  readonly guest: DemoClient;
  readonly role: 'family' | 'payer';
  readonly note: string;
}

async function letIn({ unitId }: Home, { host, guest, role, note }: Letting): Promise<void> {
  const homes = await guest.get<{ items: Home[] }>('/api/resident/homes');
  if (homes.items.some((home) => home.unitId === unitId)) return;
  const path = `/api/resident/homes/${unitId}/invitations`;
  const { code } = await host.post<{ code: string }>(path, { role, note });
  await guest.post('/api/resident/homes/by-invitation', { code });
}

/** A tenant whom the house list does not know sends photos of the contract. */
async function applyForHome(client: DemoClient, place: Place): Promise<void> {
  const anybody = createClient(place.origin);
  const { items } = await client.get<{ items: unknown[] }>('/api/home-applications?limit=1');
  if (items.length > 0) return;
  const asked = { company: shortCode, phone: applicantPhone };
  const { codeId } = await anybody.post<{ codeId: string }>('/api/resident/codes', asked);
  const code = await codeOnPhone(place, applicantPhone);
  const applicant = await sessionOf(place, 'phone', { surface: 'wechat', codeId, code });
  await applicant.post('/api/resident/me', { displayName: '周敏' });
  const { applicationId } = await applicant.post<{ applicationId: string }>(
    '/api/resident/applications',
    {
      unitId: await unitToRent(client),
      role: 'tenant',
      name: '周敏',
      reason: '本月起租住这里，租期一年，水电费由我缴纳',
    },
  );
  for (const lines of [contract, handover]) {
    const path = `/api/resident/applications/${applicationId}/photos`;
    await applicant.sendBytes(path, 'image/png', await pictureOf(lines));
  }
}

async function unitToRent(client: DemoClient): Promise<string> {
  const communities = await client.get<{ items: { id: string; name: string }[] }>(
    '/api/communities',
  );
  const communityId = communities.items.find(({ name }) => name === lakesideName)?.id ?? '';
  const { items } = await client.get<{ items: { id: string; kind: string }[] }>(
    `/api/units?communityId=${communityId}&limit=50`,
  );
  const unit = items.filter(({ kind }) => kind === 'home').at(-1);
  if (!unit) throw new Error('demo set-up: the second community has no home');
  return unit.id;
}

interface SimulatedMessage {
  readonly body: string;
}

/** Reads it as its owner would. */
async function codeOnPhone({ simulatorUrl }: Place, phone: string): Promise<string> {
  const simulator = createClient(simulatorUrl);
  const { messages } = await simulator.get<{ messages: SimulatedMessage[] }>(
    `/control/messages?receiver=${phone}`,
  );
  const code = /(?<!\d)\d{6}(?!\d)/.exec(messages.at(-1)?.body ?? '')?.[0];
  if (code === undefined) throw new Error('demo set-up: no code came to the phone');
  return code;
}

const contract = [
  '房屋租赁合同（演示）',
  '出租人：翠湖雅苑业主',
  '承租人：周敏',
  '租期：一年，自本月一日起',
  '租金按季度支付；物业服务费、水电费由承租人承担。',
];
const handover = ['钥匙交接单（演示）', '入户门钥匙 2 把，门禁卡 2 张', '接收人：周敏'];

async function pictureOf([title = '', ...lines]: readonly string[]): Promise<Buffer> {
  const writer = createWriter({ ...a5, heightPt: undefined });
  writer.text(title, { sizePt: 18, align: 'centre' });
  writer.gap(8);
  for (const line of lines) writer.text(line, { sizePt: 12 });
  writer.gap(24);
  return await renderPng({ title, language: 'zh', sheets: writer.sheets() });
}
