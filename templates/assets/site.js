// What a browser does better: search, sharing, signing up in place, a navigation that knows where the reader is.
// Every page works without it.
"use strict";

// As functions/core/search/stems.py; tests/site/search_words.txt holds both to one table.
const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", đ: "d", ł: "l", ı: "i", ـ: "", ى: "ي", ة: "ه" };
const ENDINGS = [[/^([ء-ي]{3,})(?:ات|ه|(?<=.{4})[وي]ن)$/, "$1"], [/^(..+[^e])aux$/, "$1al"], [/^(....+)[sx]$/, "$1"], [/^(....+)e$/, "$1"], [/^(...+)y$/, "$1i"]];
const fold = text => text.toLowerCase().normalize("NFKD")
  .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]/g, "").replace(/[œæßøđłıـىة٠-٩]/g, sign => LETTERS[sign] ?? sign.charCodeAt() & 15);
const stem = word => ENDINGS.reduce((left, [ending, by]) => left.replace(ending, by),
  word.replace(/^(?:(?:[وف]?[بك]?ال|[وف]?لل)(?=...))+/, ""));
const stems = text => (fold(text).replace(/\b([a-z])\.(?=[a-z]\b)/g, "$1").match(/[ء-ۓ]+|[\p{L}\p{N}]+/gu) || []).filter(word => word[1]).map(stem);
const SMALL = /^(?:l[ae]|les|de|des|du|une?|et|en|aux?|dans|pour|par|sur|qu|the|of|and|in|for|في|من|علي)$/;

// --- search: the newest month first, older ones only until there are enough results or the reader asks for more ---

function search(form) {
  // Results; parts of the index read for more, and for any.
  const ENOUGH = 10, ROUND = 8, MOST = 36;
  const [input, list, status, more, row] = ["#q", "#found", "#told", "#more", "template"].map(name => document.querySelector(name));
  // What is known is [article, its stems], newest first.
  const said = form.dataset, known = [];
  let ahead = null, reading = null, shown = [], asked = 0;

  const get = async address => (await fetch(address)).json();
  const fetchPart = async () => {
    ahead ??= (await get(said.index)).months;
    if (!ahead.length) return;
    const part = await get(ahead[0]);
    ahead.splice(0, 1, ...(part.older ? [part.older] : []));
    for (const found of part.found) known.push([found, new Set([...stems(found.slice(1, 4).join(" ")), ...found[7].split(" ")])]);
  };
  // One at a time, whoever asks.
  const fetchNext = () => reading ??= fetchPart().finally(() => { reading = null; });
  const matches = words => known.filter(([, theirs]) => words.every((word, place) =>
    theirs.has(word) || (place === words.length - 1 && [...theirs].some(each => each.startsWith(word)))));

  // What stands already stays, so that a reader who is on it keeps the place.
  function show(found) {
    const same = shown.every((each, place) => each === found[place]) ? shown.length : 0;
    shown = found;
    list[same ? "append" : "replaceChildren"](...found.slice(same).map(([[path, title, standfirst, section, date, day, lang]]) => {
      const item = row.content.cloneNode(true), part = name => item.querySelector(name);
      part("a").href = path;
      part("a").textContent = title;
      part(".blurb").textContent = standfirst;
      part("span").textContent = section;
      part("time").textContent = day;
      part("time").dateTime = date;
      for (const element of item.querySelectorAll("h2, .blurb"))
        if (lang !== document.documentElement.lang) Object.assign(element, { lang, dir: lang === "ar" ? "rtl" : "ltr" });
      return item;
    }));
  }

  async function answer(wanted) {
    const mine = ++asked, typed = stems(input.value), telling = typed.filter(word => !SMALL.test(word));
    const words = telling.length ? telling : typed;
    history.replaceState(null, "", input.value ? "?q=" + encodeURIComponent(input.value) : location.pathname);
    if (!words.length) {
      show([]);
      more.hidden = true;
      form.ariaBusy = "false";
      // R&D has no word; a single letter may become one.
      status.textContent = input.value.trim()[1] ? said.none : "";
      return;
    }
    form.ariaBusy = "true";
    try {
      let found = matches(words);
      for (let fetched = 0; found.length < wanted && fetched < (found.length > 2 ? ROUND : MOST) && ahead?.length !== 0; fetched++) {
        show(found);
        await fetchNext();
        if (mine !== asked) return;
        found = matches(words);
      }
      show(found);
      more.hidden = !ahead?.length;
      status.textContent = found.length ? said.count + " " + found.length : said[ahead?.length ? "far" : "none"];
    } catch {
      status.textContent = said.error;
    }
    form.ariaBusy = "false";
  }

  let timer;
  form.hidden = false;
  list.className = "entries";
  input.value = new URLSearchParams(location.search).get("q") || "";
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(answer, 120, ENOUGH); });
  form.addEventListener("submit", event => { event.preventDefault(); answer(ENOUGH); });
  more.addEventListener("click", () => answer(list.children.length + ENOUGH));
  form.parentElement.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], stops = [input, ...list.querySelectorAll("a")];
    const place = stops.indexOf(document.activeElement);
    if (!step || place < 0) return;
    event.preventDefault();
    stops[Math.max(0, Math.min(stops.length - 1, place + step))].focus();
  });
  if (input.value) answer(ENOUGH); else input.focus();
}

// --- the newsletter: the same form, the same answer, on the page where the reader is ---

function signUp(form) {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const told = form.querySelector("[role=status]") || document.createElement("p");
      told.textContent = ["main h1", "main .standfirst"].map(name => page.querySelector(name).textContent).join(". ");
      told.setAttribute("role", "status");
      told.tabIndex = -1;
      if (answer.ok) form.replaceChildren(told); else form.append(told);
      told.focus();
    } catch {
      form.submit();
    } finally {
      button.disabled = false;
    }
  });
}

// --- the navigation of a narrow screen: it begins where the reader is ---

function showWhere(link) {
  const list = link.closest("ul");
  list.scrollLeft = link.offsetLeft - list.offsetLeft + (link.offsetWidth - list.offsetWidth) / 2;
}

if (globalThis.document) {
  const each = (name, act) => document.querySelectorAll(name).forEach(act);
  each(".categories [aria-current]", showWhere);
  each("form.search", search);
  each("form.newsletter", signUp);
  each("button.share", button => {
    button.hidden = !navigator.share;
    button.addEventListener("click", () => navigator.share({ title: document.title, url: location.href }).catch(() => {}));
  });
}
