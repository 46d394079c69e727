import { createClient } from './client.ts';
import { alipayAppId, type SimulatorPlace, wechatAppId } from './simulated-accounts.ts';

/** What `wx.login` gives to the mini-program of a simulated user. */
export async function wechatUserCode({ simulatorUrl }: SimulatorPlace, user: number) {
  const simulator = createClient(simulatorUrl);
  const asked = { appid: wechatAppId, user, kind: 'mini-program' };
  const { code } = await simulator.post<{ code: string }>('/control/wechat-pay/login', asked);
  return code;
}

/** What `my.getAuthCode` gives: Alipay's own page sends it to the address that asked. */
export async function alipayUserCode(place: SimulatorPlace, user: number): Promise<string> {
  const query = new URLSearchParams({
    app_id: alipayAppId,
    scope: 'auth_base',
    redirect_uri: `${place.publicUrl}/r/demo/`,
    sim_user: String(user),
  });
  const address = `${place.simulatorUrl}/oauth2/publicAppAuthorize.htm?${query.toString()}`;
  const answer = await fetch(address, { redirect: 'manual' });
  const target = answer.headers.get('location') ?? '';
  const code = URL.canParse(target) ? new URL(target).searchParams.get('auth_code') : null;
  if (code === null) throw new Error(`demo set-up: no code of Alipay (${answer.status})`);
  return code;
}
