interface Help {
  readonly title: string;
  readonly body: string;
}

/** The product's help in English, article by article as in Chinese. */
export const helpEn: Readonly<Record<string, Help>> = {
  'pay-by-scan': {
    title: 'Scan to pay, in two steps',
    body: `Every home has a code, at the door or on the bill. It stays valid, and needs no account.
![A phone before the code at the door](picture:scan)
- Open Scan in WeChat, Alipay or UnionPay and point at the code.
- Check community, door and owner, tap Pay, and enter your password.
![The amount stands in the button](picture:confirm)
# Only some of the bills
All are ticked at first. Tap a tick to leave a bill out; the total follows.
# Why this amount
Tap “Why this amount” to see area, price and how it was worked out.`,
  },
  'pay-wechat': {
    title: 'Pay with WeChat',
    body: `- Open the page or the mini-program in WeChat and tap Pay.
- WeChat shows its own sheet: check amount and payee, then enter your password or use your finger.
![WeChat's payment sheet](picture:wallet)
- It is done when the page says Paid. The bill is settled about a second later.
# “Limit reached”
That is a daily limit of WeChat or your bank. Use another card or wallet, or pay tomorrow.
# Cancelled by mistake
Nothing was charged. The bills are where they were; tap Pay again.`,
  },
  'pay-alipay': {
    title: 'Pay with Alipay',
    body: `- Scan the code with Alipay, or open the mini-program in Alipay.
- Tap Pay, choose balance or card in Alipay's sheet, and enter your password.
![Alipay's payment sheet](picture:wallet)
- It is done when the page says Paid.
# Paid, but the page still confirms
Please do not pay again. We are asking Alipay; the page goes on by itself.`,
  },
  'pay-union': {
    title: 'Pay with UnionPay or a bank card',
    body: `- Scan the code with UnionPay or your bank's app and follow it.
- Without a wallet: open the page in your phone's browser and choose Bank card.
- Enter card number and SMS code on UnionPay's page.
![Card number on UnionPay's page](picture:card)
Card numbers and codes are entered at UnionPay only; the property company never sees them.`,
  },
  'pay-other': {
    title: 'Transfer, cash and card at the desk',
    body: `# Bank transfer
Each home has a reference. Write it in the remark of your transfer, and it is settled by itself.
# At the front desk
Your door number is enough. Cash, cheque, card, or the payment code of your phone.
- Check the amount there and ask for the receipt.
- The code on the receipt shows whether it is genuine.`,
  },
  'pay-for-parents': {
    title: 'Pay for parents or family',
    body: `- In My homes tap Bind a home, then Pay for family.
- Let them send you an invitation, or use account number, door and name.
![Their home on your phone](picture:family)
You see what is due and what you paid yourself, nothing else of their home.
Several homes can be paid at once; one password is enough where the money goes to one account.`,
  },
  prepayment: {
    title: 'Prepayment: pay ahead',
    body: `- Choose home and amount under Prepayment; the balance grows at once.
- New bills are settled from it first, the oldest before the others.
- If it is not enough, it settles a part; the rest is paid as usual.
Every movement is listed. You can switch automatic use off on that page.`,
  },
  autopay: {
    title: 'Set up autopay',
    body: `Once set up, WeChat or Alipay pays what falls due; there is nothing to do each month.
![Signing says how much may be taken](picture:mandate)
- Open Me → Autopay, choose wallet and charges, and the most that may be taken.
- Tap Read the agreement, then Agree and sign; it holds only once you confirm in your wallet.
- You are told amount and day at least a day before; without a notice nothing is debited.
- Until then you can skip a debit, and undo the skip.
- Limits can be lowered at any time; higher ones than you signed are signed again.
A bill above a limit is not debited, and you are told to pay it yourself; nor is one in dispute.`,
  },
  'autopay-stop': {
    title: 'Stop autopay, or a debit failed',
    body: `# Stop
Tap Stop autopay under Autopay; it holds at once, and no debit starts any more.
One that the wallet already has may still be taken; the page says so.
Your wallet's own settings can end it as well.
# Why debits fail
- Not enough money: we try again some days later, each time announced, or you pay now.
- Above your limit: raise it, or sign again.
- Above a limit of wallet or card: raise it in the wallet.
- Card expired: choose another one in your wallet.
Nothing is charged twice.`,
  },
  receipt: {
    title: 'Receipts: keep, print, check',
    body: `- Open a payment in the history to get its receipt as PDF or picture.
![The code on the receipt](picture:receipt)
- Whoever scans the code on it sees whether it is genuine and whether money went back.
What you paid at the desk is there too.`,
  },
  invoice: {
    title: 'Tax invoices',
    body: `A receipt is not a tax invoice.
If you need one, open a request of kind Invoice with title and tax number; the office answers.
- Deposits and water or power collected for others get a receipt only.
- After a refund the invoice has to be reversed; please send its details.`,
  },
  refund: {
    title: 'When does a refund arrive',
    body: `- What was paid twice goes back the same way by itself.
- Other refunds are approved by two people of the office.
- Wallet balances take minutes, bank cards one to three working days.
![The steps of a refund](picture:steps)
The history shows how far it is.`,
  },
  'bind-home': {
    title: 'Four ways to bind a home',
    body: `- Phone: if it is the one on file, your homes are found after the code.
- Account number: from your bill, with door and name.
- Invitation: from an owner who is bound already.
- Application: staff look at it and tell you.
![Choose one way](picture:bind)
You can pay without binding: scan the code at the door.`,
  },
  'home-people': {
    title: 'Who can see my home',
    body: `The owner sees everybody who is bound to the home, who added them and when.
- Remove counts at once.
- When a tenant moves out or the home is sold and the office has noted it, access ends as well.`,
  },
  'large-type': {
    title: 'Large type',
    body: `Me → Settings → Large type: bigger letters and buttons, one thing a screen.
![Bills in large type](picture:large)
If your phone shows larger letters, so does this app.
If you get stuck, tap Call the office.`,
  },
  messages: {
    title: 'Reminders and how to stop them',
    body: `We remind you by WeChat, Alipay or SMS when a bill falls due, never after it is paid.
- Settings → Notifications switches kinds and ways off.
- Nothing is sent at night.
- Links open the bill; they never ask for passwords or codes.`,
  },
  'wrong-bill': {
    title: 'Question one bill, pay the rest',
    body: `- Open the bill, tap Question it, and say why; photos help.
- Pay the others as usual.
- Until it is answered there are no reminders and no debits for it.
The office explains, corrects or cancels it, and tells you.`,
  },
  pending: {
    title: 'It keeps confirming',
    body: `The bank has not answered yet. Please do not pay again; the page goes on by itself.
- Charged: it is settled once confirmed, usually within minutes, the same day at the latest.
- Not charged: the payment is closed and the bills are due again.
- If you did pay twice, the second one goes back.`,
  },
  safety: {
    title: 'Stay safe',
    body: `- After scanning, check community, door and the payee's name.
- Do not scan codes that were pasted over; tell the office.
- Nobody from the office asks for codes, passwords or card numbers by phone.
- Receipts can be checked by their code; a screenshot is not a receipt.`,
  },
};
