// What the page says, in two languages. Refusals come from the server in the same language.

const TEXTS = {
  en: {
    signIn: "Sign in",
    invited: "You are invited",
    invitedLead: "Sign in with your phone number, and whoever invited you will see that you came.",
    signInLead: "We send a code to your phone. A new number becomes a new account.",
    phone: "Phone number",
    phoneHint: "In any spelling, such as 8 911 000-00-00 or +7 911 000 00 00.",
    sendCode: "Send the code",
    codeTitle: "Enter the code",
    codeSentTo: "It was sent to {phone}.",
    code: "Code, {length} digits",
    demo: "This is a demonstration: nothing was sent. Your code is {code}.",
    resend: "Send another code",
    sentAgain: "Another code was sent.",
    resendIn: "Another code in {time}",
    otherNumber: "Another number",
    attemptsLeft: "Attempts left: {count}.",
    tryAt: "Try again at {time}.",
    invitedBy: "Invite code",
    inviteHint: "If somebody invited you. You can enter it later too.",
    hello: "Your invite code",
    copy: "Copy the link",
    copied: "Copied",
    share: "Share",
    qr: "QR picture of your invite link",
    yourNumber: "You are signed in as {phone}.",
    enterCode: "Who invited you?",
    enterCodeHint: "Six digits and letters. Only one can ever be entered.",
    activate: "Enter",
    activated: "You came with the code {code}.",
    came: "Who came with your code",
    nobody: "Nobody yet. Share your link.",
    count: "In all: {count}",
    erased: "account erased",
    more: "Show more",
    arrived: "New: {phone}",
    sessions: "Where you are signed in",
    here: "this device",
    unknownDevice: "unknown device",
    lastUsed: "last used {time}",
    end: "End",
    signOut: "Sign out",
    signOutEverywhere: "Sign out everywhere",
    erase: "Erase my account",
    eraseLead: "Your number, sessions and history are removed for good. Type your number to confirm.",
    offline: "There is no connection. Your entries are kept; try again.",
    broken: "Something went wrong on our side. Please try again in a moment.",
    tryAgain: "Try again",
    sessionOver: "Your session is over. Please sign in again.",
    gone: "Your account was erased.",
    language: "На русском",
  },
  ru: {
    signIn: "Вход",
    invited: "Вас пригласили",
    invitedLead: "Войдите по номеру телефона, и тот, кто вас пригласил, увидит, что вы пришли.",
    signInLead: "Мы отправим код на ваш телефон. Если номер новый, появится новая учётная запись.",
    phone: "Номер телефона",
    phoneHint: "В любой записи, например 8 911 000-00-00 или +7 911 000 00 00.",
    sendCode: "Отправить код",
    codeTitle: "Введите код",
    codeSentTo: "Он отправлен на {phone}.",
    code: "Код, цифр: {length}",
    demo: "Это демонстрация, SMS не отправлялась. Ваш код — {code}.",
    resend: "Отправить код ещё раз",
    sentAgain: "Отправлен ещё один код.",
    resendIn: "Ещё раз через {time}",
    otherNumber: "Другой номер",
    attemptsLeft: "Осталось попыток: {count}.",
    tryAt: "Попробуйте снова в {time}.",
    invitedBy: "Код приглашения",
    inviteHint: "Если вас кто-то пригласил. Можно ввести и позже.",
    hello: "Ваш код приглашения",
    copy: "Скопировать ссылку",
    copied: "Скопировано",
    share: "Поделиться",
    qr: "QR-код вашей ссылки",
    yourNumber: "Вы вошли как {phone}.",
    enterCode: "Кто вас пригласил?",
    enterCodeHint: "Шесть цифр и букв. Ввести можно только один код.",
    activate: "Ввести",
    activated: "Вы пришли с кодом {code}.",
    came: "Кто пришёл с вашим кодом",
    nobody: "Пока никого. Поделитесь ссылкой.",
    count: "Всего: {count}",
    erased: "учётная запись удалена",
    more: "Показать ещё",
    arrived: "Новый: {phone}",
    sessions: "Где выполнен вход",
    here: "это устройство",
    unknownDevice: "неизвестное устройство",
    lastUsed: "последний раз {time}",
    end: "Завершить",
    signOut: "Выйти",
    signOutEverywhere: "Выйти везде",
    erase: "Удалить учётную запись",
    eraseLead: "Номер, сессии и история будут удалены навсегда. Для подтверждения введите свой номер.",
    offline: "Нет соединения. Введённое сохранено; попробуйте ещё раз.",
    broken: "Что-то сломалось на нашей стороне. Попробуйте через минуту.",
    tryAgain: "Попробовать ещё раз",
    sessionOver: "Сессия завершена. Войдите снова.",
    gone: "Учётная запись удалена.",
    language: "In English",
  },
};

const CHOSEN = "language";

/** The chosen language, or else the browser's. */
export function language() {
  const wanted = localStorage.getItem(CHOSEN) ?? navigator.language.slice(0, 2);
  return wanted in TEXTS ? wanted : "en";
}

/** The other language from now on. */
export function switchLanguage() {
  localStorage.setItem(CHOSEN, language() === "ru" ? "en" : "ru");
}

/** A text, with what stands in {braces} filled in. */
export function t(name, values = {}) {
  return TEXTS[language()][name].replace(/\{(\w+)\}/g, (_, value) => values[value]);
}

/** An instant as people say it: the time alone if it is today. */
export function when(text) {
  const instant = new Date(text);
  const today = instant.toDateString() === new Date().toDateString();
  const style = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(language(), style).format(instant);
}
