// Who asks: the bar above the IDE. A token that is pasted is kept for this tab alone, and goes along with each question.
{
  const KEY = "hub-token";
  const by = (id) => document.getElementById(id);

  window.hubFetch = (url, options = {}) => {
    const headers = new Headers(options.headers);
    const token = sessionStorage.getItem(KEY);
    if (token && !headers.has("authorization")) headers.set("authorization", `Bearer ${token}`);
    return fetch(url, { ...options, headers });
  };

  const show = async () => {
    const token = sessionStorage.getItem(KEY);
    by("drop-token").hidden = !token;
    const response = await window.hubFetch("/identity");
    const answer = await response.json();
    const identity = answer.identity;
    if (identity) by("who").textContent = `${identity.name}, ${identity.role}: ${identity.purpose}`;
    else by("who").textContent = answer.errors ? answer.errors[0].message : "Nobody asks: sign in, or use a token.";
    by("sign-out").hidden = Boolean(token) || !identity;
    by("sign-in").hidden = Boolean(token) || Boolean(identity);
  };

  by("use-token").addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem(KEY, by("token").value.trim());
    // Anew, so that the IDE reads the schema of this identity.
    location.reload();
  });
  by("drop-token").addEventListener("click", () => {
    sessionStorage.removeItem(KEY);
    location.reload();
  });
  show().catch(() => {
    by("who").textContent = "The hub does not answer.";
  });
}
