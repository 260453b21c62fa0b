// The texts of the page in English and Russian. Messages of refusals come from the server in the same language.

import { shared } from "./browser.js";
import { onDevice } from "./clock.js";

const TEXTS = {
  en: {
    signIn: "Sign in",
    invited: "A friend invited you",
    invitedLead: "Sign in, and the person who sent you this link will see that you came.",
    signInLead: "No password. New here? Your account opens with the same code.",
    phone: "Phone number",
    sendCode: "Text me a code",
    sending: "Sending the code…",
    checking: "Checking…",
    codeTitle: "Enter the code",
    codeSentTo: "We texted it to {phone}.",
    code: "Code, {length} digits",
    severalCodes: "There are several numbers in this text. Check the code, then sign in.",
    noCode: "There is no code of the right length in this text.",
    demo: "This is a demo, so no SMS was sent. Your code is {code}.",
    resend: "Text me a new code",
    sentAgain: "Another code was sent.",
    resendIn: "New code in {time}",
    otherNumber: "Another number",
    noSms: "No SMS yet? It can take a minute. Check the number, too.",
    tryAt: "Try again at {time}.",
    invitedBy: "Invite code",
    inviteHint: "{length} letters and digits, or a whole link.",
    offline: "No connection. What you entered is kept.",
    broken: "Something went wrong on our side. Please try again in a moment.",
    tryAgain: "Try again",
    notLoaded: "This did not load",
    sessionOver: "Your session has ended. Please sign in again.",
    gone: "Your account was erased.",
    language: "Русский",
    signInTitle: "Sign in with your phone",
    country: "Country",
    haveInvite: "I have an invite code",
    inviteOf: "Invite code",
    change: "Change",
    haveCode: "I already have a code",
    codeFor: "If we texted one to {phone}, enter it here.",
    anyCode: "Code from the SMS",
    wrongCode: "That is not the code. Attempts left: {count}. Check the latest SMS.",
    noAttempts: "No attempts left for this code. The next one will be a new SMS.",
    expired: "This code is no longer valid. The next one will be a new SMS.",
    sentBefore: "A code was already sent to this number.",
  },
  ru: {
    signIn: "Войти",
    invited: "Вас пригласили",
    invitedLead: "Войдите, и тот, кто прислал вам ссылку, увидит, что вы пришли.",
    signInLead: "Без пароля. Вы здесь впервые? Учётная запись появится с тем же кодом.",
    phone: "Номер телефона",
    sendCode: "Получить код по SMS",
    sending: "Отправляем код…",
    checking: "Проверяем…",
    codeTitle: "Введите код",
    codeSentTo: "Он отправлен на {phone}.",
    code: "Код, цифр: {length}",
    severalCodes: "В тексте несколько чисел. Проверьте код и войдите.",
    noCode: "В тексте нет кода нужной длины.",
    demo: "Это демонстрация, SMS не отправлялась. Ваш код\u00A0— {code}.",
    resend: "Получить новый код",
    sentAgain: "Отправлен ещё один код.",
    resendIn: "Новый код через {time}",
    otherNumber: "Другой номер",
    noSms: "SMS не приходит? Это может занять минуту. Проверьте и номер.",
    tryAt: "Попробуйте снова в {time}.",
    invitedBy: "Код приглашения",
    inviteHint: "{length} букв и цифр или ссылка целиком.",
    offline: "Нет соединения. Всё, что вы ввели, сохранено.",
    broken: "Что-то пошло не так на нашей стороне. Попробуйте через минуту.",
    tryAgain: "Попробовать ещё раз",
    notLoaded: "Не загрузилось",
    sessionOver: "Сессия завершена. Войдите снова.",
    gone: "Учётная запись удалена.",
    language: "English",
    signInTitle: "Войдите по номеру телефона",
    country: "Страна",
    haveInvite: "У меня есть код приглашения",
    inviteOf: "Код приглашения",
    change: "Изменить",
    haveCode: "У меня уже есть код",
    codeFor: "Если мы отправили код на {phone}, введите его.",
    anyCode: "Код из SMS",
    wrongCode: "Код не подошёл. Осталось попыток: {count}. Проверьте последнее SMS.",
    noAttempts: "Попыток больше нет. Следующий код придёт новым SMS.",
    expired: "Этот код больше не действует. Следующий придёт новым SMS.",
    sentBefore: "Код на этот номер уже отправлен.",
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

/** The message of a refusal, with when to try again. */
export function inWords({ message, retryAt }) {
  return retryAt ? `${message} ${t("tryAt", { time: when(onDevice(retryAt), "medium") })}` : message;
}
