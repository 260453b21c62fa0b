// The texts of the page in English and Russian. Messages of refusals come from the server in the same language.

import { shared } from "./browser.js";

const TEXTS = {
  en: {
    signIn: "Sign in",
    invited: "You are invited",
    invitedLead: "Sign in with your phone number. The person who invited you will see that you joined.",
    signInLead: "We will text you a code. If you are new here, this creates your account.",
    phone: "Phone number",
    phoneHint: "In any format, such as 8 911 000-00-00 or +7 911 000 00 00.",
    sendCode: "Send the code",
    sending: "Sending the code…",
    checking: "Checking…",
    codeTitle: "Enter the code",
    codeSentTo: "We sent it to {phone}.",
    code: "Code, {length} digits",
    severalCodes: "There are several numbers in this text. Check the code, then sign in.",
    noCode: "There is no code of the right length in this text.",
    demo: "This is a demo, so no SMS was sent. Your code is {code}.",
    resend: "Send another code",
    sentAgain: "Another code was sent.",
    resendIn: "Another code in {time}",
    otherNumber: "Use another number",
    attemptsLeft: "Attempts left: {count}.",
    tryAt: "Try again at {time}.",
    invitedBy: "Invite code",
    inviteHint: "If someone invited you. You can also enter it later.",
    offline: "You are offline. Nothing you entered is lost. Try again once you are back online.",
    broken: "Something went wrong on our side. Please try again in a moment.",
    tryAgain: "Try again",
    sessionOver: "Your session has ended. Please sign in again.",
    gone: "Your account was erased.",
    language: "На русском",
  },
  ru: {
    signIn: "Вход",
    invited: "Вас пригласили",
    invitedLead: "Войдите по номеру телефона. Тот, кто вас пригласил, увидит, что вы присоединились.",
    signInLead: "Мы отправим код на ваш телефон. Если вы здесь впервые, мы создадим учётную запись.",
    phone: "Номер телефона",
    phoneHint: "В любом формате, например 8 911 000-00-00 или +7 911 000 00 00.",
    sendCode: "Отправить код",
    sending: "Отправляем код…",
    checking: "Проверяем…",
    codeTitle: "Введите код",
    codeSentTo: "Он отправлен на {phone}.",
    code: "Код, цифр: {length}",
    severalCodes: "В тексте несколько чисел. Проверьте код и войдите.",
    noCode: "В тексте нет кода нужной длины.",
    demo: "Это демонстрация, SMS не отправлялась. Ваш код — {code}.",
    resend: "Отправить код ещё раз",
    sentAgain: "Отправлен ещё один код.",
    resendIn: "Ещё раз через {time}",
    otherNumber: "Другой номер",
    attemptsLeft: "Осталось попыток: {count}.",
    tryAt: "Попробуйте снова в {time}.",
    invitedBy: "Код приглашения",
    inviteHint: "Если вас кто-то пригласил. Можно ввести и позже.",
    offline: "Нет соединения. Введённые данные сохранены, попробуйте ещё раз.",
    broken: "Что-то пошло не так на нашей стороне. Попробуйте через минуту.",
    tryAgain: "Попробовать ещё раз",
    sessionOver: "Сессия завершена. Войдите снова.",
    gone: "Учётная запись удалена.",
    language: "In English",
  },
};

/** Add the texts of a part of the page that is loaded later. */
export function add({ en, ru }) {
  Object.assign(TEXTS.en, en);
  Object.assign(TEXTS.ru, ru);
}

const CHOSEN = "language";

/** The chosen language, by default the browser's. */
export function language() {
  const wanted = shared.get(CHOSEN) ?? navigator.language.slice(0, 2);
  return wanted in TEXTS ? wanted : "en";
}

/** Switch to the other language, and remember the choice. */
export function switchLanguage() {
  shared.set(CHOSEN, language() === "ru" ? "en" : "ru");
}

/** A text with its {placeholders} filled in. */
export function t(name, values = {}) {
  return TEXTS[language()][name].replace(/\{(\w+)\}/g, (_, value) => values[value]);
}

/** Format an instant for the current language: only the time if it is today. */
export function when(text, timeStyle = "short") {
  const instant = new Date(text);
  const today = instant.toDateString() === new Date().toDateString();
  const style = today ? { timeStyle } : { dateStyle: "medium", timeStyle };
  return new Intl.DateTimeFormat(language(), style).format(instant);
}
