// The form of a block: asks only what follows from the answers, keeps what is typed, and obeys the keyboard. Without it
// everything is asked and the server leaves out what is not.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const questions = [...form.querySelectorAll(".q")];
  const kept = document.getElementById("tersimpan");
  const progress = form.querySelector(".progress");
  const WAIT = 1200, AGAIN = 5000, TWO_DIGITS = 700;

  const fields = (q) => [...q.querySelectorAll("input")];
  const answer = (q) => {
    const checked = fields(q).filter((field) => field.checked && field.value !== "");
    if (checked.length) return checked[0].value;
    const typed = fields(q).find((field) => field.type !== "radio" && field.type !== "checkbox");
    return typed ? typed.value : "";
  };
  const holds = (condition, of) => {
    const [, key, sign, values] = condition.match(/^(\w+)(>=|=)([\d,]+)$/);
    const before = questions.find((q) => q.dataset.item === key && q.dataset.of === of);
    if (!before || before.hidden || answer(before) === "") return false;
    return sign === ">=" ? +answer(before) >= +values : values.split(",").includes(answer(before));
  };

  function ask() {
    for (const q of questions) {
      if (q.dataset.when) q.hidden = !q.dataset.when.split("|").some((one) => holds(one, q.dataset.of));
    }
    const open = questions.filter((q) => !q.hidden);
    const answered = open.filter((q) => answer(q) !== "").length;
    progress.textContent = progress.dataset.said.replace("[n]", answered).replace("[m]", open.length);
  }

  let timer = 0, dirty = false, sending = null;
  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  }
  async function keep() {
    clearTimeout(timer);
    if (sending) sending.abort();
    sending = new AbortController();
    try {
      const body = new URLSearchParams(new FormData(form));
      const reply = await fetch(form.dataset.draft, { method: "POST", body, signal: sending.signal, redirect: "error" });
      if (!reply.ok) throw reply;
      const told = await reply.json();
      dirty = false;
      kept.className = "kept";
      kept.textContent = kept.dataset.kept.replace("[at]", told.at);
      for (const place of form.querySelectorAll("[data-finding]")) {
        place.textContent = told.said[place.dataset.finding] || "";
      }
    } catch (problem) {
      if (problem.name === "AbortError") return;
      kept.className = "kept lost";
      kept.textContent = problem.status === 401 ? kept.dataset.out : kept.dataset.lost;
      later(AGAIN);
    }
  }

  form.addEventListener("input", () => {
    dirty = true;
    ask();
    later(WAIT);
  });
  addEventListener("online", () => dirty && keep());
  addEventListener("beforeunload", (event) => dirty && event.preventDefault());
  form.addEventListener("submit", () => {
    dirty = false;
    clearTimeout(timer);
    if (sending) sending.abort();
  });

  let digits = "", since = 0;
  function choose(q, digit, now) {
    const codes = fields(q).filter((field) => field.value !== "");
    digits = now - since < TWO_DIGITS ? digits + digit : digit;
    since = now;
    const found = codes.find((field) => field.value === digits) || codes.find((field) => field.value === digit);
    if (found) {
      found.focus();
      found.click();
    }
  }
  function next(q) {
    const open = questions.filter((one) => !one.hidden && one.getClientRects().length);
    const following = open[open.indexOf(q) + 1];
    const target = following ? fields(following).find((field) => field.checked) || fields(following)[0]
      : form.querySelector("button[type=submit]");
    target.focus();
  }
  form.addEventListener("keydown", (event) => {
    const q = event.target.closest(".q");
    if (!q || event.ctrlKey || event.altKey || event.metaKey) return;
    const chosen = event.target.type === "radio" || event.target.type === "checkbox";
    if (event.key === "Enter") {
      event.preventDefault();
      next(q);
    } else if (chosen && /^[0-9]$/.test(event.key)) {
      event.preventDefault();
      choose(q, event.key, event.timeStamp);
    }
  });
  ask();
})();
