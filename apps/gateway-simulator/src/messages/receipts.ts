import { beijing } from './aliyun.ts';
import { customerOf, type DueReceipt, type MessageDeps, type Shown } from './records.ts';

const TRIES_MOST = 3;
const AGAIN_MS = 60_000;
const ANSWER_MS = 5_000;

export function nextReceiptAt({ records }: MessageDeps): number | null {
  const times = records.receipts.values().map((one) => one.at);
  return times.length === 0 ? null : Math.min(...times);
}

/** Tells senders what became of their messages, those of one sender together. */
export async function sendReceipts(deps: MessageDeps): Promise<void> {
  const { records, clock } = deps;
  const now = clock.scheduleNow();
  const due = records.receipts.values().filter((one) => one.at <= now);
  const groups = new Map<string, { receipt: DueReceipt; message: Shown }[]>();
  for (const receipt of due) {
    const message = records.shown.get(receipt.messageId);
    records.receipts.remove(receipt.id);
    if (!message) continue;
    const state = receipt.isDelivered ? 'delivered' : 'failed';
    records.shown.set(message.id, { ...message, state });
    const key = `${message.provider}/${message.customer}`;
    groups.set(key, [...(groups.get(key) ?? []), { receipt, message }]);
  }
  for (const group of groups.values()) await push(deps, group);
}

async function push(
  deps: MessageDeps,
  group: readonly { receipt: DueReceipt; message: Shown }[],
): Promise<void> {
  const [first] = group;
  if (!first) return;
  const { provider, customer } = first.message;
  const url = customerOf(deps.records, provider, customer)?.receiptUrl;
  if (!url || (provider !== 'aliyun-sms' && provider !== 'tencent-sms')) return;
  const write = provider === 'aliyun-sms' ? aliyunItem : tencentItem;
  const body = JSON.stringify(group.map(({ receipt, message }) => write(receipt, message)));
  const isTaken = await post(url, body);
  if (isTaken) return;
  for (const { receipt } of group) {
    if (receipt.tries + 1 >= TRIES_MOST) continue;
    const at = deps.clock.scheduleNow() + AGAIN_MS;
    deps.records.receipts.set(receipt.id, { ...receipt, at, tries: receipt.tries + 1 });
  }
}

async function post(url: string, body: string): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = await answer.text();
    return answer.ok && /"(code|result)"\s*:\s*0/.test(text);
  } catch {
    return false;
  }
}

function aliyunItem({ isDelivered }: DueReceipt, message: Shown) {
  return {
    ...{ phone_number: message.receiver, send_time: beijing(message.at), success: isDelivered },
    ...{ report_time: beijing(message.at + 1000), err_code: isDelivered ? 'DELIVERED' : 'MK:0001' },
    ...{ err_msg: isDelivered ? '用户接收成功' : '空号', sms_size: '1' },
    ...{ biz_id: message.providerNo, out_id: message.outId },
  };
}

function tencentItem({ isDelivered }: DueReceipt, message: Shown) {
  return {
    ...{ user_receive_time: beijing(message.at + 1000), nationcode: '86' },
    ...{ mobile: message.receiver, report_status: isDelivered ? 'SUCCESS' : 'FAIL' },
    ...{ errmsg: isDelivered ? 'DELIVRD' : 'MK:0001', description: isDelivered ? '成功' : '空号' },
    sid: message.providerNo,
  };
}
