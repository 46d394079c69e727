import type { FastifyInstance } from 'fastify';
import { serveFile } from '../assets.ts';
import { type Html, html } from '../html.ts';
import { queryOf } from '../inbound.ts';
import { beijing } from './aliyun.ts';
import type { MessageDeps, ProviderName, Shown } from './records.ts';

/** What a page of phones holds; older messages are found by searching for their receiver. */
const PHONES_MOST = 24;
const MESSAGES_MOST = 12;

const KINDS: Record<ProviderName, string> = {
  'aliyun-sms': '短信',
  'tencent-sms': '短信',
  wechat: '微信',
  alipay: '支付宝',
  jpush: '推送',
  getui: '推送',
  smtp: '邮件',
};

/** The phones page: every message as its receiver sees it, live, with links that open. */
export function registerPhones(app: FastifyInstance, deps: MessageDeps): void {
  app.get('/phones', (request, reply) =>
    reply.type('text/html; charset=utf-8').send(phonesPage(deps, queryOf(request).get('q') ?? '')),
  );
  app.get('/phones/list', (request, reply) =>
    reply.type('text/html; charset=utf-8').send(listOf(deps, queryOf(request).get('q') ?? '').html),
  );
  serveFile(app, { path: '/assets/phones.js', file: 'phones.js', type: 'text/javascript' });
  serveFile(app, { path: '/assets/phones.css', file: 'phones.css', type: 'text/css' });
}

function phonesPage(deps: MessageDeps, search: string): string {
  const base = deps.publicPath;
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<meta name="robots" content="noindex">
<title>住户手机（模拟）</title>
<link rel="icon" href="${base}/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${base}/assets/phones.css">
</head>
<body>
<header>
<h1>住户手机 <span class="mark">模拟</span></h1>
<p>系统发出的每条消息，就像住户看到的一样；新的在前，链接可以点开。</p>
<form role="search"><label>手机号、用户标识或邮箱
<input name="q" value="${search}" autocomplete="off"></label><button>查找</button></form>
</header>
<main id="phones" aria-live="polite">${listOf(deps, search)}</main>
<script src="${base}/assets/phones.js" data-base="${base}"></script>
</body>
</html>
`.html;
}

function listOf(deps: MessageDeps, search: string): Html {
  const byReceiver = new Map<string, Shown[]>();
  for (const message of deps.records.shown.values().reverse()) {
    if (search !== '' && !message.receiver.includes(search)) continue;
    const known = byReceiver.get(message.receiver);
    if (known) known.push(message);
    else byReceiver.set(message.receiver, [message]);
  }
  if (byReceiver.size === 0) {
    const hint =
      search === ''
        ? '还没有消息。请在管理端“消息通道”发送测试，或等催缴计划到时间。'
        : '这个接收人还没有收到消息。';
    return html`<p class="empty">${hint}</p>`;
  }
  const newest = [...byReceiver].slice(0, PHONES_MOST);
  return html`${newest.map(([receiver, messages]) => phone(deps, receiver, messages))}`;
}

function phone(deps: MessageDeps, receiver: string, messages: readonly Shown[]): Html {
  const [newest] = messages;
  const kind = newest ? KINDS[newest.provider] : '';
  const more = messages.length - MESSAGES_MOST;
  return html`<section class="phone" aria-label="${kind} ${receiver}">
<h2>${receiver}</h2>
<ol>${messages.slice(0, MESSAGES_MOST).map((message) => bubble(deps, message))}</ol>
${more > 0 && html`<p class="more">还有 ${more} 条更早的消息</p>`}
</section>`;
}

function bubble(deps: MessageDeps, message: Shown): Html {
  const kind = KINDS[message.provider];
  const isCard = message.lines.length > 0;
  const at = beijing(message.at);
  const lines = message.lines.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`);
  return html`<li class="${isCard ? 'card' : message.provider === 'smtp' ? 'mail' : 'bubble'}">
<p class="from">${kind} <time>${at.slice(5, 16)}</time>
${message.state === 'failed' && html`<strong class="failed">未送达</strong>`}</p>
${(isCard || !message.provider.endsWith('sms')) && html`<h3>${message.title}</h3>`}
${isCard ? html`<dl>${lines}</dl>` : html`<p class="text">${linked(message.body)}</p>`}
${message.link !== null && !message.body.includes(message.link) && opened(deps, message.link)}
</li>`;
}

/** Links in a text, as a phone makes them. */
function linked(body: string): Html {
  const parts = body.split(/(https?:\/\/[^\s，。；）]+)/);
  return html`${parts.map((part, index) =>
    index % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noopener">${part}</a>` : part,
  )}`;
}

/** A page of a mini-program opens nothing here; its address is shown. */
function opened(_deps: MessageDeps, link: string): Html {
  return /^https?:/.test(link)
    ? html`<p><a class="open" href="${link}" target="_blank" rel="noopener">打开</a></p>`
    : html`<p class="page">打开小程序页面 ${link}</p>`;
}
