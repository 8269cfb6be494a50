// Drafts of answers, kept on this device until the site has them.

const PREFIX = "selfassess:draft:";
const SENT = "selfassess:sent";

// Storage can be switched off or full. Then there are no drafts, and everything else works.
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

export const keyOf = (...parts) => PREFIX + parts.join(":");
export const keepDraft = (key, draft) => attempt(() => localStorage.setItem(key, JSON.stringify(draft)));
export const findDraft = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
export const forgetDraft = (key) => attempt(() => localStorage.removeItem(key));

// What a form takes along when it is submitted is forgotten once a page says that it arrived: see flashes.html.
export const rememberSent = (keys) => attempt(() => sessionStorage.setItem(SENT, JSON.stringify(keys)));

export function forgetSent() {
  const keys = attempt(() => JSON.parse(sessionStorage.getItem(SENT))) ?? [];
  attempt(() => sessionStorage.removeItem(SENT));
  keys.forEach(forgetDraft);
}

function listDrafts() {
  const keys = attempt(() => Object.keys(localStorage)) ?? [];
  return keys.filter((key) => key.startsWith(PREFIX));
}

export const hasDrafts = () => listDrafts().length > 0;
export const forgetAllDrafts = () => listDrafts().forEach(forgetDraft);
